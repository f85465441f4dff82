import { allVerbs } from './speech-verbs.ts';
import type { Tag } from './tags.ts';

/** What stands around quoted words, in their own paragraph. */
export interface Surroundings {
  words: string;
  /** Up to 160 letters before the mark, from the paragraph's start or the last speech on. */
  before: string;
  after: string;
  /** Nothing before it in the paragraph. */
  opensParagraph: boolean;
  /** Right behind another speech and its tag: `,” he said, “slowly.”` */
  continues: boolean;
  /** A verb of speech with a subject stands beside it. */
  tag: Tag | undefined;
}

/** Things that carry writing, and ways to name something: what follows is to be read, not heard. In all the languages. */
const WRITING = [
  String.raw`(?:sign|signs|signboard|menu|receipt|calendar|flyer|leaflet|notification|poster|banner|billboard|label|labels|placard|plaque|screen|headline|caption|captions|subtitle|subtitles|title|titles|title card|text|texts|overlay|on-screen text|inscription|lettering|letters|logo|graffiti|tattoo|t-shirt|shirt|note|letter|postcard|book|newspaper|magazine|marquee|sticker|badge|tag|license plate|neon|chalkboard|whiteboard|blackboard|monitor|display|card|envelope|page|word|words|phrase|term|name|adjective|song|tune|ballad|motto|slogan|date|message|telegram|entry|tombstone|gravestone)`,
  String.raw`(?:panneau|affiche|enseigne|pancarte|titre|étiquette|inscription|mot|mots|écran|écriteau|logo|journal|lettre|billet|chanson)`,
  String.raw`(?:Schild|Plakat|Aufschrift|Titel|Inschrift|Etikett|Bildschirm|Wort|Worte|Wörter|Logo|Schriftzug|Zeitung|Brief|Lied)`,
  String.raw`(?:cartel|letrero|título|etiqueta|inscripción|palabra|palabras|pantalla|logotipo|pancarta|periódico|carta|canción)`,
  String.raw`(?:cartello|insegna|titolo|etichetta|scritta|iscrizione|parola|parole|schermo|giornale|lettera|canzone)`,
  String.raw`(?:placa|cartaz|letreiro|rótulo|inscrição|palavra|palavras|tela|jornal|canção)`,
  String.raw`(?:вывеска|вывеске|надпись|надписью|плакат|табличка|заголовок|слово|слова|экран|логотип|газета|письмо|песня)`,
].join('|');
const NAMING = [
  'titled|entitled|labelled|labeled|marked|inscribed|engraved|stamped|named|called|calls?|nicknamed|dubbed|known(?: to \\p{L}+)? as|known as|so-called|self-styled|referred to as|termed|christened|branded|emblazoned|printed|written|spell(?:s|ed|ing)?(?: out)?|spelled|wrote|writes|writing|play(?:s|ed|ing)?|performing|word',
  'appelée?s?|appelle|appelait|nommée?s?|surnommée?s?|intitulée?s?|dite?s?|marqué|inscrit|écrit|écrivit|écrivait|joue|jouait|baptisée?',
  'genannt|namens|betitelt|beschriftet|geschrieben|sogenannte[rsn]?|heißt|spielt|steht',
  'llamad[oa]s?|apodad[oa]|titulad[oa]|escrit[oa]|dice el cartel|se llama|conocid[oa] como|escribió',
  'chiamat[oa]|soprannominat[oa]|intitolat[oa]|scritt[oa]|scrisse|detto',
  'chamad[oa]|apelidad[oa]|intitulad[oa]|escrit[oa]|escreveu|conhecid[oa] como',
  'назывался|называется|по имени|по прозвищу|прозвали|под названием|написано|написал',
].join('|');
const READ_OFF = new RegExp(
  String.raw`(?:(?<!\p{L})(?:${WRITING})(?!\p{L})[^.!?:;"“”«»]{0,40}?(?:\s|^)(?:reads?|reading|says?|saying|said|with|that|which|shows?|showing|of|in|for|bearing|displays?|displaying|flashes|flashing|glows|dit|disant|portant|indique|avec|liest|lautet|mit|que dice|dice|con|che dice|recita|que diz|diz|com|с надписью|с|гласит)\s*[:,]?\s*$|(?<!\p{L})(?:${WRITING})s?\s*(?:\([^)]*\))?\s*:?\s*$)`,
  'iu',
);
/** `a mug that says`: who speaks is a who. */
const THAT_SAYS = /(?<!,)\s(?:that|which)\s(?:just\s|simply\s)?(?:says?|reads?|said)\s*[:,]?\s*$/iu;
const NAMED = new RegExp(String.raw`(?<!\p{L})(?:${NAMING})\s*(?:the |a |an )?$`, 'iu');
const WRITTEN_ON = new RegExp(String.raw`(?<!\p{L})(?:${WRITING})$`, 'iu');
const READ_OFF_CJK = /(?:写着|寫著|标题|标题为|题为|名为|叫做|字样|招牌|绰号|外号|印着|刻着|显示|と書かれた|と書いてある|という名)[:：]?\s*$/u;
const READ_OFF_AFTER = /^\s*(?:と書かれた|と書いてある|と書かれている|という|の看板|の文字|的字样|的招牌|(?:is|are|was|were)\s(?:written|printed|engraved|painted|inscribed|displayed|visible)|(?:sign|poster|logo|banner|label|sticker|t-shirt|shirt|tattoo|lettering)\b)/iu;

const WRITING_AHEAD = new RegExp(String.raw`^(?:(?:the|an?|his|her|une?|le|la|ein|eine|der|die|das|un|una|el|il|um|uma|o)\s)?(?:(?!off\s)[\p{L}’'-]+\s){0,2}(?:${WRITING})(?=\s*$|\s(?:\p{L}+(?:s|ed)|on|above|over|in|at|behind|of)(?!\p{L}))`, 'iu');

/** A label of something that carries writing: `Phone screen lights up:`, `The sign above the door:`. */
export const isWriting = (label: string): boolean => WRITING_AHEAD.test(label);

const SPEECH_VERB_AT_END = new Map<string, RegExp>();

/** A verb of speech right before the mark, with what may follow it: `asked her quietly, "`. */
function verbAtEnd(language: string): RegExp {
  const known = SPEECH_VERB_AT_END.get(language);
  if (known !== undefined) return known;
  const pattern = new RegExp(String.raw`(?<![\p{L}’'-])(?:${allVerbs(language)})(?!\p{L})(?:[^.!?:;"“”«»]{0,60}?[,:—–-]|(?:\s\p{L}+ly|\s(?:softly|aloud|out|back|up|him|her|them|me|us|it)|\s(?:to|at)\s\p{L}+(?:\s\p{L}+)?)?)\s*$`, 'iu');
  SPEECH_VERB_AT_END.set(language, pattern);
  return pattern;
}

/** Why quoted words are no speech; nothing when they may be. */
export function whyNotSpeech(around: Surroundings, language: string): string | undefined {
  const { words, before, after, tag, continues } = around;
  const tagged = tag !== undefined;
  const cries = /[!?…]$|\.\.\.$|[—–]$|--$/u.test(words);
  const lead = before.trimEnd();
  if (/\[\s*illustration[^\]]*$/i.test(before)) return 'the words under a picture';
  // A billboard says it: nobody does.
  if (tag !== undefined && tag.pronoun === undefined && WRITTEN_ON.test(tag.subject)) return 'something to be read, not heard';
  if (language === 'ja' && /[\p{Script=Han}\p{Script=Katakana}ー]$/u.test(before) && /^[でにのをはがへも]/u.test(after) && !/[。！？!?…]$/u.test(words)) return 'the name of something';
  if (READ_OFF_CJK.test(before)) return 'something to be read or named, not heard';
  const read = before.slice(-120);
  // A man in a shirt says it himself; a shirt saying it is read.
  const saidBySomebody = tag !== undefined && !tag.verb.endsWith('ing');
  if (tag?.place !== 'behind' && (THAT_SAYS.test(read.slice(-40)) || (!saidBySomebody && READ_OFF.test(read))) && !/(?<!\p{L})(?:these|following|last|first)\s(?:few\s)?words\s*[:,—-]/iu.test(before)) return 'something to be read or named, not heard';
  if (!tagged && READ_OFF_AFTER.test(after)) return 'something to be read, not heard';
  if (tag?.place !== 'behind' && !cries && NAMED.test(before.slice(-40))) return 'a name or title';
  if (tagged || continues) return undefined;
  const announced = /[:：]\s*(?:—|–|--)?$/u.test(lead) || verbAtEnd(language).test(before.slice(-90));
  if (announced) return undefined;
  const startsSentence = lead === '' || /[.!?…。！？”"»)\]]$/u.test(lead) || /(?:—|–|--)$/u.test(lead);
  const wordCount = words.split(/\s+/).length;
  if (!startsSentence && !cries) return 'words inside of a narrator’s sentence';
  if (!startsSentence && wordCount <= 2) return 'a word inside of a narrator’s sentence';
  if (startsSentence && !/[.!?,;:…。！？，—–-]$/u.test(words) && /^\s*[\p{Ll}]/u.test(after)) return 'the subject of a narrator’s sentence';
  if (/\p{Lu}{2}/u.test(words) && !/\p{Ll}/u.test(words) && !cries) return 'capital letters that nobody says';
  return undefined;
}
