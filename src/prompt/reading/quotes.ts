import { allVerbs, isWriting, marksOf, mayHoldQuotes, paragraphsOf, quotedStretches } from '../dialogue/index.ts';
import { dashStyleOf, dashTurns } from '../dialogue/dash-speech.ts';
import { languageOf as dialogueLanguageOf } from '../dialogue/language.ts';
import { languageOf } from './language.ts';
import type { Span } from './text.ts';

/** Words in quotation marks, or a line behind a speaker's name. */
export interface Quote {
  kind: 'speech' | 'written' | 'other';
  /** With its marks. */
  span: Span;
  /** Without them. */
  inner: Span;
  /** The speaker with the verb, and the line: what goes when the line goes to a voice-over. */
  whole: Span;
  /** As the words around it name them. */
  speaker?: string;
}

/** What is read, not heard: behind these words stands writing on a thing. */
const WRITTEN_BEFORE = /(?:\b(?:reads?|reading|text|words?|letters?|lettering|caption(?:ed)?|titled?|label(?:l?ed)?|logo|written|writing|inscri(?:bed|ption)|engraved|printed|painted|spells?|spelling|sign|banner|poster|billboard|plaque|(?<!off[ -])screen|subtitle|headline|neon|cover|nameplate|marked|called|named|nicknamed|so-called|known as|entitled)|写着|字样|标题|招牌|片名|字幕|文字|大字|题字|标语|横幅|牌子)(?:\s+(?:out|that says|which says|saying|says|with the words?|the words?|is|in))?[\s:,：，]*$/i;
const WRITING_SAYS = /\b(?:sign|banner|poster|billboard|plaque|label|(?<!off[ -])screen|t-?shirt|shirt|cover|note|letter|graffiti|neon|display|headline|page|map|card|tattoo|mug|placard)s?\s+(?:that\s+|which\s+)?(?:say(?:s|ing)?|reads?|reading)[\s:,]*$/i;
const NOT_LINES = /\b(?:called|named|nicknamed|so-called|known as|titled|entitled|label(?:l?ed)?|dubbed)[\s:,]*$/i;
const SPEECH_VERB = 'says?|said|saying|asks?|asked|asking|whispers?|whispered|whispering|shouts?|shouted|shouting|yells?|yelled|yelling|replie[sd]|answers?|answered|murmurs?|murmured|mutters?|muttered|screams?|screamed|cries|cried|calls? out|announces?|announced|declares?|declared|speaks?|spoke|sings?|sang|singing|tells? \\w+|narrates?|exclaims?|exclaimed|adds?|begs?|begged|pleads?|sighs?|laughs|greets? \\w+';
const SPEECH_BEFORE = new RegExp(`(?:\\b(?:${SPEECH_VERB})|说道?|问道?|喊道?|答道?|回答|低声)(?:\\s+\\w+(?:ly|\\s+voice)?){0,4}[\\s:,：，]*$`, 'i');
const SPEECH_AFTER = new RegExp(`^[\\s,]*(?:([A-Z][\\w'’-]+|(?:the|a|an) (?:\\w+ )?\\w+|he|she|they|it)\\s+(?:\\w+ly\\s+)?(?:${SPEECH_VERB})\\b|(?:${SPEECH_VERB})\\s+((?:the|a|an) (?:old |young |little |tall )?\\w+|he\\b|she\\b|[A-Z][\\w'’-]+))`, 'u');
const SAYS_AT_END = new RegExp(`\\s+(?:\\w+ly\\s+)?(?:${SPEECH_VERB})$`, 'i');
const NAME_COLON = /(?:^|[\n.!?"”」]\s*|\]\s*)(?:\[)?(\p{Lu}[\p{L}\p{N} .'’-]{0,30}?)(?:\s*(?:[([][^:\n)\]]{0,50}[)\]]?|,[^:\n)\].!?]{0,50}))?\s*[:：]\s*$/u;
/** Names of parts of a prompt, which no one answers to. */
const LABELS = /^(?:shot|scene|camera|style|lens|light(?:ing)?|palette|mood|setting|location|action|subject|sound|audio|music|sfx|negative|prompt|note|time|duration|ambience|background|atmosphere|color|colour|title|text|caption|subtitle)s?(?:\s*\d+)?$/i;

/** A label in front of words that are read: `Text on screen:`, `INSERT - NOTE:`. */
const WRITING_LABEL = /(?:^|[\n.!?]\s*)([^:\n.!?"“”«»]{1,60})[:：]\s*$/u;
const OVERLAY = /^(?:supers?|superimposed?|chyron|lower third|overlay|(?:opening |end )?credits?|insert(?: shot)?(?:\s*[-–—]\s*[\p{L} ]{1,20})?|on[- ]?screen text|(?:the |a )?(?:on[- ]?screen )?(?:text|title|caption|subtitle|words?|message)s?(?: card| overlay)?(?: on(?: the| her| his)? (?:screen|phone|display|monitor))?|(?:on|across) (?:the|his|her|their) (?:phone )?(?:screen|phone|display|monitor))$/iu;

/** `« Attends-moi », murmure la vieille dame`: in the verbs of the language that the text is in. */
function hasForeignTag(text: string, before: string, after: string): boolean {
  const language = languageOf(text);
  if (language === 'en' || language === 'und') return false;
  const verbs = tagVerbs(language);
  const behind = /^[\s,.]*([\p{L}]+)/u.exec(after)?.[1] ?? '';
  const leading = /(?:[\p{L}]+\s+){0,4}[\p{L}]+\s*[:,]\s*$/u.exec(before)?.[0].match(/[\p{L}]+/gu) ?? [];
  return verbs.has(behind.toLowerCase()) || leading.some((word) => verbs.has(word.toLowerCase()));
}

const TAG_VERBS = new Map<string, ReadonlySet<string>>();
function tagVerbs(language: string): ReadonlySet<string> {
  const known = TAG_VERBS.get(language) ?? new Set(allVerbs(language).split('|'));
  TAG_VERBS.set(language, known);
  return known;
}

const JSON_FIELD = /["“]([\w -]{1,30})["”]\s*:\s*(?:\[\s*)?$/;
const SPOKEN_FIELD = /^(?:dialogue?|lines?|speech|spoken|says?|voice[ -_]?over|text|sign)/i;

/** `The Great Wave off Kanagawa`: several words, all that are not small with a capital. */
function isTitle(content: string): boolean {
  const words = content.match(/[\p{L}’']+/gu) ?? [];
  return words.length > 1 && words.every((word, index) => /^\p{Lu}\p{Ll}/u.test(word) || (index > 0 && SMALL_WORD.test(word))) && words.filter((word) => /^\p{Lu}/u.test(word)).length > 1;
}
const SMALL_WORD = /^(?:of|the|off|a|an|in|on|and|to|for|at|from|by|with|de|la|le)$/;

/** What stands in quotation marks, found as dialogue finds it, and who says it. Looks a little way around each pair, so time is linear. */
export function quotesOf(text: string): Quote[] {
  return [...dashedLines(text), ...markedQuotes(text)].sort((a, b) => a.span[0] - b.span[0]);
}

/** `— Oui, dit-elle.`: what a dash opens, in the languages whose books have it so; a quotation inside it is its own. */
function dashedLines(text: string): Quote[] {
  if (!/^[—–―]/mu.test(text)) return [];
  const language = dialogueLanguageOf(text);
  const paragraphs = paragraphsOf(text);
  return dashTurns(text, paragraphs, language, dashStyleOf(text, paragraphs, language, text.match(/["“«„]/gu)?.length ?? 0, true)).flatMap(({ parts, outerStart, outerEnd }) =>
    parts.map(([start, end], index): Quote => ({ kind: 'speech', span: [index === 0 ? outerStart : start, end], inner: [start, end], whole: [outerStart, outerEnd] })),
  );
}

function markedQuotes(text: string): Quote[] {
  if (!mayHoldQuotes(text)) return [];
  return quotedStretches(text, paragraphsOf(text), marksOf(text)).filter(({ open }) => !open).flatMap(({ outerStart, outerEnd, secondary }): Quote[] => {
    const span: Span = [outerStart, outerEnd];
    const inner: Span = [outerStart + 1, outerEnd - 1];
    const content = text.slice(...inner);
    if (content.trim() === '' || (secondary && !/[.!?,…]$/.test(content))) return [];
    const before = text.slice(Math.max(0, span[0] - 120), span[0]);
    // A prompt written as JSON: its marks hold fields, and what they say is the picture.
    const field = JSON_FIELD.exec(before)?.[1];
    if (field !== undefined && !SPOKEN_FIELD.test(field)) return [];
    const after = text.slice(span[1], span[1] + 60);
    const label = NAME_COLON.exec(before);
    const isLabel = label !== null && LABELS.test((label[1] ?? '').trim());
    const base = { span, inner };
    const written = (WRITING_LABEL.exec(before)?.[1] ?? '').trim();
    // `Note on the fridge:` is in the picture, and stays there.
    if (OVERLAY.test(written)) return [{ ...base, kind: 'written', whole: [span[0] - (before.length - before.lastIndexOf(written)), span[1]] }];
    if (written !== '' && isWriting(written)) return [{ ...base, kind: 'written', whole: span }];
    if (label !== null && !isLabel) {
      const from = span[0] - (before.length - before.lastIndexOf(label[1] ?? ''));
      return [{ ...base, kind: 'speech', speaker: (label[1] ?? '').trim().replace(SAYS_AT_END, ''), whole: [from - (text[from - 1] === '[' ? 1 : 0), span[1]] }];
    }
    if (WRITING_SAYS.test(before) || WRITTEN_BEFORE.test(before)) return [{ ...base, kind: NOT_LINES.test(before) ? 'other' : 'written', whole: span }];
    const told = SPEECH_BEFORE.exec(before);
    if (told) return [{ ...base, kind: 'speech', whole: [span[0] - (before.length - told.index), span[1]] }];
    const tag = SPEECH_AFTER.exec(after);
    if (tag) {
      const speaker = (tag[1] ?? tag[2] ?? '').trim();
      return [{ ...base, kind: 'speech', whole: [span[0], span[1] + tag[0].length], ...(speaker === '' ? {} : { speaker }) }];
    }
    if (hasForeignTag(text, before, after)) return [{ ...base, kind: 'speech', whole: span }];
    if (isTitle(content)) return [{ ...base, kind: 'other', whole: span }];
    // Bare quotation marks around a sentence are a line; around a word or two they are a name for something.
    const words = content.trim().split(/\s+/).length;
    const shouted = content === content.toUpperCase() && content !== content.toLowerCase();
    const isLine = !shouted && (words >= 4 || /[.!?…。！？]["'”]?$/u.test(content.trim()));
    return [{ ...base, kind: isLine ? 'speech' : shouted && words <= 6 ? 'written' : 'other', whole: span }];
  });
}
