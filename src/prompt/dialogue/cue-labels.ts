import { kindOfWords } from './heard-as.ts';
import { isFraming, isPerson, withoutFraming } from './labels-of-nobody.ts';
import { isWriting } from './not-speech.ts';
import { allVerbs } from './speech-verbs.ts';
import type { SpeechKind } from './types.ts';

/** `Name:`, `Name (manner):`, `[Name, manner]:` in front of words. */
export interface CueLabel {
  /** Missing for a label that says speech but not whose: `Dialogue:`. */
  speaker: string | undefined;
  source: 'colon' | 'bracket';
  parenthetical: string | undefined;
  kind: SpeechKind;
}

/** Labels that say speech, not whose. */
const SPEECH_WORDS = String.raw`(?:audio\s|spoken\s)?(?:dialogues?|dialog|lines?|speech|spoken|says)|диалог|réplique|dialogo|diálogo|fala|台词|台詞|对白|對白|セリフ`;
export const JUST_SPEECH = new RegExp(`^(?:${SPEECH_WORDS})$`, 'iu');
export const justSpeech = (label: string): boolean => JUST_SPEECH.test(label);
const SPEECH_FIELD = new RegExp(String.raw`(?:^|[.!?;,\n。；，])\s*(?:${SPEECH_WORDS})\s*(?:[（(]([^()（）\n]{1,80})[)）])?\s*[:：]\s*$`, 'iu');
/** Said by the kind already. */
const EXTENSION = /^\s*(?:v\.?\s?o\.?|o\.?\s?[sc]\.?|voice[\s-]?over|off[\s-]?(?:screen|camera)|cont[’'.]?d\.?)\s*$/i;

const MANNER = String.raw`(?:[（(]([^()（）\n]{1,80})[)）])?`;
const ARTICLE = String.raw`(?:(?:an?|the|une?|les?|la|ein|eine|der|die|das|el|una|il|lo|uno|uma?|os?)\s|l['’])`;
/** What ends in front of words: a name or a description, a manner on either side of the colon. A full stop stands only behind a title or an initial. */
const PLAIN_LABEL = new RegExp(String.raw`(?:^|[.!?;"”»」\]\n—–。！？】]\s*|\s\s)((?:\p{Lu}|@|<<<|${ARTICLE}|\p{Lo})(?:[^.:：[\]"“”«»!?\n;。！？]|(?<=Mr|Mrs|Ms|Dr|St|M|Mme|(?<!\p{L})\p{Lu})\.){0,60}?)\s*${MANNER}\s*(?:[:：]|→|=>|->)\s*${MANNER}\s*$`, 'u');
/** What a label ends with; looked for first, because most words have none. */
const LABEL_END = /[:：→>\]][\s]*(?:[（(][^()（）\n]{1,80}[)）]\s*)?$/u;
const BRACKET_LABEL = /\[([^[\]\n]{1,120})\]\s*[:：]?\s*$/u;
/** The last label in front of another one: `Shot 3: The trucker:`. */
const FIELD_AHEAD = /(?:^|[.!?;,\n。；，])\s*([^.:：!?;,\n。；，]{1,60})[:：]\s*(?=[^:：]*[:：]\s*(?:[（(][^()（）\n]*[)）]\s*)?$)/gu;

/** `6) Rosa: "..."`: a line of a list. */
const ITEM = /^\(?\d{1,3}[.)]\s+/u;

/** A label that ends right where the words begin; `before` is the text in front of them. */
export function labelAhead(lead: string, language: string, isPrompt: boolean): CueLabel | undefined {
  if (!LABEL_END.test(lead)) return undefined;
  const before = behindFields(lead.trimStart().replace(ITEM, ''));
  const bracket = BRACKET_LABEL.exec(before)?.[1];
  if (bracket !== undefined) {
    const [, name = bracket, manner] = /^([^,:：]+)[,:：]\s*(.+)$/u.exec(bracket) ?? [];
    return isPerson(name.trim()) ? labelOf(name.trim(), manner?.trim(), 'bracket') : undefined;
  }
  const field = SPEECH_FIELD.exec(before);
  if (field !== null) return { speaker: undefined, source: 'colon', parenthetical: field[1]?.trim(), kind: kindOfWords(`(${field[1] ?? ''})`) };
  const plain = PLAIN_LABEL.exec(before);
  if (plain === null) return undefined;
  const [, written = '', mannerAhead, mannerBehind] = plain;
  const label = withoutFraming(written.trim()).replace(THEN, '');
  if (isPrompt ? FOLLOWS_ON.test(label) : !isProperName(label)) return undefined;
  const [, head = label, aside] = /^([^,，]+)[,，]\s*(.+)$/u.exec(label) ?? [];
  // `A newspaper spins to camera, headline:` is of the headline.
  if ((aside !== undefined && !isPerson(aside)) || isWriting(label)) return undefined;
  const manner = mannerAhead ?? mannerBehind ?? aside;
  // `A politician at a podium:` is a politician.
  const name = head.trim().replace(new RegExp(String.raw`^(${ARTICLE}.+?)\s(?:at|in|on|over|with|from|behind|by|near|inside|outside|through|au|dans|sur|im|am|auf|con|en|em|com)\s.*$`, 'iu'), '$1');
  // `He looks up and says:` is a sentence, not a name; the tags read those.
  if (!isPerson(name) || LEADS_TO_SPEECH.test(name) || name.split(/\s+/).length > 5 || hasVerb(label, language)) return undefined;
  return labelOf(name, manner?.trim(), 'colon');
}

const SPEAKER_FIELD = /(?:^|[\n;.,|])\s*(?:speaker|character|speaking|who|name|role|角色|人物)\s*[:：]\s*([^\n,;.:()|，。（]{1,40})/giu;

/** Whose the words of a field are, where one field in front of them says it: `Character: Mia` over `Dialogue: “…”`. */
export function speakerAbove(label: CueLabel, above: string): CueLabel {
  const names = [...above.matchAll(SPEAKER_FIELD)].flatMap(([, name = '']) => (isPerson(name.trim()) ? [name.trim()] : []));
  const [name] = names;
  return name === undefined || names.length > 1 ? label : labelOf(name, label.parenthetical, 'colon');
}

/** `Then the coach:` is the coach. */
const THEN = /^(?:then|and|next|finally|meanwhile|puis|et|ensuite|dann|und|danach|luego|entonces|después|poi|quindi|então|depois|потом|затем|然后|接着),?\s(?=[\p{L}@<])/iu;

/** In a novel only a name is a label: `Quand il avait fini :` and `Puis :` lead to speech without saying whose. */
const isProperName = (label: string): boolean => !LEADS_TO_SPEECH.test(label) && (/^(?:<<<|@|\p{Lo})/u.test(label) || /^(?:(?:The|An?|L[ae]|L['’]|D(?:er|ie)|El|Il|O)\s?)?(?:\p{Lu}[\p{L}.'’-]*|of|de|du|des|von|van|di|da|la|le)(?:\s(?:\p{Lu}[\p{L}.'’-]*|of|de|du|des|von|van|di|da|la|le|\d+))*$/u.test(label));

/** Without the fields of a prompt that stand in front on the same line: `Scene: a platform. Shot 3: The trucker:`. */
function behindFields(before: string): string {
  const field = [...before.matchAll(FIELD_AHEAD)].findLast(([, label = '']) => !isPerson(label.trim()));
  return field === undefined ? before : before.slice(field.index + field[0].length);
}

const SMALL_LEADS = 'then|finally|suddenly|now|again|and|but|so|later|et|mais|puis|alors|enfin|aussitôt|dann|und|aber|da|luego|entonces|pero|poi|allora|ma|então|mas|потом|тогда';
/** Small words that lead to speech with a colon and are no field: `then: “Go.”`. */
const LEADS_TO_SPEECH = new RegExp(String.raw`^(?:${SMALL_LEADS}|\p{L}+(?:ly|ment|mente))$`, 'iu');
/** Nobody is called one of these; Emily is somebody, and Clément. */
const FOLLOWS_ON = new RegExp(`^(?:${SMALL_LEADS})$`, 'iu');

export const isLeadToSpeech = (label: string): boolean => LEADS_TO_SPEECH.test(label);

/** Whether words stand behind a field that holds no speech: `mood: “lonely”`. */
export function isUnderField(lead: string, isPrompt: boolean, language: string): boolean {
  if (!LABEL_END.test(lead)) return false;
  const label = /([^.:：\n[\]"“”«»;,!?。；，]{1,60})[:：]\s*$/u.exec(lead)?.[1]?.trim() ?? '';
  if (label === '' || JUST_SPEECH.test(label)) return false;
  // In a prompt one word in small letters names a field, whatever field it is.
  return !isPerson(label) || (isPrompt && isWriting(label)) || (isPrompt && /^\p{Ll}[\p{Ll}_-]+$/u.test(label) && !LEADS_TO_SPEECH.test(label) && !hasVerb(label, language));
}

const VERBS = new Map<string, RegExp>();

/** `Elle murmura :` is a sentence with a tag. */
function hasVerb(label: string, language: string): boolean {
  const pattern = VERBS.get(language) ?? new RegExp(language === 'zh' || language === 'ja' ? `(?:${allVerbs(language)})$` :String.raw`(?<!\p{L})(?:${allVerbs(language)})(?!\p{L})|^(?:he|she|they|it|il|elle|er|sie|él|ella|lui|lei|ele|ela|он|она)(?!\p{L})`, 'iu');
  VERBS.set(language, pattern);
  return pattern.test(label);
}

function labelOf(name: string, manner: string | undefined, source: CueLabel['source']): CueLabel {
  const [, bare = name, token] = /^(.*?)\s?<<<([\w-]+)>>>$/.exec(name.replace(/^@/, '')) ?? [];
  const speaker = bare === '' ? (token ?? name) : bare.replace(/^@/, '');
  // `Sam (30s)`: an age is no manner of speaking.
  const parenthetical = manner === undefined || /^\s*\d+s?\s*$/.test(manner) || EXTENSION.test(manner) ? undefined : manner;
  return { speaker, source, parenthetical, kind: kindOfWords(`${speaker} (${manner ?? ''})`) };
}

/** `太郎「待ってくれ」` on a line of its own, as Japanese scripts have it; N is the narrator there. */
export function nameAtBracket(before: string, after: string): CueLabel | undefined {
  if (after.trim() !== '') return undefined;
  const [, name, manner] = /^\s*([\p{Script=Han}\p{Script=Katakana}ー々\p{Lu}ぁ-のはひふへほま-ろん]{1,8}[\d０-９]?)(?:[（(]([^()（）\n]{1,40})[)）])?\s*$/u.exec(before) ?? [];
  if (name === undefined || /[はがをにでともへて]$/u.test(name) || !isPerson(name)) return undefined;
  const label = labelOf(name, manner, 'colon');
  return name === 'N' ? { ...label, kind: 'vo' } : label;
}

export interface CueLine extends CueLabel {
  start: number;
  end: number;
  lineStart: number;
}

/** `Speaker: Ben` says who, not what. */
const NAMES_SPEAKER = /^(?:speaker|speaking|who|name|role)$/i;
const QUOTE_AHEAD = /^["“«„‘「『]/u;
const MANNER_AHEAD = /^[（(]([^()（）\n]{1,80})[)）]\s*/u;
/** `Anna: a tall woman in red`, `Elder: man, 70s`: who somebody is, not what they say. */
const DESCRIBES = /^\p{Ll}|(?<!\p{L})(?:\d{1,2}[\s-]years?[\s-]old|(?:early|mid|late)[\s-]?\d0s|\d0s)(?![\p{L}\d])/u;

/** Lines of `Name: words` without quote marks. One alone may be anything; in prose it takes two. */
export function cueLines(text: string, isProse: boolean, language: string): CueLine[] {
  if (!/[:：]/.test(text)) return [];
  const found: CueLine[] = [];
  for (const match of text.matchAll(/^[ \t]*([@\p{Lu}\p{Lo}][^:：\n"“”«»。]{0,60}|<<<[\w-]{1,40}>>>)[:：][ \t]*(?=\S)([^\n]+)$/gmu)) {
    const [whole, head = '', words = ''] = match;
    if (words.startsWith('//') || NAMES_SPEAKER.test(head.trim())) continue;
    const nested = isPerson(head.trim()) ? null : /^(\p{Lu}[^:：]{0,60})[:：][ \t]*(?=\S)/u.exec(words);
    const own = nested?.[1] ?? head;
    const label = isFraming(own.trim()) ? undefined : labelAhead(`${own}:`, language, !isProse);
    if (label?.speaker === undefined || head.split(/\s+/).length > 6 || /[.!?]\s/.test(head)) continue;
    const said = words.slice(nested?.[0].length ?? 0);
    const manner = MANNER_AHEAD.exec(said);
    const speech = said.slice(manner?.[0].length ?? 0);
    if (QUOTE_AHEAD.test(speech) || speech === '' || (!isProse && DESCRIBES.test(speech))) continue;
    // `Character 1: Old man` is of a list of people; with a manner it speaks.
    if (/^(?:characters?|subjects?)\s?[#\d]/iu.test(label.speaker) && label.parenthetical === undefined && manner === null) continue;
    const end = match.index + whole.trimEnd().length;
    const heard = label.kind === 'spoken' && manner !== null ? kindOfWords(`(${manner[1] ?? ''})`) : label.kind;
    found.push({ ...label, ...(manner === null ? {} : { parenthetical: label.parenthetical ?? manner[1] }), kind: heard, start: match.index + whole.length - speech.length, end, lineStart: match.index });
  }
  return isProse && found.length < 2 ? [] : found;
}
