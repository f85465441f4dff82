import { isFraming, isLeadToSpeech, isPerson, isWriting, justSpeech, labelAhead, languageOf, tagAhead, tagBehind, withoutMarkup } from '../dialogue/index.ts';
import { isFigure } from '../reading/figures.ts';
import type { LanguageCode } from '../reading/language.ts';
import type { Quote } from '../reading/quotes.ts';
import type { Span } from '../reading/text.ts';
import { SPEAKING, speaking } from './speaking-verbs.ts';

/** What stands in the place of a piece of text; empty words take it out. */
interface Edit {
  span: Span;
  words: string;
}

const BESIDE_LETTERS = 220;
/** A prompt written as JSON: what stands in its marks are values, and words without marks break it. */
const JSON_VALUES = /^\s*[[{][\s\S]*["“]\s*:/u;
/** Heard and not seen: a voice is nobody in the picture. */
const VOICE = /(?<!\p{L})(?:voice(?:[\s-]?over)?|narrat(?:or|ion)|announcer|off[\s-]?screen|stimme|erzähler(?:in)?|sprecher(?:in)?|voix|narrateur|narratrice|voz|voce|narrador[ae]?|narratore|голос|рассказчик)(?!\p{L})/iu;
const SENTENCE_END = /(?:^\s*|[.!?…\n:]["'”’»\])]*\s*|\n\s*)$/u;

/**
 * A prompt with its lines spoken unheard. Where somebody speaks, the line and its label or tag become `Martha whispers`; where
 * that is not sure, only the words go, with their marks and the colon or comma that led to them. All else stays letter by
 * letter. `undefined`: only a person can tell, as in JSON.
 */
export function unheard(text: string, lines: readonly Quote[], found: LanguageCode): string | undefined {
  if (JSON_VALUES.test(text)) return undefined;
  const language = found === 'und' || found === 'en' ? languageOfAll(text, lines, found) : found;
  if (language === 'zh') return inChinese(text, lines);
  if (SPEAKING[language] === undefined) return undefined;
  const result = rewritten(text, lines, language, true);
  // A voice and nothing else is all that there is to see.
  return /[\p{L}\p{N}]/u.test(result) ? result : rewritten(text, lines, language, false);
}

const isNobodys = (label: string): boolean => isLeadToSpeech(label) || !isPerson(label);
const isSomebody = (label: string): boolean => !isNobodys(label) && !isWriting(label) && !justSpeech(label);

/** Too few words around the lines to tell their language by. */
const FEW_WORDS = 6;

/** Of a prompt that is nearly all spoken, what is spoken tells the language. */
function languageOfAll(text: string, lines: readonly Quote[], found: LanguageCode): string {
  let around = '';
  let at = 0;
  for (const { span } of lines) {
    around += `${text.slice(at, span[0])} `;
    at = Math.max(at, span[1]);
  }
  return ((around + text.slice(at)).match(/\p{L}+/gu) ?? []).length < FEW_WORDS ? languageOf(text) : found === 'und' ? 'en' : found;
}

function rewritten(text: string, lines: readonly Quote[], language: string, dropsVoices: boolean): string {
  let result = '';
  let at = 0;
  for (const [index, line] of lines.entries()) {
    if (line.span[0] < at) continue;
    const edit = editOf(text, line.span, at, lines[index + 1]?.span[0] ?? text.length, language, dropsVoices);
    result = joined(result + text.slice(at, edit.span[0]), edit.words, text.slice(...line.inner), text.slice(edit.span[1]), edit.span[1] === line.span[1]);
    at = edit.span[1] + (result === '' || edit.words === '' ? gapBehind(text.slice(edit.span[1]), result) : 0);
  }
  return (result + text.slice(at)).trim();
}

/** What is taken out takes the blank behind it along, and punctuation that has nothing in front any more. */
function gapBehind(rest: string, result: string): number {
  if (result === '' || /\s$/u.test(result)) return /^(?:[^\S\n]*[.,;!?](?=\s|$))*\s*/u.exec(rest)?.[0].length ?? 0;
  return 0;
}

/** A sentence that its line ended ends still. */
function joined(before: string, words: string, line: string, rest: string, atItsEnd: boolean): string {
  const ended = words === '' ? before.replace(/[\s,:;—–-]+$/u, (gap) => (/\n/.test(gap) ? '\n' : '')) : before + words;
  const opensAnew = /^\s*(?:\n|$)|^\s+["“«„]?(?:\p{Lu}|\[|\*)/u.test(rest);
  const isWhole = /[.!?…:]["'”’»\])]*\s*$/u.test(ended) || ended.trim() === '';
  const needsStop = !isWhole && opensAnew && (/[.!?…]\s*$/u.test(line) || /^\s+\S/u.test(rest));
  if (needsStop) return `${ended.trimEnd()}.`;
  // The blank in front of what is taken out stands for the one behind it.
  // `into the phone, “...,” then hangs up` keeps its comma.
  if (atItsEnd && !isWhole && /,\s*$/u.test(line) && /^\s+\p{Ll}/u.test(rest)) return `${ended},`;
  return words === '' && ended.trim() !== '' && isWhole ? `${ended.trimEnd()}${/\n\s*$/u.test(before) ? '\n' : ' '}` : ended;
}

function editOf(text: string, [start, end]: Span, from: number, nextStart: number, language: string, dropsVoices: boolean): Edit {
  const lineStart = Math.max(from, start - BESIDE_LETTERS);
  const written = text.slice(lineStart, start);
  const before = withoutMarkup(written);
  const after = text.slice(end, Math.min(nextStart, end + BESIDE_LETTERS));
  return labelled(before, written, start, end, language, dropsVoices) ?? tagged(before, lineStart, start, end, after, nextStart < text.length, language, dropsVoices) ?? wordsAlone(before, start, end, after);
}

/** Only the words, their marks and what led to them: `A crowd chants: “...”`. A label that is left alone goes too: `Then:`. */
function wordsAlone(before: string, start: number, end: number, after: string): Edit {
  const label = /(?:^|[.!?…\n]\s*)([^.!?…\n:：]{1,60})[:：]\s*$/u.exec(before)?.[1];
  const standsAlone = label !== undefined && !isFraming(label.trim()) && (isNobodys(label.trim()) || justSpeech(label.trim())) && (!/^[^\S\n]*[\p{L}\p{N}"“«„([]/u.test(after) || !/\d/.test(label));
  if (standsAlone) return { span: [start - (before.length - before.lastIndexOf(label)), end], words: '' };
  // `Shot 2:` is followed by what is left of it.
  if (label !== undefined && !isFraming(label.trim()) && isNobodys(label.trim())) return { span: [start, end + (/^\s*/.exec(after)?.[0].length ?? 0)], words: '' };
  const lead = /[\s,:：]*$/u.exec(before)?.[0] ?? '';
  // `A boy, “...”, runs` needs neither comma.
  return { span: [start - lead.length, end + (lead.startsWith(',') && after.startsWith(',') ? 1 : 0)], words: '' };
}

/** `Ben (softly): “...”`, `[Anna]: “...”`, `Dialogue: Anna - “...”`, `Speaker: Ben` over `Line: “...”`. */
function labelled(before: string, written: string, start: number, end: number, language: string, dropsVoices: boolean): Edit | undefined {
  const fields = /(?:^|[\n.!?]\s*)((?:speaker|character|role)\s*[:：]\s*([^\n:：,;.]{1,40}?)[\s,;.]*\n?\s*(?:dialogue|dialog|lines?|speech|says)\s*[:：]\s*)$/iu.exec(before) ?? /(?:^|[\n.!?]\s*)((?:dialogue|dialog|lines?|speech)\s*[:：]\s*([^\n:：,;.!?]{1,40}?)\s*(?:[-–—]|[:：])\s*)$/iu.exec(before);
  if (fields !== null) {
    const [, whole = '', name = ''] = fields;
    const [, bare = name, manner] = /^(.+?)\s*[(（]([^()（）]*)[)）]$/u.exec(name.trim()) ?? [];
    if (isSomebody(bare.trim())) return { span: [start - whole.length, end], words: spoken(bare.trim(), manner, language) };
  }
  const offset = start - before.length;
  const label = labelAhead(before, language, true);
  if (label?.speaker === undefined || /[()]/.test(label.speaker)) return undefined;
  const at = before.lastIndexOf(label.speaker);
  const words = before.slice(at).replace(/\s*(?:[:：]|→|[=-]>)\s*(?=(?:[(（][^()（）]*[)）]\s*)?$)/u, ' ').replace(/\]\s*$/u, '').trim();
  const opening = /(?:[[@]\s*)?$/u.exec(before.slice(0, at))?.[0].length ?? 0;
  const marks = before.slice(0, at - opening);
  // `Close-up of a chef: “...”` is a picture of a chef.
  if (at < 0 || !(SENTENCE_END.test(marks) || /\s\s$/u.test(marks))) return undefined;
  if (/^(?:\p{Lu}?\p{L}+ly)$/u.test(label.speaker) || !isSomebody(label.speaker)) return undefined;
  const [, head = words, aside, manner = aside ?? label.parenthetical] = /^([^()（）,]+?)\s*(?:,\s*([^()（）]*)|[(（]([^()（）]*)[)）])$/u.exec(words) ?? [];
  // `Kitchen, night:` is a place; a manner tells that somebody speaks.
  if (aside !== undefined && !isManner(aside)) return undefined;
  if (!isSomebodySeen(head)) return undefined;
  const span: Span = [offset + at - opening - (/(?:\*{1,3}|_{1,2})$/u.exec(written.slice(0, at - opening))?.[0].length ?? 0), end];
  if (dropsVoices && (label.kind === 'vo' || label.kind === 'os' || VOICE.test(label.speaker))) return { span, words: '' };
  return { span, words: spoken(head.trim(), label.kind === 'vo' || label.kind === 'os' ? undefined : manner, language) };
}

const WITH_VERB = /^(?:\p{L}+ly|to|in|with|without|through|under|from|at|into|over|across|between|behind|back)(?!\p{L})/iu;
const EXTENSION = /^\s*(?:v\.?\s?o\.?|o\.?\s?[sc]\.?|cont[’'.]?d\.?)\s*$/iu;
const VOICED: readonly (readonly [RegExp, string])[] = [[/^(?:whisper(?:s|ing)|in a whisper)$/iu, 'whispers'], [/^shout(?:s|ing)$/iu, 'shouts'], [/^sing(?:s|ing)$/iu, 'sings'], [/^(?:yell|scream|murmur|mutter|mumbl|laugh|sobb?|stammer|growl|hiss|cry)(?:s|es|e?ing)$/iu, '']];

const isManner = (words: string): boolean => WITH_VERB.test(words) || /^(?:\p{L}+ing|voice[\s-]?over|v\.?o\.?|o\.?s\.?|off[\s-]?screen)(?!\p{L})/iu.test(words);

/** What is heard or shown and has no mouth, though a label or a sentence may begin with it. */
const NO_MOUTH = /^(?:(?:the|an?|der|die|das|le|la|el|il|o|a)\s)?(?:wind|rain|storm|thunder|waves?|sea|ocean|night|day|morning|evening|silence|kitchen|room|bedroom|street|house|forest|beach|office|bar|car|train|door|window|sky|sun|moon|regen|sturm|donner|meer|küche|straße|wald|pluie|vent|orage|mer|cuisine|rue|lluvia|viento|mar|calle|pioggia|vento|mare|strada|chuva|rua)$/iu;
const isSomebodySeen = (name: string): boolean => !NO_MOUTH.test(name) && (!/^(?:an?|the)\s/iu.test(name) || isSomebodysNoun(name.split(/\s(?:at|in|on|with|by|near|from|behind|of)\s/u)[0]?.split(/\s+/).at(-1)?.toLowerCase() ?? ''));
/** `trucker`, `violinist`; not `computer`. */
const isSomebodysNoun = (noun: string): boolean => isFigure(noun) || (/(?:er|or|ist|ian|eer|ess)s?$/.test(noun) && !/(?:comput|print|serv|tow|wat|riv|pap|lett|post|count|copt|boil|show|feath|weath|thund|flow|pow|numb|summ|wint|radiat|mot|mirr|corrid|flo|do|elevat|answ|ord|harb|darkn|mattr|cypr)(?:er|or|ess)s?$/.test(noun));

/** Somebody speaks in a manner that can be seen: `Martha whispers`, `The man speaks softly, in a Scottish accent`. */
function spoken(name: string, manner: string | undefined, language: string): string {
  const who = name.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
  const verb = SPEAKING[language]?.speaks ?? 'speaks';
  const how = manner?.trim();
  if (how === undefined || how === '' || EXTENSION.test(how)) return `${who} ${verb}`;
  if (language !== 'en') return `${who} (${how}) ${verb}`;
  const voiced = VOICED.find(([pattern]) => pattern.test(how));
  if (voiced !== undefined) return `${who} ${voiced[1] === '' ? `speaks, ${how}` : voiced[1]}`;
  if (WITH_VERB.test(how)) return `${who} speaks ${how}`;
  return /^\p{L}+ing(?!\p{L})/iu.test(how) ? `${who} speaks, ${how}` : `${who} (${how}) ${verb}`;
}

/** `He says through his teeth: “...”`, `“...,” whispers the old man`. */
function tagged(before: string, offset: number, start: number, end: number, after: string, hasNext: boolean, language: string, dropsVoices: boolean): Edit | undefined {
  const ahead = tagAhead(before, language);
  if (ahead !== undefined) {
    const verbAt = lastWord(before, ahead.verb);
    const tail = before.slice(verbAt + ahead.verb.length).replace(/[\s,:：—–-]+$/u, '');
    if (verbAt >= 0 && before.slice(0, verbAt).includes(ahead.subject)) {
      const subjectAt = before.slice(0, verbAt).lastIndexOf(ahead.subject);
      const opensIt = SENTENCE_END.test(before.slice(0, subjectAt));
      // A voice off screen is a sentence of its own, or part of one that is left alone.
      if (VOICE.test(before.slice(subjectAt, verbAt))) return dropsVoices && opensIt ? { span: [offset + subjectAt, end], words: '' } : { span: [offset + verbAt, end], words: speaking(ahead.verb, language) + tail };
      return { span: [offset + verbAt, end], words: withObject(ahead.verb, tail, language) };
    }
  }
  const behind = tagBehind(after, language);
  if (behind !== undefined) {
    const verbAt = firstWord(after, behind.verb);
    const subjectAt = firstWord(after, behind.subject);
    // `“No.” Ben replies: “Yes.”`: the tag leads to the next.
    const leadsOn = hasNext && /^[^.!?…]*[:：,]\s*$/u.test(after) && /^\s+\p{Lu}/u.test(after) && subjectAt < verbAt;
    const within = /^[\s,.—–-]*$/u;
    if (verbAt >= 0 && subjectAt >= 0 && !leadsOn) {
      const opens = SENTENCE_END.test(before);
      const sentence = /^[^.!?…\n]*/u.exec(after)?.[0] ?? '';
      if (subjectAt < verbAt && within.test(after.slice(0, subjectAt))) {
        const subject = opens ? capital(behind.subject) : behind.subject;
        const middle = after.slice(subjectAt + behind.subject.length, verbAt);
        return { span: [start, end + verbAt + behind.verb.length], words: `${subject}${middle}${speaking(behind.verb, language)}` };
      }
      if (verbAt < subjectAt && within.test(after.slice(0, verbAt))) {
        const restAt = subjectAt + behind.subject.length;
        // `said a third voice`: an ordinal is of the noun behind it.
        const noun = /(?:first|second|third|fourth|other)$/u.test(behind.subject) ? (/^\s\p{Ll}+/u.exec(after.slice(restAt))?.[0] ?? '') : '';
        const subject = behind.subject + noun;
        if (VOICE.test(subject) && dropsVoices && opens && !sentence.includes(',')) return { span: [start, end + sentence.length + (/^[.!?…]/u.test(after.slice(sentence.length)) ? 1 : 0)], words: '' };
        const middle = after.slice(verbAt + behind.verb.length, subjectAt).replace(/-(?:t-)?$/u, '').trimEnd();
        return { span: [start, end + subjectAt + subject.length], words: `${opens ? capital(subject) : subject} ${speaking(behind.verb, language)}${middle}` };
      }
    }
  }
  // `“Go,” she says, “before they come.”`: the tag is said already.
  if (/^[\s,]*$/u.test(before) && start > 0) return { span: [start - before.length, end], words: '' };
  return undefined;
}

const capital = (words: string): string => words.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
const escaped = (words: string): string => words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const firstWord = (text: string, word: string): number => (word === '' ? -1 : text.search(new RegExp(String.raw`(?<![\p{L}\p{M}])${escaped(word)}(?![\p{L}\p{M}])`, 'u')));
function lastWord(text: string, word: string): number {
  return word === '' ? -1 : ([...text.matchAll(new RegExp(String.raw`(?<![\p{L}\p{M}])${escaped(word)}(?![\p{L}\p{M}])`, 'gu'))].at(-1)?.index ?? -1);
}

/** `asks him quietly` is `speaks to him quietly`. */
function withObject(verb: string, tail: string, language: string): string {
  const spokenVerb = speaking(verb, language);
  const changed = spokenVerb !== verb && language === 'en';
  return spokenVerb + (changed && (/^\s(?:him|her|them|me|us|you|the|his|an?|\p{Lu}\p{L}+)(?!\p{L})/u.test(tail)) ? ` to${tail}` : tail);
}

function inChinese(text: string, lines: readonly Quote[]): string {
  let result = '';
  let at = 0;
  for (const { whole, speaker } of lines) {
    if (whole[0] < at) continue;
    result += `${text.slice(at, whole[0])}${speaker ?? ''}说着话${/^\p{Script=Han}/u.test(text.slice(whole[1])) ? '。' : ''}`;
    at = whole[1];
  }
  return result + text.slice(at);
}
