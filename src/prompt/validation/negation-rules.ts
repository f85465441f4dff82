import type { PromptReading } from '../reading/reading.ts';
import { spansOf, tokensOf, type Span } from '../reading/text.ts';
import { listed, quoted, without, type Rule } from './rule.ts';

/** What shall not be seen: in the prompt, where a model reads only the nouns, and in the negative prompt, which is a list. */

const NO_PHRASES = /\bno (?:man['’]s land|longer|one|matter|doubt|more|idea|time|way|chance|choice|need|sooner|less|problem|sign of stopping|\d|nonsense|bounds|limits?|equal|end\b|parking|entry|trespassing|smoking sign)\b|\bnot (?:only|just|far|yet|quite|significant|merely)\b|\bwithout (?:a moment|a (?:word|sound|trace|break|cloud|pause|doubt)|end|warning|stopping|hesitation|being|knowing|looking|blinking|interruption|\w+ing)\b/i;
/** `no people, no boats`, `without birds`, `don't show text`: a negation and the things it means. */
const NEGATION = /\b(?:(?:with |there (?:is|are) |has |have |having )?(?:absolutely )?no(?! ?\.? ?\d)|without(?: any| the| an?)?|(?:do not|don'?t|never|must not|should not|shouldn'?t) (?:show|include|add|have(?! \w+(?:ed|en|n)\b)|use|render|display|depict|draw|put|let|generate)(?: any| the| an?)?|(?:(?<!\bto )avoid(?!\s+\w+ing\b)|exclud(?:e|ing)|omit(?:ting)?|free of|not any|not a single|no visible|zero)(?: the| an?)?)\s+((?:(?!and\b|or\b|but\b|in\b|on\b|at\b|with\b|is\b|are\b|to\b|of\b|for\b|as\b|no\b|without\b|an?\b|the\b|while\b|beside\b|near\b|by\b|from\b|into\b|onto\b|over\b|under\b|behind\b|through\b|between\b|around\b|along\b|across\b|above\b|below\b|inside\b|outside\b|that\b|which\b|who\b|where\b|when\b|until\b|then\b|before\b|after\b|during\b|just\b|only\b|he\b|she\b|it\b|they\b)[\p{L}'’-]+\s?){1,3})((?:(?:,\s*(?:or |and )?|\s*\bor |\s*\bnor )(?!(?:no|without|slow|a|an|the|camera|static|soft|wide|close)\b)[\p{L}'’-]+(?=\s*(?:,|\.|;|$|\s+or\b|\s+nor\b))){0,6})|(?:(?:没有(?!被|急|变|停|慌|犹|尽|说)|不要|禁止|不出现)([\p{Script=Han}]{1,6})|(?<![\p{Script=Han}])无(?!人机|尽|边|际|垠|法|数|可|比|限|声|缝|论|需|须|意|形|力|情|关|疑|非|从|处|时|所)([\p{Script=Han}]{1,4})(?![\p{Script=Han}]))/gu;

interface Negated {
  span: Span;
  things: string[];
}

/** `no spoon in it`: goes with the thing. */
const WHERE_IT_IS_NOT = /^\s+(?:(?:in|on|inside|around|near|behind|under) (?:it|him|her|them|sight|view)|anywhere|there)\b/i;

function negatedIn({ plain, inPlain, camera, actions }: Pick<PromptReading, 'plain' | 'inPlain' | 'camera' | 'actions'>): Negated[] {
  return inPlain.spans(NEGATION).flatMap(({ span, match }) => {
    const tail = plain.slice(span[0], span[1] + 14);
    // `without looking back`, `no longer`, `a no-entry sign`: no thing is kept out of the picture.
    if (camera.some((cue) => cue.span[0] < span[1] && cue.span[1] > span[0])) return [];
    const idiom = NO_PHRASES.exec(tail);
    if (idiom !== null && idiom.index < 8) return [];
    if (/[-'’]$/.test(plain.slice(Math.max(0, span[0] - 1), span[0])) || plain.slice(span[0] + 2, span[0] + 3) === '-') return [];
    const things = [match[1] ?? match[3] ?? match[4] ?? '', ...(match[2] ?? '').split(/,|\bor\b|\bnor\b/)].map((thing) => thing.replace(/^\s*(?:and|or|any|the|a|an)\s+/, '').trim()).filter((thing) => thing !== '');
    if (things.length === 0) return [];
    // `no hat waves from a train`: what somebody does is no thing.
    const verb = actions.find(({ form, span: [at] }) => form === 's' && at > span[0] && at < span[1]);
    if (verb === undefined) {
      const end = span[1] - (/\s+$/.exec(match[0])?.[0].length ?? 0);
      return [{ span: [span[0], end + (WHERE_IT_IS_NOT.exec(plain.slice(end))?.[0].length ?? 0)] as const, things }];
    }
    const thing = plain.slice(span[0] + match[0].indexOf(match[1] ?? ''), verb.span[0]).trim();
    return thing === '' ? [] : [{ span: [span[0], plain.slice(0, verb.span[0]).trimEnd().length] as const, things: [thing] }];
  });
}

const NEGATION_IN_PROMPT: Rule = {
  code: 'NEGATION_IN_PROMPT',
  find({ reading, input, english, model, language }) {
    if (!english && language !== 'zh') return [];
    const { plain, text } = reading;
    const negated = negatedIn(reading);
    if (negated.length === 0) return [];
    const things = [...new Set(negated.flatMap((part) => part.things))];
    const spans = negated.map(({ span }): Span => sentenceOf(plain, span) ?? [span[0] - (/(?:\b(?:and|with|but)\s+)+$/i.exec(plain.slice(Math.max(0, span[0] - 12), span[0]))?.[0].length ?? 0), span[1]]);
    const takesNegative = input.clip.api !== 'new-standard' && model?.features.negativePrompt !== undefined;
    const first = negated[0]?.span ?? [0, 0];
    return [
      {
        span: first,
        message: `${quoted(text, first)} puts into the picture what it names: a model reads the nouns, not the “no”`,
        label: takesNegative ? `name ${listed(things.slice(0, 5))} in the negative prompt` : 'leave it out, and say what is there instead',
        repair: () => ({ prompt: without(text, spans), ...(takesNegative ? { negativePrompt: joined(input.negativePrompt, things) } : {}) }),
      },
    ];
  },
};

/** `No other guests are in the room.`, `There is no clock on the wall.`: without what it denies such a sentence says nothing. */
function sentenceOf(plain: string, [start, end]: Span): Span | undefined {
  const before = /(?:^|[.!?]\s+)(there (?:is|are|was|were) )?$/i.exec(plain.slice(0, start));
  const behind = /^\s*(?:(?:is|are|was|were|can|may|should|must|will|stands?|sits?|moves?|appears?)\b)?[^.!?;\n]*[.!?]?/i.exec(plain.slice(end));
  if (before === null || behind === null) return undefined;
  const isSubject = /^\s*(?:is|are|was|were|can|may|should|must|will|stands?|sits?|moves?|appears?)\b/i.test(behind[0]);
  if (before[1] === undefined && !isSubject) return undefined;
  return [start - (before[1]?.length ?? 0), end + behind[0].length];
}

function joined(list: string | undefined, things: readonly string[]): string {
  const items = (list ?? '').split(/[,，]/).map((item) => item.trim()).filter(Boolean);
  return [...items, ...things.filter((thing) => !items.includes(thing))].join(', ');
}

const NEGATIVE_VERBS = /(?:^|[,;.\n]\s*|\band\s+|\bor\s+)(?:please\s+)?(?:no|not|don'?t|do not|never|avoid|without|exclude|remove|there (?:should|must) (?:be no|not be)|i (?:do not|don'?t) want|make sure (?:that )?(?:there )?(?:is|are) no|must not|should not|不要|没有|避免|禁止)(?![\p{L}])(?:\s+(?:any|show|showing|include|including|add|adding|have|having|use|want|let|be|a|an|the|to|draw|render|display|generate)(?![\p{L}]))*\s*/giu;
/** What shall be there is no thing to keep out. */
const WISHES = /\b(?:make sure|ensure)(?: that)?(?!(?: that)? there (?:is|are) no\b)[^,;.\n]*/gi;
const NEGATIVE_SENTENCE = /\b(?:should|must|please|i want|make sure|don'?t|do not|does not|doesn'?t)\b/i;

const NEGATIVE_SYNTAX: Rule = {
  code: 'NEGATIVE_SYNTAX',
  find({ input }) {
    const text = input.negativePrompt ?? '';
    const hit = new RegExp(NEGATIVE_VERBS.source, 'iu').exec(text) ?? NEGATIVE_SENTENCE.exec(text);
    if (hit === null) return [];
    const items = text
      .replaceAll(WISHES, ', ')
      .replaceAll(NEGATIVE_VERBS, ', ')
      .split(/[,;，；\n]|\.(?:\s|$)|\band\b|\bor\b/i)
      .map((item) => item.replace(/\b(?:should|must|please|i want|make sure|don'?t|do not|does not|doesn'?t|not|be|appear|show|no|visible)\b/gi, ' ').replaceAll(/\s+/g, ' ').trim())
      .filter(Boolean);
    return [{ field: 'negativePrompt', span: [hit.index, hit.index + hit[0].length], message: 'a negative prompt is a list of things; “no” and “don’t” in it turn against themselves', label: 'name the things, with commas', repair: () => ({ negativePrompt: [...new Set(items)].join(', ') }) }];
  },
};

const QUALITY_ITEMS = /^(?:text|watermarks?|logos?|subtitles?|captions?|blur(?:ry|red)?|noise|grain|artifacts?|distort(?:ed|ion)|low quality|bad (?:anatomy|hands)|signature)$/i;

const NEGATIVE_CONTRADICTS: Rule = {
  code: 'NEGATIVE_CONTRADICTS',
  find({ input, reading: { plain, quotes } }) {
    const text = input.negativePrompt ?? '';
    if (text.trim() === '') return [];
    const words = new Set(tokensOf(plain).map(({ word }) => stem(word)));
    const wanted = ` ${tokensOf(plain).map(({ word }) => stem(word)).join(' ')} `;
    const clashes = spansOf(text, /[^,;，；\n.]+/g).filter(({ match }) => {
      const item = match[0].trim().toLowerCase();
      const parts = tokensOf(item).map(({ word }) => stem(word));
      if (item === '' || parts.length === 0 || parts.length > 4) return false;
      if (/^(?:text|words|letters|writing)$/.test(item) && quotes.some(({ kind }) => kind === 'written')) return true;
      if (/[\p{Script=Han}]/u.test(item)) return item.length > 1 && plain.includes(item);
      if (QUALITY_ITEMS.test(item) && !words.has(item)) return false;
      return parts.length === 1 ? words.has(parts[0] ?? '') : wanted.includes(` ${parts.join(' ')} `);
    });
    const [first] = clashes;
    if (first === undefined) return [];
    const names = clashes.map(({ match }) => match[0].trim());
    return [{ field: 'negativePrompt', span: first.span, message: `the prompt asks for ${listed(names.slice(0, 4))}, the negative prompt forbids it`, label: 'take it out of the negative prompt', repair: () => ({ negativePrompt: text.split(/[,;，；\n.]+/).map((item) => item.trim()).filter((item) => item !== '' && !names.includes(item)).join(', ') }) }];
  },
};

function stem(word: string): string {
  return /[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}

export const NEGATION_RULES: readonly Rule[] = [NEGATION_IN_PROMPT, NEGATIVE_SYNTAX, NEGATIVE_CONTRADICTS];
