import { attribute } from './attribute.ts';
import { cueLines, isPerson, kindOfWords, labelAhead, type CueLine } from './cue-labels.ts';
import { languageOf } from './language.ts';
import { whyNotSpeech } from './not-speech.ts';
import { paragraphsOf, type Paragraph } from './paragraphs.ts';
import { castNamer, castOf } from './cast-names.ts';
import { People } from './people.ts';
import { candidatesOf, type Candidate } from './speech-candidates.ts';
import { cjkTag } from './cjk-tags.ts';
import { actorOf, firstPersonCount, tagAhead, tagBehind, type Tag } from './tags.ts';
import type { Attribution, Speech } from './turns.ts';
import type { Dialogue, DialogueLine, DialogueOptions, SpeechKind, TextRange } from './types.ts';

/** How much is read beside a speech; a tag is short, and so time grows with the text alone. */
const BESIDE_LETTERS = 220;
/** From so many I, me, my in the narrator's words the narrator is one of the people. */
const FIRST_PERSON_WORDS = 3;

export type SpokenLinesOptions = Omit<DialogueOptions, 'kind'> & { kind?: 'prose' | 'prompt' };

/** The spoken lines of prose or a prompt; screenplays are read in `src/script/`, where their format is known. */
export function extractSpokenLines(text: string, options: SpokenLinesOptions = {}): Dialogue {
  const language = languageOf(text, options.language);
  const kind = options.kind ?? kindOf(text);
  const paragraphs = paragraphsOf(text);
  const cues = cueLines(text, kind === 'prose', language);
  const candidates = outsideOf(cues, candidatesOf(text, paragraphs, language, kind === 'prompt'));
  if (candidates.length === 0 && cues.length === 0) return { kind, language, lines: [] };
  const speeches = speechesOf(text, paragraphs, candidates, language);
  const narration = blanked(text, speeches.map(({ candidate }) => candidate), cues);
  const people = new People(text, narration, language, castOf(options.cast));
  const nameOf = castNamer(options.cast);
  const attributions = attribute(text, speeches, people, firstPersonCount(narration, language) >= FIRST_PERSON_WORDS);
  const spoken = joined(text, speeches, attributions);
  const lines = [...spoken, ...cues.map((cue) => lineOfCue(text, cue, nameOf))].sort((a, b) => (a.parts[0]?.[0] ?? 0) - (b.parts[0]?.[0] ?? 0));
  return { kind, language, lines };
}

/** Quote marks in a line that has a cue belong to its words. Both lists are in the order of the text. */
function outsideOf(cues: readonly CueLine[], candidates: readonly Candidate[]): Candidate[] {
  let next = 0;
  return candidates.filter(({ outerStart }) => {
    while (next < cues.length && (cues[next]?.end ?? 0) <= outerStart) next += 1;
    return outerStart < (cues[next]?.start ?? Number.POSITIVE_INFINITY);
  });
}

function kindOf(text: string): NonNullable<SpokenLinesOptions['kind']> {
  return text.length <= 2500 && /(?<!\p{L})(?:camera|shot|close-up|closeup|cinematic|4k|35mm|lens|pan|zoom|dolly|handheld|lighting)(?!\p{L})/iu.test(text) ? 'prompt' : 'prose';
}

function speechesOf(text: string, paragraphs: readonly Paragraph[], candidates: readonly Candidate[], language: string): Speech[] {
  const found: Speech[] = [];
  let last: Candidate | undefined;
  for (const [at, candidate] of candidates.entries()) {
    const paragraph = paragraphs[candidate.paragraph];
    const lastParagraph = paragraphs[candidate.lastParagraph];
    if (paragraph === undefined || lastParagraph === undefined) continue;
    const sameParagraph = last !== undefined && last.lastParagraph === candidate.paragraph;
    const from = Math.max(paragraph.start, sameParagraph ? (last?.outerEnd ?? 0) : 0);
    const before = text.slice(Math.max(from, candidate.outerStart - BESIDE_LETTERS), candidate.outerStart);
    const lead = before.trim() === '' && !sameParagraph ? announcement(text, paragraphs, candidate.paragraph) : before;
    const nextStart = candidates[at + 1]?.outerStart ?? text.length;
    const after = text.slice(candidate.outerEnd, Math.min(nextStart, lastParagraph.end, candidate.outerEnd + BESIDE_LETTERS));
    const inside = candidate.inserts.map(([start, end]) => text.slice(start, Math.min(end, start + BESIDE_LETTERS)));
    const words = candidate.parts.map(([start, end]) => text.slice(start, end)).join(' ');
    const isCjk = language === 'zh' || language === 'ja';
    const ahead = isCjk ? undefined : tagAhead(lead, language);
    // `She laughs and replies:` leads to the next speech, and `and he laughs` is no tag where one stands in front.
    const handsOver = nextStart < lastParagraph.end && (/[:：]\s*$/u.test(after) || (/,\s*$/u.test(after) && ahead !== undefined && /[.!?…]$/u.test(words)));
    // A sentence that begins behind a finished speech is no tag where one leads to it: `yells: "Again!" Players groan.`
    const led = ahead !== undefined && /[:：]\s*$/u.test(lead) && /[.!?…]$/u.test(words.trimEnd());
    const beside = led || (ahead !== undefined && /^\s*,?\s*(?:and|while|as|then|et|und|y|e|и)\s/iu.test(after)) ? ahead : ((handsOver || isCjk ? undefined : tagBehind(after, language)) ?? ahead);
    const tag = isCjk ? cjkTag(lead, after, language) : (inside.map((insert) => tagBehind(insert, language)).find((one) => one !== undefined) ?? beside);
    const label = isCjk && tag !== undefined ? undefined : labelAhead(lead, language);
    const previous = found.at(-1);
    const continues = sameParagraph && previous?.candidate === last && previous?.tag?.place === 'behind' && label === undefined && isOnlyTag(before) && (tag?.place !== 'behind' || tag.subject === previous.tag.subject);
    const isQuoted = candidate.mark !== 'dash';
    const displayed = isQuoted && isDisplayed(text, paragraph, candidate);
    const reason = displayed ? 'set apart, as letters and verses are' : isQuoted && label === undefined ? whyNotSpeech({ words, before: lead, after, opensParagraph: before === '', continues, tag }, language) : undefined;
    const named = label === undefined && /(?:^|[\s[(])([^:：\n[\]]{1,60})[:：]\s*$/u.exec(lead)?.[1]?.trim();
    const underLabel = typeof named === 'string' && named !== '' && !isPerson(named);
    if (reason !== undefined || underLabel || (candidate.secondary && tag === undefined && label === undefined)) continue;
    let actor: Tag | 'not sought' | undefined = 'not sought';
    found.push({
      candidate,
      label,
      tag,
      // Asked for only where nothing else says who speaks.
      get actor() {
        if (actor === 'not sought') actor = actorOf(before, after, inside, language);
        return actor;
      },
      continues,
    });
    last = candidate;
  }
  return found;
}

/** The end of the paragraph before, where it announces: `The king answered:`. */
function announcement(text: string, paragraphs: readonly Paragraph[], at: number): string {
  const previous = paragraphs[at - 1];
  if (previous === undefined) return '';
  const words = text.slice(Math.max(previous.start, previous.end - BESIDE_LETTERS), previous.end);
  return /[:：]\s*(?:—|–|--)?$/u.test(words) ? words : '';
}

/** Between two pieces of one speech: a tag and nothing else, so no sentence that begins after it. */
const isOnlyTag = (gap: string): boolean => gap.length <= 160 && !/[.!?…]["'”’]?\s+\p{Lu}/u.test(gap.replaceAll(/(?<!\p{L})(?:Mr|Mrs|Ms|Dr|St|M|Mme)\./gu, ''));

/** Letters, verses and mottoes stand indented, line by line, in books whose paragraphs do not. */
function isDisplayed(text: string, { start, end }: Paragraph, { outerStart }: Candidate): boolean {
  if (outerStart !== start) return false;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (start - lineStart < 4 || text.slice(lineStart, start).trim() !== '') return false;
  const rest = text.slice(start, Math.min(end, start + 1000)).split('\n').slice(1);
  return rest.every((line) => /^\s{2,}\S/.test(line));
}

/** The narrator's words alone, everything where it stood. */
function blanked(text: string, candidates: readonly Candidate[], cues: readonly CueLine[]): string {
  const cut = [
    ...candidates.flatMap(({ parts }) => parts),
    ...cues.map(({ start, end }) => [start, end] as const),
  ].sort((a, b) => a[0] - b[0]);
  const pieces: string[] = [];
  let at = 0;
  for (const [start, end] of cut) {
    if (start < at) continue;
    pieces.push(text.slice(at, start), ' '.repeat(end - start));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** One line for one speech, also where a tag stands in the middle of it. */
function joined(text: string, speeches: readonly Speech[], attributions: ReadonlyMap<Speech, Attribution>): DialogueLine[] {
  const groups: { speech: Speech; given: Attribution; parts: TextRange[] }[] = [];
  for (const speech of speeches) {
    const given = attributions.get(speech) ?? { source: 'unknown' as const, confidence: 0.3, evidence: '' };
    const previous = groups.at(-1);
    if (speech.continues && previous !== undefined && previous.given.speaker === given.speaker) for (const part of speech.candidate.parts) previous.parts.push(part);
    else groups.push({ speech, given, parts: [...speech.candidate.parts] });
  }
  return groups.map(({ speech, given, parts }) => lineOf(text, speech, given, parts));
}

function lineOf(text: string, speech: Speech, given: Attribution, parts: readonly TextRange[]): DialogueLine {
  const { candidate, label, tag } = speech;
  const mark = { dash: 'opened by a dash', single: 'between single quote marks', double: 'between quote marks', guillemet: 'between guillemets', corner: 'between corner brackets' }[candidate.mark];
  return {
    ...(given.speaker === undefined ? {} : { speaker: given.speaker }),
    speakerSource: given.source,
    text: wordsOf(text, parts),
    parts,
    kind: kindOfSpeech(speech),
    ...(label?.parenthetical === undefined ? {} : { parenthetical: label.parenthetical }),
    dual: false,
    confidence: Math.round((candidate.open ? given.confidence * 0.9 : given.confidence) * 100) / 100,
    evidence: [candidate.open ? `${mark}, and not closed` : mark, given.evidence],
  };

  function kindOfSpeech(one: Speech): SpeechKind {
    if (one.label !== undefined && one.label.kind !== 'spoken') return one.label.kind;
    if (tag !== undefined && tag.kind !== 'spoken') return tag.kind;
    const words = tag === undefined ? '' : `${tag.subject} ${tag.words}`;
    const heard = kindOfWords(words);
    return heard === 'thought' || heard === 'sung' ? 'spoken' : heard;
  }
}

function lineOfCue(text: string, cue: CueLine, nameOf: (written: string) => string): DialogueLine {
  return {
    ...(cue.speaker === undefined ? {} : { speaker: nameOf(cue.speaker) }),
    speakerSource: cue.source,
    text: wordsOf(text, [[cue.start, cue.end]]),
    parts: [[cue.start, cue.end]],
    kind: cue.kind,
    ...(cue.parenthetical === undefined ? {} : { parenthetical: cue.parenthetical }),
    dual: false,
    confidence: 0.85,
    evidence: [`a line that begins with ${cue.speaker ?? 'a label'}:`],
  };
}

const wordsOf = (text: string, parts: DialogueLine['parts']): string => parts.map(([start, end]) => text.slice(start, end).trim().replaceAll(/\s+/g, ' ')).join(' ');
