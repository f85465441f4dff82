import { kindOfWords } from './cue-labels.ts';
import type { DialogueLine, TextRange } from './types.ts';

interface Line {
  start: number;
  end: number;
  text: string;
  trimmed: string;
}

const SCENE_HEADING = /^(?:\.(?!\.)\S|(?:int|ext|est|int\.?\/ext|ext\.?\/int|i\/e)[. ])/iu;
const TRANSITION = /^(?:>|(?:[\p{Lu} ]+\s)?TO:$|FADE (?:IN|OUT)[.:]?$|CUT (?:TO )?BLACK[.:]?$)/u;
/** Names in capitals of any script, with extensions and the mark of dual dialogue. */
const CUE = /^(@?)([\p{Lu}\p{Lo}\d][\p{Lu}\p{Lo}\p{M}\d .,'’&#/-]*?)\s*((?:\([^()]*\)\s*)*)(\^?)$/u;
const FORCED_CUE = /^@(.+?)\s*((?:\([^()]*\)\s*)*)(\^?)$/u;

interface Cue {
  name: string;
  extension: string;
  dual: boolean;
}

/** Whether a text is set as a screenplay: a scene heading with a cue under it, or two cues. */
export function isScreenplay(text: string): boolean {
  const lines = linesOf(text);
  const cues = lines.filter((_, at) => cueAt(lines, at) !== undefined).length;
  return cues >= 2 || (cues >= 1 && lines.some(({ trimmed }) => SCENE_HEADING.test(trimmed)));
}

/** The speeches of a screenplay, each under its cue. */
export function screenplayLines(text: string): DialogueLine[] {
  const lines = linesOf(withoutBoneyard(text));
  const found: DialogueLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const cue = cueAt(lines, at);
    if (cue === undefined) continue;
    const cueLine = lines[at];
    const parts: TextRange[] = [];
    const manners: string[] = [];
    let lyrics = true;
    let open = false;
    // A line of two blanks keeps a speech together; an empty one ends it.
    for (at += 1; at < lines.length && (lines[at]?.trimmed !== '' || lines[at]?.text === '  '); at += 1) {
      const line = lines[at];
      if (line === undefined || line.trimmed === '') continue;
      if (/^\(.*\)$/su.test(line.trimmed)) {
        manners.push(line.trimmed.slice(1, -1).trim());
        open = false;
        continue;
      }
      const isLyric = line.trimmed.startsWith('~');
      if (!isLyric) lyrics = false;
      const from = line.start + line.text.search(/\S/) + (isLyric ? 1 : 0);
      const to = line.start + line.text.trimEnd().length;
      const last = parts.at(-1);
      if (open && last !== undefined && !isLyric) parts[parts.length - 1] = [last[0], to];
      else parts.push([from, to]);
      open = !isLyric;
    }
    if (parts.length === 0) continue;
    const kind = lyrics ? 'sung' : kindOfWords(cue.extension);
    if (cue.dual && found.length > 0) markDual(found);
    const parenthetical = manners.filter((manner) => manner !== '').join('; ');
    found.push({
      speaker: cue.name,
      speakerSource: 'cue',
      text: parts.map(([start, end]) => text.slice(start, end).trim().replaceAll(/\s+/g, ' ')).join(' '),
      parts,
      kind,
      ...(parenthetical === '' ? {} : { parenthetical }),
      dual: cue.dual,
      confidence: 0.97,
      evidence: [`stands under the cue ${cueLine?.trimmed ?? cue.name}`],
    });
  }
  return found;
}

/** Both sides of a dual dialogue say so. */
function markDual(found: DialogueLine[]): void {
  const last = found.at(-1);
  if (last !== undefined) found[found.length - 1] = { ...last, dual: true };
}

function cueAt(lines: readonly Line[], at: number): Cue | undefined {
  const line = lines[at];
  if (line === undefined || line.trimmed === '' || line.trimmed.length > 80) return undefined;
  if (at > 0 && lines[at - 1]?.trimmed !== '') return undefined;
  const next = lines[at + 1];
  if (next === undefined || next.trimmed === '') return undefined;
  if (SCENE_HEADING.test(line.trimmed) || TRANSITION.test(line.trimmed)) return undefined;
  const bare = line.trimmed.replaceAll(/\[\[[^\]]*\]\]/g, '').replaceAll(/^[*_]+|[*_]+$/g, '').trim();
  const forced = FORCED_CUE.exec(bare);
  if (forced !== null) return cueOf(forced[1] ?? '', forced[2] ?? '', forced[3] ?? '');
  const match = CUE.exec(bare);
  if (match === null || !/\p{Lu}/u.test(match[2] ?? '') || /[!?:]$/.test(bare)) return undefined;
  return cueOf(match[2] ?? '', match[3] ?? '', match[4] ?? '');
}

const cueOf = (name: string, extension: string, dual: string): Cue => ({ name: name.trim(), extension: extension.trim(), dual: dual === '^' });

/** Cut text keeps its place as blanks, so that offsets stay. */
const withoutBoneyard = (text: string): string => text.replaceAll(/\/\*(?:[^*]|\*(?!\/))*\*\//g, (cut) => cut.replaceAll(/[^\n]/g, ' '));

function linesOf(text: string): Line[] {
  const found: Line[] = [];
  let start = 0;
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    found.push({ start, end: start + line.length, text: line, trimmed: line.replace(/^\uFEFF/, '').trim() });
    start += raw.length + 1;
  }
  return found;
}
