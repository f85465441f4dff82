import { LANGUAGE_NAMES } from '../reading/language.ts';
import type { Finder } from '../reading/finder.ts';
import { hasPlainLetters, spansOf, tokensOf, type Span, type Token } from '../reading/text.ts';
import { quoted, without, type Rule } from './rule.ts';

/** The language, and how much there is to read. */

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
      // A short one counts only behind another that is said twice: `red` and `soft light` may return.
      const isLong = next - first >= 3 || /\p{Script=Han}{5}/u.test(key);
      if (key === '') continue;
      if (!seen.has(key)) seen.set(key, span);
      else if (isLong || doubled.at(-1)?.[1] === span[0]) doubled.push(span);
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
const FILLING = /(?<![\p{L}\p{N}])(?:a|an|the|of|in|on|at|with|and|or|to|for|by|from|very|shot|scene|video|clip|footage|film|movie|style|look|mood|camera|lens|frame|view|angle|wide|close-?up|medium|macro|extreme|establishing|long|full|slow|fast|smooth|steady|gentle|soft|natural|light|lighting|lit|bright|dark|dim|warm|cold|cool|golden|hour|colou?rs?|palette|grading|tones?|shallow|depth|field|focus|bokeh|lens flares?|flares?|light leaks?|god rays|rays|vignette|exposure|shutter|iso|imax|volumetric (?:fog|light|lighting|rays)|gritty|grim|eerie|serene|tense|intimate|romantic|melanchol(?:ic|y)|nostalgic|mysterious|ominous|whimsical|surreal|ethereal|futuristic|minimal(?:ist)?|elegant|luxurious|energetic|dynamic|peaceful|quiet|calm|cozy|raw|sleek|stylish|kodak|fujifilm|arri|alexa|portra|rim|key|fill|backlit|backlight(?:ing)?|chiaroscuro|volumetric|haze|hazy|silky|crisp|clean|rich|deep|low|high|key|saturated|desaturated|pastel|neutral|monochrome|black|white|blue|teal|orange|contrast|atmosphere|atmospheric|cinematography|composition|quality|resolution|detail(?:s|ed)?|motion|movement|aspect|ratio|trending|render|please|make|create|generate|show|it|something|nice|cool|good|best|high|ultra|hyper|super|moody|dreamy|vintage|retro|modern|\d+(?:mm|k|fps|s|p)?|anamorphic|film grain|grain|noir|ambient|ambience|masterpiece|tracking|static|handheld|aerial|drone|dramatic|epic|music)(?![\p{L}\p{N}])/gu;

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

export const WORDING_RULES: readonly Rule[] = [EMPTY, TOO_SHORT, LONG_WINDED, LANGUAGE, DUPLICATED_TEXT, KEYWORD_SPAM, NO_SUBJECT];
