import { LANGUAGE_NAMES, speechSeconds } from '../reading/language.ts';
import type { CameraCue } from '../reading/camera.ts';
import type { Finder } from '../reading/finder.ts';
import { hasPlainLetters, spansOf, tokensOf, type Span, type Token } from '../reading/text.ts';
import { soundOffer } from './clip-rules.ts';
import { listed, quoted, tidied, without, type Context, type Finding, type Rule } from './rule.ts';

/** Negations, spoken lines, writing in the picture, the language, and how much there is to read. */

const NO_PHRASES = /\bno (?:longer|one|matter|doubt|more|idea|time|way|chance|choice|need|sooner|less|problem|sign of stopping|\d|nonsense|bounds|limits?|equal|end\b|parking|entry|trespassing|smoking sign)\b|\bnot (?:only|just|far|yet|quite|significant|merely)\b|\bwithout (?:a moment|a (?:word|sound|trace|break|cloud|pause|doubt)|end|warning|stopping|hesitation|being|knowing|looking|blinking|interruption|\w+ing)\b/i;
/** `no people, no boats`, `without birds`, `don't show text`: a negation and the things it means. */
const NEGATION = /\b(?:(?:with |there (?:is|are) |has |have |having )?(?:absolutely )?no(?! ?\.? ?\d)|without(?: any| the| an?)?|(?:do not|don'?t|never|must not|should not|shouldn'?t) (?:show|include|add|have(?! \w+(?:ed|en|n)\b)|use|render|display|depict|draw|put|let|generate)(?: any| the| an?)?|(?:(?<!\bto )avoid(?!\s+\w+ing\b)|exclud(?:e|ing)|omit(?:ting)?|free of|not any|not a single|no visible|zero)(?: the| an?)?)\s+((?:(?!and\b|or\b|but\b|in\b|on\b|at\b|with\b|is\b|are\b|to\b|of\b|for\b|as\b|no\b|without\b|an?\b|the\b|while\b|beside\b|near\b|by\b|from\b|into\b|onto\b|over\b|under\b|behind\b|through\b|between\b|around\b|along\b|across\b|above\b|below\b|inside\b|outside\b|that\b|which\b|who\b|where\b|when\b|until\b|then\b|before\b|after\b|during\b|just\b|only\b|he\b|she\b|it\b|they\b)[\p{L}'’-]+\s?){1,3})((?:(?:,\s*(?:or |and )?|\s*\bor |\s*\bnor )(?!(?:no|without|slow|a|an|the|camera|static|soft|wide|close)\b)[\p{L}'’-]+(?=\s*(?:,|\.|;|$|\s+or\b|\s+nor\b))){0,6})|(?:(?:没有(?!被|急|变|停|慌|犹|尽|说)|不要|禁止|不出现)([\p{Script=Han}]{1,6})|(?<![\p{Script=Han}])无(?!人机|尽|边|际|垠|法|数|可|比|限|声|缝|论|需|须|意|形|力|情|关|疑|非|从|处|时|所)([\p{Script=Han}]{1,4})(?![\p{Script=Han}]))/gu;

interface Negated {
  span: Span;
  things: string[];
}

function negatedIn(plain: string, inPlain: Finder, camera: readonly CameraCue[]): Negated[] {
  return inPlain.spans(NEGATION).flatMap(({ span, match }) => {
    const tail = plain.slice(span[0], span[1] + 14);
    // `without looking back`, `no longer`, `a no-entry sign`: no thing is kept out of the picture.
    if (camera.some((cue) => cue.span[0] < span[1] && cue.span[1] > span[0])) return [];
    const idiom = NO_PHRASES.exec(tail);
    if (idiom !== null && idiom.index < 8) return [];
    if (/[-'’]$/.test(plain.slice(Math.max(0, span[0] - 1), span[0])) || plain.slice(span[0] + 2, span[0] + 3) === '-') return [];
    const things = [match[1] ?? match[3] ?? match[4] ?? '', ...(match[2] ?? '').split(/,|\bor\b|\bnor\b/)].map((thing) => thing.replace(/^\s*(?:and|or|any|the|a|an)\s+/, '').trim()).filter((thing) => thing !== '');
    return things.length === 0 ? [] : [{ span: [span[0], span[1] - (/\s+$/.exec(match[0])?.[0].length ?? 0)] as const, things }];
  });
}

const NEGATION_IN_PROMPT: Rule = {
  code: 'NEGATION_IN_PROMPT',
  find({ reading: { inPlain, plain, text, camera }, input, english, model, language }) {
    if (!english && language !== 'zh') return [];
    const negated = negatedIn(plain, inPlain, camera);
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

/** A breath before and after. */
const AIR_S = 0.3;

function spokenOf({ reading: { quotes, text } }: Context): { text: string; spans: Span[] } {
  const lines = quotes.filter(({ kind }) => kind === 'speech');
  return { text: lines.map(({ inner }) => text.slice(...inner)).join(' '), spans: lines.map(({ inner }) => [...inner] as const) };
}

const DIALOGUE_TOO_LONG: Rule = {
  code: 'DIALOGUE_TOO_LONG',
  find(context) {
    const spoken = spokenOf(context);
    const { input, model, reading } = context;
    const neededS = speechSeconds(spoken.text);
    if (spoken.spans.length === 0 || neededS + AIR_S <= input.clip.durationS) return [];
    const longer = model?.durationsS.find((durationS) => durationS >= neededS + AIR_S);
    const message = `the lines take about ${neededS.toFixed(1)} s to say, and the clip lasts ${input.clip.durationS} s`;
    const first = spoken.spans[0] ?? ([0, 0] as const);
    if (longer !== undefined) return [{ span: first, message, label: `make the clip ${longer} s long`, repair: () => ({ clip: { ...input.clip, durationS: longer } }) }];
    const kept = keptLines(reading.text, spoken.spans, input.clip.durationS - AIR_S);
    return [{ span: first, message, label: 'say what fits here, and the rest in the next shot', repair: () => ({ prompt: kept.prompt }), newShots: () => kept.rest }];
  },
};

/** Lines cut where the time is over: at the end of a clause where there is one near, else between words. */
function keptLines(text: string, spans: readonly Span[], durationS: number): { prompt: string; rest: string[] } {
  let left = durationS;
  let prompt = '';
  let at = 0;
  const rest: string[] = [];
  for (const [start, end] of spans) {
    const line = text.slice(start, end);
    const pieces = line.match(/\p{Script=Han}|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? [line];
    let kept = '';
    for (const piece of pieces) {
      if (speechSeconds(kept + piece) > left) break;
      kept += piece;
    }
    if (kept.length < line.length) {
      const clause = Math.max(kept.lastIndexOf(', '), kept.lastIndexOf('. '), kept.lastIndexOf('，'), kept.lastIndexOf('。'));
      if (clause > kept.length / 2) kept = kept.slice(0, clause + 1);
      rest.push(line.slice(kept.length).trim());
      kept = kept.replace(/[\s,;，]+$/u, '');
      if (kept === '') kept = '…';
    }
    left = Math.max(0, left - speechSeconds(kept));
    prompt += text.slice(at, start) + kept;
    at = end;
  }
  return { prompt: prompt + text.slice(at), rest };
}

const DIALOGUE_NO_AUDIO: Rule = {
  code: 'DIALOGUE_NO_AUDIO',
  find({ input, model, language, reading: { quotes, text } }) {
    const lines = quotes.filter(({ kind }) => kind === 'speech');
    const first = lines[0];
    if (first === undefined || input.clip.sound === true || model?.soundAlwaysOn === true) return [];
    const offer = soundOffer(input.clip);
    const finding: Finding = { span: first.whole, message: `the clip has no sound, so nobody hears ${quoted(text, first.inner)}` };
    if (offer !== undefined) return [{ ...finding, label: offer.words, repair: () => ({ clip: { ...input.clip, ...offer.change } }) }];
    let prompt = '';
    let at = 0;
    const chinese = language === 'zh';
    for (const { whole, speaker } of lines) {
      if (whole[0] < at) continue;
      const before = text.slice(0, whole[0]);
      if (chinese) {
        prompt += `${text.slice(at, whole[0])}${speaker ?? ''}说着话${/^\p{Script=Han}/u.test(text.slice(whole[1])) ? '。' : ''}`;
        at = whole[1];
        continue;
      }
      prompt += text.slice(at, whole[0]) + (speaker === undefined ? (/[\p{L}\p{N},]\s*$/u.test(before) ? 'speaks' : 'Someone speaks') : `${/(?:^|[.!?:]\s*)$/.test(before) ? speaker.charAt(0).toUpperCase() + speaker.slice(1) : speaker} speaks`) + (/[.!?…]["'”’»]?$/.test(text.slice(...whole)) && /^\s*(?:\p{Lu}|$)/u.test(text.slice(whole[1])) ? '.' : '');
      at = whole[1];
    }
    return [{ ...finding, label: `let them speak unheard and keep the line as voice-over, or film it with sound (2.6 pro, 3.0)`, repair: () => ({ prompt: tidied(prompt + text.slice(at)) }) }];
  },
};

const ONSCREEN_TEXT: Rule = {
  code: 'ONSCREEN_TEXT',
  find({ reading: { quotes, text, plain } }) {
    // One letter is a shape.
    const written = quotes.filter(({ kind, inner }) => kind === 'written' && inner[1] - inner[0] > 1);
    const [first] = written;
    if (first === undefined) return [];
    const spans = written.map(({ span: [start, end] }): Span => [start - (/(?:\b(?:that|which|whose cover)?\s*(?:reads?|reading|says?|saying|spells?|spelling(?: out)?|with the words?|the words?|the text|text|labell?ed|captioned|titled|inscribed|written|printed|engraved|painted|marked)[\s:,]*|上?写着[\s:,：，]*)+$/i.exec(plain.slice(Math.max(0, start - 50), start))?.[0].length ?? 0), end]);
    return [{ span: first.span, message: `writing comes out garbled more often than not: ${quoted(text, first.inner)}`, label: 'leave the words out, and put them on in the cut or in the start frame', repair: () => ({ prompt: withoutWriting(text, spans) }) }];
  },
};

/** `The word “OPEN” glows` keeps a subject. */
function withoutWriting(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const [start, end] of spans) {
    const isSubject = /(?:^|[.!?]\s+)$/.test(text.slice(0, start)) && /^\s+\p{Ll}+s\b/u.test(text.slice(end));
    result += text.slice(at, start) + (isSubject ? 'An inscription' : /\p{Script=Han}\s*$/u.test(text.slice(0, start)) ? '' : ' ');
    at = end;
  }
  return tidied(result + text.slice(at));
}

const LANGUAGE: Rule = {
  code: 'LANGUAGE',
  find({ language, reading: { text }, input }) {
    if (['en', 'zh', 'und'].includes(language) || input.clip.language === language) return [];
    return [{ span: [0, text.length], message: `the prompt is in ${LANGUAGE_NAMES[language]}; Kling follows English and Chinese best`, label: `translate it, or say that ${LANGUAGE_NAMES[language]} is meant`, repair: () => ({ clip: { ...input.clip, language } }) }];
  },
};

const WORDS_MIN = 3;
const SIGNS_MIN = 4;
const WORDS_MAX = 350;

const EMPTY: Rule = {
  code: 'EMPTY',
  find: ({ input }) => (!/[^\s\u200B\u2060\uFEFF]/.test(input.prompt) && (input.clip.multiPrompt ?? []).length === 0 ? [{ span: [0, input.prompt.length], message: 'the prompt is empty: say who does what, and where' }] : []),
};

/** Words enough at the beginning already. */
const ENOUGH_WORDS = /(?:[A-Za-z]{1,30}[ .,;:!?"“”\n]{1,3}){2}[A-Za-z]/;

const TOO_SHORT: Rule = {
  code: 'TOO_SHORT',
  find({ input: { prompt, clip } }) {
    if (ENOUGH_WORDS.test(prompt.slice(0, 400))) return [];
    const words = tokensOf(prompt.slice(0, 400));
    const signs = (prompt.slice(0, 400).match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu) ?? []).length;
    if (prompt.trim() === '' || words.length >= WORDS_MIN || signs >= SIGNS_MIN || clip.kind === 'image2video' || clip.hasStartFrame === true) return [];
    const bare = prompt.trim().replace(/[\s.,;:!?。，]+$/u, '');
    const more = signs > 0 ? '，缓慢推进镜头，柔和的自然光' : ', slow push-in, soft natural light';
    return [{ span: [0, prompt.length], message: `${words.length === 1 ? 'one word says' : `${words.length} words say`} almost nothing, and the rest is chance`, label: 'say what moves, and the light', repair: () => ({ prompt: bare + more }) }];
  },
};

const LONG_WINDED: Rule = {
  code: 'LONG_WINDED',
  find: ({ reading: { text } }) => {
    // A word and the gap behind it are two letters at least.
    if (text.length < WORDS_MAX * 2) return [];
    const amount = tokensOf(text).length;
    return amount <= WORDS_MAX ? [] : [{ span: [0, text.length], message: `${amount} words: beyond about ${WORDS_MAX} the later ones count for little, so the most important go first` }];
  },
};

const CLAUSE = /[^.!?;,\n。！？，；]+[.!?;,\n。！？，；]*/gu;
const ECHO = /\b([\p{L}]{2,}(?:\s[\p{L}]{2,}){0,3})(?:[\s,]+\1\b){1,}/gu;

const ECHO_WORDS = 4;

/** Whether a word stands so near to itself that a phrase may be said twice; `false` is sure. */
function hasEcho(plain: string, tokens: readonly Token[]): boolean {
  if (!hasPlainLetters(plain)) return true;
  return tokens.some(({ word }, index) => {
    const begins = word.replace(/['-].*$/, '');
    for (let back = 1; begins.length > 1 && back <= ECHO_WORDS && back <= index; back += 1) if (tokens[index - back]?.word.endsWith(begins) === true) return true;
    return false;
  });
}

const DUPLICATED_TEXT: Rule = {
  code: 'DUPLICATED_TEXT',
  find({ reading: { text, plain, tokens } }) {
    const seen = new Map<string, Span>();
    const doubled: Span[] = [];
    let next = 0;
    for (const { span } of spansOf(plain, CLAUSE)) {
      // No word goes beyond its clause.
      const first = next;
      while ((tokens[next]?.start ?? span[1]) < span[1]) next += 1;
      const key = tokens.slice(first, next).map(({ word }) => word).join(' ');
      if (next - first < 3 && !/\p{Script=Han}{5}/u.test(key)) continue;
      if (seen.has(key)) doubled.push(span);
      else seen.set(key, span);
    }
    for (const { span, match } of hasEcho(plain, tokens) ? spansOf(plain, ECHO) : []) {
      const times = match[0].split(match[1] ?? '').length - 1;
      if (times >= 3 || (match[1] ?? '').split(' ').length >= 3) doubled.push([span[0] + (match[1]?.length ?? 0), span[1]]);
    }
    const [first] = doubled;
    return first === undefined ? [] : [{ span: first, message: `said twice: ${quoted(text, first)}`, label: 'say it once', drop: doubled }];
  },
};

const BOOSTERS = /(?<![\p{L}\p{N}])(?:masterpiece|best quality|high(?:est)? quality|ultra[- ]?(?:detailed|hd|high[- ]?res\w*|realistic quality)|(?:highly|extremely|insanely|hyper|super|very) ?-?detailed|4k|8k|16k|uhd|full hd|hdr|hd|1080p|2160p|60 ?fps|trending(?: on \w+)?|artstation|award[- ]winning|professional(?: quality| photography)?|stunning|breathtaking|gorgeous|amazing|incredible|perfect(?: quality| lighting| composition)?|beautiful|epic|unreal engine(?: 5)?|octane(?: render)?|ray ?tracing|sharp focus|intricate(?: details?)?|photorealistic|hyper ?-?realistic|ultra ?-?realistic|realistic|cinematic|dramatic lighting|vivid|vibrant|high resolution|viral|aesthetic|crisp|ultra sharp|top quality|flawless|detailed)(?![\p{L}\p{N}])/gu;
const SPAM_MIN = 5;

export function boosterSpans(inPlain: Finder): Span[] {
  return inPlain.spans(BOOSTERS).map(({ span }) => span);
}

const KEYWORD_SPAM: Rule = {
  code: 'KEYWORD_SPAM',
  find({ reading: { inPlain, plain } }) {
    // A word of praise alone between commas is a keyword; before a noun it describes something.
    const alone = boosterSpans(inPlain).filter(([start, end]) => /(?:^|[,;.(]\s*|\band\s+)(?:(?:masterpiece|best|ultra|4k|8k|hdr|hd)\s+)?$/.test(plain.slice(Math.max(0, start - 16), start)) && /^\s*(?:[,;.):]|$|4k|8k|hdr|uhd|masterpiece)/.test(plain.slice(end)));
    const [first] = alone;
    if (alone.length < SPAM_MIN || first === undefined) return [];
    return [{ span: [first[0], alone.at(-1)?.[1] ?? first[1]], message: `${alone.length} words of praise and quality say nothing that can be filmed`, label: 'keep one of them', drop: alone.slice(1) }];
  },
};

/** Filling: what says how, never what. */
const FILLING = /(?<![\p{L}\p{N}])(?:a|an|the|of|in|on|at|with|and|or|to|for|by|from|very|shot|scene|video|clip|footage|film|movie|style|look|mood|camera|lens|frame|view|angle|wide|close-?up|medium|macro|extreme|establishing|long|full|slow|fast|smooth|steady|gentle|soft|natural|light|lighting|lit|bright|dark|dim|warm|cold|cool|golden|hour|colou?rs?|palette|grading|tones?|shallow|depth|field|focus|bokeh|lens flares?|flares?|light leaks?|god rays|rays|vignette|exposure|shutter|iso|imax|kodak|fujifilm|arri|alexa|portra|rim|key|fill|backlit|backlight(?:ing)?|chiaroscuro|volumetric|haze|hazy|silky|crisp|clean|rich|deep|low|high|key|saturated|desaturated|pastel|neutral|monochrome|black|white|blue|teal|orange|contrast|atmosphere|atmospheric|cinematography|composition|quality|resolution|detail(?:s|ed)?|motion|movement|aspect|ratio|trending|render|please|make|create|generate|show|it|something|nice|cool|good|best|high|ultra|hyper|super|moody|dreamy|vintage|retro|modern|\d+(?:mm|k|fps|s|p)?|anamorphic|film grain|grain|noir|ambient|ambience|masterpiece|tracking|static|handheld|aerial|drone|dramatic|epic|music)(?![\p{L}\p{N}])/gu;

const NO_SUBJECT: Rule = {
  code: 'NO_SUBJECT',
  find({ reading: { plain, text, camera, figures, quotes }, input, english }) {
    if (!english || plain.trim() === '' || figures.length > 0 || quotes.some(({ kind }) => kind === 'speech') || input.clip.hasStartFrame === true || input.clip.kind === 'image2video') return [];
    // A heading of a screenplay, or a parameter of another tool, is a fault of its own.
    if (/^\s*(?:int|ext)[./ ]/i.test(plain)) return [];
    const left = without(plain.replaceAll(FOREIGN_WORDS, ' '), camera.map(({ span }) => span)).toLowerCase().replaceAll(BOOSTERS, ' ').replaceAll(FILLING, ' ').match(/\p{L}{2,}/gu);
    if (left !== null) return [];
    return [{ span: [0, text.length], message: 'nobody and nothing is named: only how it should look', label: 'say who or what is seen first', repair: () => ({ prompt: `A woman walks along an empty street, ${text.charAt(0).toLowerCase()}${text.slice(1)}` }) }];
  },
};
const FOREIGN_WORDS = /--\w+(?:\s+[\w:.]+)?|<[^>\n]{1,60}>/g;

export const WORDING_RULES: readonly Rule[] = [EMPTY, TOO_SHORT, LONG_WINDED, LANGUAGE, NEGATION_IN_PROMPT, NEGATIVE_SYNTAX, NEGATIVE_CONTRADICTS, DIALOGUE_TOO_LONG, DIALOGUE_NO_AUDIO, ONSCREEN_TEXT, DUPLICATED_TEXT, KEYWORD_SPAM, NO_SUBJECT];
