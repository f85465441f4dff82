import type { ScreenplayElement, Speech } from './screenplay.ts';

/** Every speech, in order. A cue without a word below it is none. */
export function speechesOf(elements: readonly ScreenplayElement[]): Speech[] {
  const speeches: Speech[] = [];
  let open: { speech: Speech; words: string[] } | undefined;
  const finish = (): void => {
    if (open && open.words.length > 0) speeches.push({ ...open.speech, text: open.words.join('\n') });
    open = undefined;
  };
  for (const element of elements) {
    const { kind, text, source, lines } = element;
    if (kind === 'note' || kind === 'boneyard') continue;
    if (kind === 'character') {
      finish();
      const { name, extensions, continued, side } = element;
      open = { speech: { character: name, extensions, continued, ...(side ? { side } : {}), parentheticals: [], text: '', source: { ...source }, lines: [...lines] }, words: [] };
    } else if (open && (kind === 'dialogue' || kind === 'parenthetical' || (kind === 'lyrics' && element.inSpeech))) {
      if (kind === 'parenthetical') open.speech.parentheticals.push(text);
      else open.words.push(text);
      open.speech.source.end = source.end;
      open.speech.source.endLine = source.endLine;
      open.speech.lines.push(...lines);
    } else finish();
  }
  finish();
  return speeches;
}
