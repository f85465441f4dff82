import type { SpeechKind } from './types.ts';

/**
 * Words in labels, extensions and manners that say how a line is heard, in all the languages; the first row that fits counts:
 * a voice over the picture is not seen either.
 */
const HEARD_AS: readonly (readonly [SpeechKind, readonly string[]])[] = [
  ['vo', [
    String.raw`voice[\s-]?over|v\.?\s?o\.?|narrat(?:or|ion|rice|eur|ore)|narrador[ae]?|voce\snarrante|off[\s-]voice|voix[\s-]off|erzähler(?:in)?|sprecher(?:in)?|aus\sdem\soff`,
    String.raw`voz\se[nm]\soff|voce\sfuori\scampo|рассказчик|закадровый\sголос|旁白|画外音|畫外音|ナレーション|ナレーター`,
  ]],
  ['os', [
    String.raw`o\.?\s?s\.?|o\.?\s?c\.?|off[\s-]?screen|off[\s-]?camera|off[\s-]stage|hors[\s-]champ|fuori\scampo|f\.\s?c\.|fuera\sde\s(?:campo|cuadro|cámara)|fora\sde\s(?:campo|quadro|cena)|за\sкадром|з\.?\s?к\.?|画外|画面外|畫外|姿は見えない`,
    // Alone in its parentheses, as German and French scripts have it.
    '(?<=^\\s*|[(（,]\\s*)off(?=\\s*(?:$|[)）,]))',
  ]],
  ['sung', ['sings?|singing|sung|chante|chantant|singt|singend|canta|cantando|поёт|поет|напевая|唱|歌']],
  ['thought', [String.raw`thinks|thinking|thought|thoughts|to\s(?:him|her)self|inner\s(?:voice|monologue|thoughts)|internal|pense|pensée|denkt|piensa|pensando|pensa|про\sсебя|думает|心想|内心|心の声|モノローグ`]],
];

const PATTERNS = HEARD_AS.map(([kind, words]) => [kind, new RegExp(String.raw`(?<!\p{L})(?:${words.join('|')})(?!\p{L})`, 'iu')] as const);
/** Chinese and Japanese put no blank between words. */
const UNSPACED = /(?:旁白|画外音|畫外音|ナレーション|ナレーター)/u;

/** `shouts “Get down!” off-screen`: said of a voice behind its words. */
export const isOffScreenBehind = (after: string): boolean => /^[\s,]*(?:from\s)?(?:off[\s-]?(?:screen|camera)|hors[\s-]champ|aus\sdem\soff|fuori\scampo|fuera\sde\s(?:campo|cuadro|cámara)|fora\sde\s(?:campo|quadro|cena)|за\sкадром)(?!\p{L})/iu.test(after);

/** The manner or extension says how a line is heard. */
export function kindOfWords(words: string): SpeechKind {
  if (UNSPACED.test(words)) return 'vo';
  return PATTERNS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'spoken';
}

/** A direction that says by itself that the words are a song: `singing`, `softly singing`; after `stops singing` they are not. */
export const isSungManner = (manner: string): boolean => /^(?:\p{L}+ly\s)?(?:sings?|singing|chante|chantant|singt|singend|canta|cantando|поёт|поет|напевая|唱|歌)(?!\p{L})/iu.test(manner.trim());

/** `a voice`, `une voix`: heard, and nobody who does anything. */
export const isVoice = (name: string): boolean => /(?<!\p{L})(?:voices?|voix|stimmen?|voz|voces|voce|voci|vozes|голос)$/iu.test(name);
