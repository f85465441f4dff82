import type { DialogueLine, TextRange } from '../../prompt/dialogue/index.ts';
import { isVoice } from '../../prompt/dialogue/heard-as.ts';
import { allVerbs } from '../../prompt/dialogue/speech-verbs.ts';
import type { LanguageCode } from '../../prompt/reading/language.ts';
import { verbReading } from '../../prompt/reading/verbs.ts';
import { extractDialogue } from '../extract-dialogue.ts';
import { linesOf } from '../line-of.ts';
import type { SourceSpan } from '../screenplay/screenplay.ts';
import type { Prose } from '../prose/prose.ts';
import { ITEM, listItemsOf } from '../prose/list-items.ts';
import { titleOfSceneLine } from '../prose/scene-lines.ts';
import { peopleNamed } from './cast-of-screenplay.ts';
import { namesOfProse } from './names-of-prose.ts';
import { joinedSpans, oneLine, type Passage } from './passage.ts';
import type { People } from './people.ts';
import { isSamePlace, placeOfHeading, placeOfProse, timeIn, type Place } from './place-words.ts';
import type { ScriptUnit, UnitLine } from './script-unit.ts';
import { sentenceRanges } from './sentences.ts';
import { storyPlacesIn, type StoryPlace } from './story-places.ts';
import { tongueOf } from './tongue.ts';
import { jumpsInTime } from './view-words.ts';

/** A story in paragraphs. Without divisions, only its own words part its scenes. */
export type ProseText = Pick<Prose, 'text' | 'paragraphs'> & Partial<Pick<Prose, 'divisions'>>;

/** A story, read: its people, and its sentences with what is said in them. */
export interface ReadStory {
  language: LanguageCode;
  people: People;
  paragraphs: { sentences: StorySentence[]; isList: boolean; start: number }[];
}

interface StorySentence {
  /** As written, on one line. */
  text: string;
  /** The narrator's own words of it. */
  narration: string;
  source: SourceSpan;
  lines: DialogueLine[];
}

/** Stressed in plain text: `_As_ you like`. */
const EMPHASIS = /(?<![\p{L}\p{N}_])_([^_\n]{1,80})_(?![\p{L}\p{N}_])/gu;

export function readStory({ text, paragraphs }: ProseText): ReadStory {
  const found = extractDialogue(text, { kind: 'prose' });
  const lines = found.lines.flatMap((line) => byParagraph(line, text, paragraphs));
  const { language } = tongueOf(text);
  const tag = new RegExp(String.raw`^\s*(?:[\p{L}\p{M}’'.-]+\s+){0,4}?(?:${allVerbs(found.language)})(?![\p{L}’'-])`, 'iu');
  const lineOf = linesOf(text);
  let next = 0;
  const read = paragraphs.map(({ start, end }) => {
    const here: DialogueLine[] = [];
    for (let line = lines[next]; line !== undefined && (line.parts[0]?.[0] ?? 0) < end; line = lines[next]) {
      next += 1;
      here.push(line);
    }
    const items = listItemsOf(text.slice(start, end));
    const ranges = items === undefined ? rangesOf(text.slice(start, end), here, start, tag) : items;
    let taken = 0;
    const sentences = ranges.map(([from, to]): StorySentence => {
      const spoken: DialogueLine[] = [];
      for (let line = here[taken]; line !== undefined && (line.parts[0]?.[0] ?? 0) < start + to; line = here[taken]) {
        taken += 1;
        spoken.push(line);
      }
      const words = oneLine(text.slice(start + from, start + to)).replace(PART_OF_STORY, '').replaceAll(EMPHASIS, '$1');
      return { text: items === undefined ? words : words.replace(ITEM, ''), narration: narrationOf(text, [start + from, start + to], spoken), source: { start: start + from, end: start + to, startLine: lineOf(start + from).line, endLine: lineOf(start + to - 1).line }, lines: spoken };
    });
    return { sentences, isList: items !== undefined, start };
  });
  // Two numbered paragraphs and more are a list too; a dash may open speech.
  const numbered = read.filter(({ sentences: [first] }) => first !== undefined && ITEM.test(first.text) && !(first.lines.length > 0 && /^\s*[–—-]/u.test(first.text)));
  if (numbered.length > 1 && numbered.length * 2 >= read.length) {
    for (const paragraph of numbered) {
      const [first] = paragraph.sentences;
      if (first) Object.assign(first, { text: first.text.replace(ITEM, ''), narration: first.narration.replace(ITEM, '') });
      paragraph.isList = true;
    }
  }
  const narrated = read.flatMap(({ sentences }) => sentences.map(({ narration }) => narration));
  const names = namesOfProse(narrated, lines.flatMap(({ speaker, speakerSource, confidence }) => (speaker === undefined || speakerSource === 'pronoun' || confidence < 0.6 ? [] : [speaker])));
  return { language, people: peopleNamed(names, read.map(({ sentences }) => sentences.map(({ narration }) => narration).join(' ')), { narrator: narratorOf(narrated, lines), language }), paragraphs: read };
}

/** A speech over several paragraphs is told in each of them. */
function byParagraph(line: DialogueLine, text: string, paragraphs: ProseText['paragraphs']): DialogueLine[] {
  const { parts } = line;
  const [from, to] = [parts[0]?.[0] ?? 0, parts.at(-1)?.[1] ?? 0];
  // Most stand in one paragraph: no blank line in them.
  if (parts.length < 2 || !text.slice(from, to).includes('\n')) return [line];
  const groups = new Map<number, TextRange[]>();
  for (const part of parts) {
    const at = paragraphs.findIndex(({ end }) => part[0] < end);
    groups.set(at, [...(groups.get(at) ?? []), part]);
  }
  return groups.size < 2 ? [line] : [...groups.values()].map((own) => ({ ...line, parts: own, text: oneLine(own.map(([start, end]) => text.slice(start, end)).join(' ')) }));
}

/** Who tells a story that says `I`, in the past: by name where the dialogue gives it. */
function narratorOf(narrated: readonly string[], lines: readonly DialogueLine[]): string | undefined {
  const after = narrated.flatMap((words) => [...words.matchAll(/(?<![\p{L}’'])I\s(?:\p{L}+ly\s)?(\p{L}+)/gu)].map((match) => match[1] ?? ''));
  const past = after.filter((word) => /^(?:was|had|did|could|would|might|should|went|came)$/.test(word) || verbReading(word)?.forms.has('past') === true || word.endsWith('ed')).length;
  if (after.length < 2 || past < after.length * 0.6) return undefined;
  const names = lines.flatMap(({ speaker, evidence }) => (speaker !== undefined && speaker !== 'Narrator' && /^\p{Lu}\p{L}/u.test(speaker) && evidence.some((one) => one.includes('tells the story')) ? [speaker] : []));
  return names[0] ?? 'the narrator';
}

/** The narrator's own words of a sentence, on one line. */
function narrationOf(text: string, [start, end]: TextRange, lines: readonly DialogueLine[]): string {
  let [words, at] = ['', start];
  for (const [from, to] of lines.flatMap(({ parts }) => parts)) {
    if (from < at || from >= end) continue;
    words += `${text.slice(at, from)} `;
    at = Math.min(to, end);
  }
  words += text.slice(at, end);
  return oneLine(lines.length === 0 ? words : words.replaceAll(/„[^“”"]*[“”"]?|“[^”]*”?|"[^"]*"?|«[^»]*»?|「[^」]*」?/gu, ' ')).replace(PART_OF_STORY, '').replaceAll(EMPHASIS, '$1');
}

/** Sentences, no speech cut and none parted from its tag. */
function rangesOf(paragraph: string, lines: readonly DialogueLine[], start: number, tag: RegExp): TextRange[] {
  const spoken = lines.flatMap(({ parts }) => {
    const [first, last] = [parts[0], parts.at(-1)];
    return first && last ? [[first[0] - start, last[1] - start] as const] : [];
  });
  let next = 0;
  return sentenceRanges(paragraph, (end) => {
    while (next < spoken.length && (spoken[next]?.[1] ?? 0) < end - 4) next += 1;
    const speech = spoken[next];
    if (speech === undefined || end <= speech[0]) return false;
    // The mark that closes the speech may stand behind its end.
    const closed = paragraph.slice(speech[1], end);
    if (end < speech[1] || (end === speech[1] && /^[”"»’」]/u.test(paragraph.slice(end)))) return true;
    return /^[\s,.!?…”"»’'」—–-]*$/u.test(closed) && tag.test(/^[^.!?…“"«]*/u.exec(paragraph.slice(end, end + 90))?.[0] ?? '');
  });
}

/** Headings of notes beside a story: what stands below them is for the people who make the film. */
const FOR_MAKERS = /^(?:(?:the\s)?(?:look|style|tone|mood|visuals?|camera|lighting|sound|music|score|idea|log\s?line|premise|concept|theme|pitch|notes?|director['’]s notes?|open questions?|questions?|to[\s-]?dos?|references?|inspirations?|characters?|cast|crew|budget|schedule|equipment|gear|props|wardrobe|locations?|title|titles|format|length|budget)(?:\s(?:and|&)\s\p{L}+)?|ideen?|notizen|offene fragen|stil|musik|figuren|besetzung|notes de réalisation|musique|personnages|notas|música|personajes|note|musica|personaggi)\s*[:.]?$/iu;

/** What a page says of itself above its story: `Director's treatment, v3. Client: Maison Aubert.` */
const OF_THE_PAGE = /^(?:(?:(?:the\s)?director['’]s\s)?(?:treatment|shooting script|script|screenplay|storyboard|shot\s?list|concept|pitch|draft|version|exposé|drehbuch|traitement|scénario|guion|trattamento)(?:\s(?:by|for|von|für|de|pour|per|di)\s[^.]{1,60})?(?:,?\s*(?:v|version|draft|rev(?:ision)?)?\.?\s?\d[\w./-]*)?|(?:client|agency|brand|product|director|written by|author|by|production|date|draft|version|length|running time|duration|format|contact|copyright|kunde|agentur|regie|autor(?:in)?|datum|länge|auteur|cliente|autore|regia)\s*:\s*.{1,80}|(?:v|version|draft|rev)\.?\s?\d[\w.]*|©.{0,60})[.,;]?$/iu;
/** Headings of notes on how the film looks. */
const LOOK = /^(?:(?:the\s)?(?:look|style|tone|mood|visuals?|camera|lighting)(?:\s(?:and|&)\s\p{L}+)?|stil)\s*[:.]?$/iu;

/** `Ending: the gate opens`: told, wherever it stands. */
const PART_OF_STORY = /^(?:ending|opening|beginning|(?:the\s)?(?:first|last|final|opening|closing)\s(?:shot|image|scene|picture)|scene(?:\s\d+)?|beat(?:\s\d+)?)\s*:\s*/iu;

/** The paragraphs that tell the story, where others are notes beside it. */
function tellsStory({ text, paragraphs, divisions = [] }: ProseText): (start: number) => boolean {
  const notes = divisions.flatMap(({ kind, start, end }, index) => (kind === 'heading' && FOR_MAKERS.test(oneLine(text.slice(start, end))) ? [[start, divisions[index + 1]?.start ?? text.length] as const] : []));
  // Abbreviations and version numbers end no sentence here: what stands between full stops and blanks is looked at.
  const above = paragraphs.findIndex(({ start, end }) => !text.slice(start, end).split(/(?<=[.;|·•])\s+|\n/u).every((part) => OF_THE_PAGE.test(part.trim())));
  const told = paragraphs[above]?.start ?? 0;
  const isTold = (start: number) => start >= told && !notes.some(([from, to]) => start >= from && start < to) || PART_OF_STORY.test(text.slice(start, start + 60));
  return paragraphs.filter(({ start }) => isTold(start)).length > 1 ? isTold : () => true;
}

/** The first heading of notes on how the film looks, whose words are sent with no shot. */
export function lookBeside(prose: ProseText): { heading: string; start: number } | undefined {
  const { text, paragraphs, divisions = [] } = prose;
  const isTold = tellsStory(prose);
  const look = divisions.find(({ kind, start, end }) => kind === 'heading' && LOOK.test(oneLine(text.slice(start, end))));
  const below = look && paragraphs.find(({ start }) => start > look.start);
  return look === undefined || below === undefined || isTold(below.start) ? undefined : { heading: oneLine(text.slice(look.start, look.end)), start: look.start };
}

/** The units of a story. A chapter, a jump in time and another place begin a scene. */
export function* unitsOfProse(prose: ProseText, { language, people, paragraphs }: ReadStory): Generator<ScriptUnit> {
  const { text, divisions = [] } = prose;
  const isTold = tellsStory(prose);
  let place: Place = {};
  let heading: string | undefined;
  let next = 0;
  let begun = false;
  for (const { sentences, isList, start } of paragraphs) {
    for (let division = divisions[next]; division !== undefined && division.start < start; division = divisions[next]) {
      next += 1;
      place = {};
      if (division.kind === 'heading') {
        heading = oneLine(text.slice(division.start, division.end));
        place = placeOfSceneLine(heading);
      }
      // Shots under lines that head a scene go on with their people.
      yield { kind: 'scene', ...(heading === undefined ? {} : { heading }), place, ...(heading !== undefined && titleOfSceneLine(heading) !== undefined ? { goesOn: true as const } : {}) };
      begun = false;
    }
    const [first, last] = [sentences[0], sentences.at(-1)];
    if (!isTold(start) && first && last) {
      yield { kind: 'left-out', words: first.text, source: joinedSpans(first.source, last.source) };
      continue;
    }
    for (const [index, sentence] of sentences.entries()) {
      const words = sentence.narration.trim();
      const found = isList || sentence.lines.length > 0 ? undefined : placeOf(storyPlacesIn(words, language), place);
      const isElsewhere = found !== undefined && leadsElsewhere(found, place, index === 0);
      const jumps = !isList && words !== '' && jumpsInTime(sentence.text);
      const time = timeIn(words);
      const named: Place = { ...found?.place, ...(time === undefined ? {} : { time }) };
      if (begun && (jumps || isElsewhere)) {
        place = jumps ? named : { ...(place.time === undefined ? {} : { time: place.time }), ...named };
        yield { kind: 'scene', ...(heading === undefined ? {} : { heading }), place, goesOn: true };
      } else if (found !== undefined || (time !== undefined && place.time === undefined)) {
        place = { ...place, ...named };
        yield { kind: 'place', place: named };
      }
      begun = true;
      if (sentence.lines.length > 0) yield speechOf(sentence, people, index === 0);
      else yield { kind: 'picture', sentences: [{ text: sentence.text, source: sentence.source } satisfies Passage], opens: index === 0, ...(isList ? { alone: 'item' as const } : {}) };
    }
  }
}

/** `Scene 1 – Kitchen, morning` says where and when as a heading of a screenplay does. */
function placeOfSceneLine(heading: string): Place {
  const title = titleOfSceneLine(heading);
  if (title === undefined || title === '') return {};
  const { where, ...place } = placeOfHeading(title.replaceAll(/,\s+/gu, ' - '), {});
  const known = where === undefined ? undefined : placeOfProse(where.charAt(0).toLowerCase() + where.slice(1));
  return { ...(known?.side === undefined ? {} : known), ...place };
}

/** Where a sentence is: where it comes to, where it begins, or the first place it names while none is known. */
function placeOf(found: readonly StoryPlace[], place: Place): StoryPlace | undefined {
  return found.findLast(({ arrives }) => arrives) ?? found.find(({ opens }) => opens) ?? (place.where === undefined ? found[0] : undefined);
}

/** Whether the story is somewhere else now. Where nobody knows where it was, only who goes or what begins a paragraph says so. */
function leadsElsewhere({ place, opens, arrives, moves }: StoryPlace, before: Place, begins: boolean): boolean {
  const other = place.where === undefined ? place.side !== before.side : !isSamePlace(place.where, before.where);
  return other && (before.where === undefined ? moves || (opens && begins) : opens || arrives);
}

/** `The old man` as a shot says it; a name that is nobody's in this story is none. */
function described(speaker: string): string | undefined {
  const words = speaker.replace(/^(?:The|A|An|His|Her|Their|My|Our|One|Another|Some)\s/u, (word) => word.toLowerCase());
  // `the kidnapper undid the bloody wrappings`: a second article begins what they do.
  const owner = /^((?:\p{L}+\s){2})(?:\p{L}+\s){0,2}(?:the|a|an|his|her|their)\s/u.exec(words)?.[1]?.trim();
  // Who speaks was seen: `a thin man` came in, and then the thin man speaks.
  return /^\p{Lu}/u.test(words) ? undefined : (owner ?? words).replace(/^an?\s/u, 'the ');
}

/** `Then: “Go.”` shows nothing but who speaks. */
const THEN = /^(?:then|finally|and|and then|but then|puis|alors|enfin|et|dann|und dann|da|luego|entonces|poi|allora|então)\s?[:,]\s(?=["“„«»])/iu;

function speechOf(sentence: StorySentence, people: People, opens: boolean): ScriptUnit {
  const lines = sentence.lines.map(({ speaker, kind, text, parenthetical }): UnitLine => {
    const known = speaker === undefined || /^(?:he|she|they|it|i|we)$/iu.test(speaker) ? undefined : (people.named(speaker)?.name ?? described(speaker) ?? people.mentionsIn(speaker).find((mention) => mention.kind === 'figure')?.who);
    return { ...(known === undefined ? {} : { speaker: known }), unseen: kind === 'vo' || kind === 'os' || (speaker !== undefined && isVoice(speaker)), kind, ...(parenthetical === undefined ? {} : { manner: parenthetical }), text };
  });
  const bare = sentence.text.replace(THEN, '').replaceAll(/[\s“”"«»„‟「」—–-]/gu, '') === lines.map(({ text }) => text).join('').replaceAll(/[\s“”"«»„‟「」—–-]/gu, '');
  return { kind: 'speech', lines, ...(bare ? {} : { told: sentence.text }), opens, source: sentence.source };
}
