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

/** Labels of prompts and scripts that are nobody. */
const NOT_A_PERSON = new RegExp(
  String.raw`^(?:(?:opening|closing|final|first|second|third|fourth|fifth|next|last|main|overall|visual|film|video|image|art|colou?r|negative|camera|shot|scene|audio|sound|background)\s)*(?:shots?|scenes?|camera|cam|style|mood|lighting|light|lights|audio|sounds?|sfx|fx|foley|music|score|soundtrack|ambience|ambiance|atmosphere|setting|location|place|time|duration|length|aspect(?:\sratio)?|ratio|resolution|quality|lens|angle|framing|composition|movement|motion|movements?|action|actions|effects?|vfx|transition|transitions|cut|note|notes|prompt|prompts|negative(?:\sprompt)?|subject|subjects|characters?|cast|wardrobe|costumes?|props?|palette|colou?rs?|tone|tones|genre|theme|title|titles|subtitles?|caption|captions|text|overlay|on-screen\stext|logo|super|title\scard|description|background|foreground|environment|weather|season|era|period|focus|pacing|tempo|rhythm|format|model|mode|seed|fps|frames?|start\sframe|end\sframe|look|keywords?|tags?|details?|context|summary|synopsis|logline|beat|beats|int|ext|exterior|interior|plot|story|example|warning|tip|step|steps?|part|chapter|section|act|episode|sequence|view|pov|close-?up|wide|medium|insert|montage|reference|references|source|link|url|https?|size|speed|ton|stil|kamera|szene|einstellung|licht|musik|stimmung|ort|zeit|plan|scène|caméra|lumière|musique|ambiance|lieu|décor|cámara|escena|estilo|luz|música|plano|lugar|inquadratura|scena|stile|luce|musica|luogo|câmera|cena|estilo|luz|música|камера|сцена|стиль|свет|музыка|кадр|место|время)(?:\s?[#\d]+[a-z]?)?$`,
  'iu',
);
const JUST_SPEECH = /^(?:dialogue|dialog|lines?|speech|spoken|says|spoken line|spoken dialogue|dialogues?|диалог|réplique|dialogo|diálogo|台词|对白|セリフ)$/iu;
const VOICE_OVER = /(?<!\p{L})(?:voice[\s-]?over|v\.?\s?o\.?|narrat(?:or|ion|rice|eur)|off[\s-]voice|voix[\s-]off|erzähler(?:in)?|sprecher(?:in)?|voz en off|voce fuori campo|рассказчик|закадровый голос|旁白|画外音|ナレーション|ナレーター)(?!\p{L})/iu;
const OFF_SCREEN = /(?<!\p{L})(?:o\.?\s?s\.?|o\.?\s?c\.?|off[\s-]?screen|off[\s-]?camera|hors[\s-]champ|за кадром)(?!\p{L})/iu;
/** Said by the kind already. */
const EXTENSION = /^\s*(?:v\.?\s?o\.?|o\.?\s?[sc]\.?|voice[\s-]?over|off[\s-]?(?:screen|camera)|cont[’'.]?d\.?)\s*$/i;
const SINGING = /(?<!\p{L})(?:sings?|singing|sung|chante|singt|canta|cantando|поёт|唱|歌)(?!\p{L})/iu;
const THINKING = /(?<!\p{L})(?:thinks|thinking|thought|to (?:him|her)self|inner voice|internal|pensée|denkt)(?!\p{L})/iu;

/** The manner or extension says how a line is heard. */
export function kindOfWords(words: string): SpeechKind {
  if (VOICE_OVER.test(words)) return 'vo';
  if (OFF_SCREEN.test(words)) return 'os';
  if (SINGING.test(words)) return 'sung';
  if (THINKING.test(words)) return 'thought';
  return 'spoken';
}

const PLAIN_LABEL = /(?:^|[.!?;"”»」\n—–]\s*|\s\s)((?:\p{Lu}|<<<|(?:a|an|the)\s|\p{Lo})(?:[^.:：[\]"“”«»!?\n;]|(?<=(?:Mr|Mrs|Ms|Dr|St|M|Mme))\.){0,60}?)\s*(?:[（(]([^()（）\n]{1,80})[)）])?\s*[:：]\s*$/u;
const BRACKET_LABEL = /\[([^[\]\n]{1,120})\]\s*[:：]?\s*$/u;

/** `6) Rosa: "..."`: a line of a list. */
const ITEM = /^\(?\d{1,3}[.)]\s+/u;

/** A label that ends right where the words begin; `before` is the text in front of them. */
export function labelAhead(lead: string, language: string): CueLabel | undefined {
  const before = lead.trimStart().replace(ITEM, '');
  const bracket = BRACKET_LABEL.exec(before)?.[1];
  if (bracket !== undefined) {
    const [, name = bracket, manner] = /^([^,:：]+)[,:：]\s*(.+)$/u.exec(bracket) ?? [];
    return isPerson(name.trim()) ? labelOf(name.trim(), manner?.trim(), 'bracket') : undefined;
  }
  const plain = PLAIN_LABEL.exec(before);
  if (plain === null) return undefined;
  const [, written = '', manner] = plain;
  // `A politician at a podium:` is a politician.
  const name = written.trim().replace(/^((?:an?|the)\s.+?)\s(?:at|in|on|over|with|from|behind|by|near|inside|outside|through)\s.*$/iu, '$1');
  // `He looks up and says:` is a sentence, not a name; the tags read those.
  if (JUST_SPEECH.test(name)) return { speaker: undefined, source: 'colon', parenthetical: manner, kind: 'spoken' };
  if (!isPerson(name) || name.split(/\s+/).length > 5 || hasVerb(name, language)) return undefined;
  return labelOf(name, manner?.trim(), 'colon');
}

const VERBS = new Map<string, RegExp>();

/** `Elle murmura :` is a sentence with a tag. */
function hasVerb(label: string, language: string): boolean {
  const pattern = VERBS.get(language) ?? new RegExp(String.raw`(?<!\p{L})(?:${allVerbs(language)})(?!\p{L})|^(?:he|she|they|it|il|elle|er|sie|él|ella|lui|lei|ele|ela|он|она)(?!\p{L})`, 'iu');
  VERBS.set(language, pattern);
  return pattern.test(label);
}

function labelOf(name: string, manner: string | undefined, source: CueLabel['source']): CueLabel {
  const token = /^<<<([\w-]+)>>>$/.exec(name)?.[1];
  // `Sam (30s)`: an age is no manner of speaking.
  const parenthetical = manner === undefined || /^\s*\d+s?\s*$/.test(manner) || EXTENSION.test(manner) ? undefined : manner;
  return { speaker: token ?? name, source, parenthetical, kind: kindOfWords(`${name} ${manner ?? ''}`) };
}

/** `Close-up of hands`, `Wide on Mara`, `CU Elam`: how a shot is framed, not who speaks in it. */
const FRAMED = /^(?:(?:extreme|very|medium|mid|tight|slow|low|high|big|static|hand-?held|dutch|overhead|aerial)[\s-])*(?:close[\s-]?(?:ups?|on|shot)|(?:wide|long|full|medium|master|establishing|reaction|reverse|tracking|dolly|crane|two|three|detail|macro|pov|cowboy|angle)[\s-](?:shots?|angle|view|on|close(?:[\s-]?ups?)?|long|wide)|insert|over[\s-](?:the|his|her|their|[\p{L}]+['’]s)[\s-]shoulder)\b/iu;
const FRAMED_SHORT = /^(?:E?CU|MCU|MS|MLS|MWS|WS|LS|FS|EWS|ELS|OTS|POV)\b/u;

/** Whether a label may be somebody's name. */
export const isPerson = (label: string): boolean => label !== '' && !FRAMED.test(label) && !FRAMED_SHORT.test(label) && !NOT_A_PERSON.test(label) && /\p{L}/u.test(label) && !/^(?:https?|www|\d)/i.test(label);

export interface CueLine extends CueLabel {
  start: number;
  end: number;
  lineStart: number;
}

/** Lines of `Name: words` without quote marks. One alone may be anything; in prose it takes two. */
export function cueLines(text: string, isProse: boolean, language: string): CueLine[] {
  if (!/[:：]/.test(text)) return [];
  const found: CueLine[] = [];
  for (const match of text.matchAll(/^[ \t]*(\p{Lu}[^:：\n"“”«»]{0,60}|<<<[\w-]{1,40}>>>)[:：][ \t]*(?=\S)([^\n]+)$/gmu)) {
    const [whole, head = '', words = ''] = match;
    if (/^["“«„‘「『]/u.test(words) || words.startsWith('//')) continue;
    const nested = isPerson(head.trim()) ? null : /^(\p{Lu}[^:：]{0,60})[:：][ \t]*(?=\S)/u.exec(words);
    const label = labelAhead(`${nested?.[1] ?? head}:`, language);
    if (label?.speaker === undefined || (nested !== null && /^["“«„‘「『]/u.test(words.slice(nested[0].length))) || head.split(/\s+/).length > 6 || /[.!?]\s/.test(head)) continue;
    const end = match.index + whole.trimEnd().length;
    found.push({ ...label, start: match.index + whole.length - words.length + (nested?.[0].length ?? 0), end, lineStart: match.index });
  }
  return isProse && found.length < 2 ? [] : found;
}
