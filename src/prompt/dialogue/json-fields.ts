import { JUST_SPEECH } from './cue-labels.ts';
import { kindOfWords } from './heard-as.ts';
import type { SpeechKind, TextRange } from './types.ts';

/** A prompt written as JSON, as tools hand it over: its values as plain text, and those whose key says that somebody speaks them. */
export interface JsonReading {
  /** Every letter where it was; keys and signs are blanks, each value stands on a line of its own. */
  text: string;
  spoken: SpokenField[];
}

export interface SpokenField {
  speaker: string | undefined;
  parenthetical: string | undefined;
  kind: SpeechKind;
  at: TextRange;
  key: string;
}

/** Keys of what is heard over the picture, what is sung, and the other words that say speech; `text` says it only beside a speaker. */
const OVER_THE_PICTURE = /^(?:voice[_\s-]?overs?|vo|narration|narrator|旁白)(?:[_\s-]?(?:text|script|line))?$/i;
const SONG = /^(?:lyrics?|song_text)$/i;
const SPOKEN_KEY = /^(?:(?:spoken|dialogue|dialog|speech|voice)[_\s-]?(?:words|lines?|text)|utterances?|says)$/i;
const WORDS_BESIDE_A_SPEAKER = /^(?:text|content|words|script|quote|value|message|line_text|台词)$/i;
/** Keys that name who speaks, the surest first; a bare `name` is somebody where words stand beside it. */
const SPEAKER_KEYS = ['speaker', 'character', 'character_name', 'speaker_name', 'name', 'who', 'role', 'actor', 'person', '角色', '人物'];
const MANNER_KEYS = ['delivery', 'tone', 'manner', 'emotion', 'parenthetical', 'voice', 'type'];
const NOTHING = /^(?:none|no dialogue|n\/?a|null|silent|-*)$/i;

const isSpokenKey = (key: string): boolean => JUST_SPEECH.test(key) || SPOKEN_KEY.test(key) || OVER_THE_PICTURE.test(key) || SONG.test(key);

interface Value {
  key: string;
  start: number;
  end: number;
  holder: Holder;
}

/** An object or a list while it is read; a list goes by the key in front of it. */
interface Holder {
  key: string;
  isList: boolean;
  texts: Map<string, string>;
  /** The key of what holds it. */
  within: string;
}

const TOKENS = /"(?:[^"\\\n]|\\.)*"|[{}[\]:,]|[^"{}[\]:,\s]+/gu;
/** Begins as JSON does, in a fence or not, and has keys; a number or a short label may stand in front: `4. {"shot": …}`. */
const LOOKS_LIKE_JSON = /^\s*(?:[^"“”{}[\]\n]{1,60}[.):\n]\s*)?(?:```\w*\s*)?[{[]\s*[{[]?\s*"(?:[^"\\\n]|\\.){1,60}"\s*:/u;

/** Nothing where the text is no JSON. A slip in it (a comma too many, an end that is missing) does no harm. */
export function readJsonFields(text: string): JsonReading | undefined {
  if (!LOOKS_LIKE_JSON.test(text)) return undefined;
  const values = valuesOf(text);
  const pieces: string[] = [];
  const spoken: SpokenField[] = [];
  let at = 0;
  for (const value of values) {
    const words = text.slice(value.start, value.end);
    pieces.push(blank(text.slice(at, value.start - 1)), '\n');
    const field = spokenField(value, words);
    if (field !== undefined) spoken.push(field);
    pieces.push(field === undefined ? unescaped(words) : blank(words), '\n');
    at = value.end + 1;
  }
  pieces.push(blank(text.slice(at)));
  return { text: pieces.join(''), spoken };
}

const blank = (words: string): string => words.replaceAll(/[^\n]/g, ' ');

/** `\"` as a mark and `\n` as a line's end, in the same room. */
export const unescaped = (words: string): string => words.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? ' \n' : ` ${sign}`));

function valuesOf(text: string): Value[] {
  const values: Value[] = [];
  const open: Holder[] = [];
  let [key, last] = ['', undefined as { start: number; end: number } | undefined];
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    const holder = open.at(-1);
    if (token.startsWith('"')) {
      settle(holder);
      last = { start: index + 1, end: index + token.length - 1 };
    } else if (token === ':') {
      if (last !== undefined) key = text.slice(last.start, last.end).trim();
      last = undefined;
    } else {
      settle(holder);
      if (token === '{' || token === '[') {
        const own = holder?.isList === true ? holder.key : key;
        open.push({ key: own, isList: token === '[', texts: new Map(), within: holder?.isList === true ? holder.key : own });
        key = '';
      } else if (token === '}' || token === ']') open.pop();
      else if (token === ',') key = '';
    }
  }
  settle(open.at(-1));
  return values;

  function settle(holder: Holder | undefined): void {
    if (last === undefined) return;
    const own = holder?.isList === true ? holder.key : key;
    if (holder !== undefined) {
      if (!holder.isList) holder.texts.set(key.toLowerCase(), text.slice(last.start, last.end));
      values.push({ key: own, ...last, holder });
    }
    last = undefined;
  }
}

function spokenField({ key, start, holder }: Value, words: string): SpokenField | undefined {
  if (NOTHING.test(words.trim()) || /\\"|[“”«»„「]|^\p{Lu}[^:\n]{0,40}:\s/u.test(words)) return undefined;
  const speaker = holder.isList ? undefined : SPEAKER_KEYS.map((name) => holder.texts.get(name)).find((name) => name !== undefined);
  // `"dialogue": {"Nora": "You kept the letter."}`: the key is who speaks.
  const isName = isSpokenKey(holder.within) && /^\p{Lu}/u.test(key) && !holder.isList;
  const besideSpeaker = speaker !== undefined && WORDS_BESIDE_A_SPEAKER.test(key);
  const ofSpeech = !holder.isList && isSpokenKey(holder.within) && WORDS_BESIDE_A_SPEAKER.test(key);
  if (!isSpokenKey(key) && !besideSpeaker && !isName && !ofSpeech) return undefined;
  const manner = holder.isList ? undefined : MANNER_KEYS.map((name) => holder.texts.get(name)).find((one) => one !== undefined);
  const named = isName ? key : speaker;
  const heard = OVER_THE_PICTURE.test(key) || OVER_THE_PICTURE.test(holder.within) ? 'vo' : SONG.test(key) ? 'sung' : kindOfWords(`${named ?? ''} (${manner ?? ''})`);
  const lead = words.length - words.trimStart().length;
  return { speaker: named, parenthetical: manner, kind: heard, at: [start + lead, start + words.trimEnd().length], key };
}
