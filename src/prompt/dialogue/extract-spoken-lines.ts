import { findAntecedents } from './antecedents.ts';
import { attribute } from './attribute.ts';
import { cueLines, type CueLine } from './cue-labels.ts';
import { kindOfWords } from './heard-as.ts';
import { readJsonFields, unescaped, type SpokenField } from './json-fields.ts';
import { languageOf } from './language.ts';
import { withoutMarkup } from './markup.ts';
import { paragraphsOf } from './paragraphs.ts';
import { castNamer, castOf } from './cast-names.ts';
import { People } from './people.ts';
import { speechesOf } from './read-speeches.ts';
import { candidatesOf, type Candidate } from './speech-candidates.ts';
import { firstPersonCount } from './tags.ts';
import type { Attribution, Speech } from './turns.ts';
import type { Dialogue, DialogueLine, DialogueOptions, SpeechKind, TextRange } from './types.ts';

/** From so many I, me, my in the narrator's words the narrator is one of the people. */
const FIRST_PERSON_WORDS = 3;

export type SpokenLinesOptions = Omit<DialogueOptions, 'kind'> & { kind?: 'prose' | 'prompt' };

/** The spoken lines of prose or a prompt; screenplays are read in `src/script/`, where their format is known. */
export function extractSpokenLines(source: string, options: SpokenLinesOptions = {}): Dialogue {
  const language = languageOf(source, options.language);
  const kind = options.kind ?? kindOf(source);
  const isPrompt = kind === 'prompt';
  const fields = readJsonFields(source);
  const text = isPrompt ? withoutMarkup(fields?.text ?? source) : (fields?.text ?? source);
  const paragraphs = paragraphsOf(text);
  const cues = cueLines(text, !isPrompt, language);
  const candidates = outsideOf(cues, candidatesOf(text, paragraphs, language, isPrompt));
  const nameOf = castNamer(options.cast);
  const lines = [...(fields?.spoken ?? []).map((field) => lineOfField(source, field, nameOf)), ...cues.map((cue) => lineOfCue(text, cue, nameOf))];
  if (candidates.length > 0) {
    const speeches = speechesOf(text, paragraphs, candidates, language, isPrompt);
    const narration = blanked(text, speeches.map(({ candidate }) => candidate), cues);
    const people = isPrompt ? new People(withStops(text), withStops(narration), language, castOf(options.cast)) : new People(text, narration, language, castOf(options.cast));
    const attributions = attribute(text, speeches, people, firstPersonCount(narration, language) >= FIRST_PERSON_WORDS);
    // A prompt shows who speaks; in a story `A jar rolled` is the nearest as well.
    if (isPrompt) findAntecedents(narration, attributions, language);
    lines.push(...joined(text, speeches, attributions));
  }
  return { kind, language, lines: lines.sort((a, b) => (a.parts[0]?.[0] ?? 0) - (b.parts[0]?.[0] ?? 0)) };
}

/** A line of a prompt ends what stands in it: `Character: Mia` over `Dialogue:` is no Mia Dialogue. */
const withStops = (text: string): string => text.replaceAll(/(?<=[\p{L}\p{N})])\n/gu, '.');

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
  const mark = { dash: 'opened by a dash', single: 'between single quote marks', double: 'between quote marks', guillemet: 'between guillemets', corner: 'between corner brackets', none: 'behind a colon, without marks' }[candidate.mark];
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
    if (one.offScreen) return 'os';
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

function lineOfField(source: string, field: SpokenField, nameOf: (written: string) => string): DialogueLine {
  return {
    ...(field.speaker === undefined ? {} : { speaker: nameOf(field.speaker) }),
    speakerSource: field.speaker === undefined ? 'unknown' : 'colon',
    text: unescaped(source.slice(...field.at)).replaceAll(/\s+/g, ' '),
    parts: [field.at],
    kind: field.kind,
    ...(field.parenthetical === undefined ? {} : { parenthetical: field.parenthetical }),
    dual: false,
    confidence: field.speaker === undefined ? 0.5 : 0.95,
    evidence: [`the value of ${field.key}`],
  };
}

const wordsOf = (text: string, parts: DialogueLine['parts']): string => parts.map(([start, end]) => text.slice(start, end).trim().replaceAll(/\s+/g, ' ')).join(' ');
