import { chineseEvents, chineseFigures } from '../reading/chinese.ts';
import type { PromptReading } from '../reading/reading.ts';
import { readPrompt } from '../reading/reading.ts';
import type { Span } from '../reading/text.ts';
import { CONTACT_VERBS, FAST_VERBS, FINE_VERBS, FLUID_VERBS, TRANSFORM_VERBS } from '../reading/verbs.ts';

/** One reason why a prompt is hard to film. */
export interface ComplexityPoint {
  what: string;
  /** How many of them were counted. */
  count: number;
  points: number;
  /** Some of the words it was seen in. */
  seen: readonly string[];
}

export interface Complexity {
  /** 0 (a thing stands there) to 100. */
  score: number;
  points: readonly ComplexityPoint[];
}

const BASE = 10;
const FIRST_ACTION_FREE = 1;

/**
 * What each kind is worth, and up to how many are counted. Every kind only adds, so one more figure, action or camera move
 * never makes a prompt look easier; light, colour, mood and mere length count for nothing.
 */
const WORTH = {
  actions: { each: 9, most: 4 },
  figures: { first: 8, each: 4, most: 4 },
  camera: { each: 6, most: 3 },
  fluids: { each: 7, most: 3 },
  contact: { each: 9, most: 2 },
  detail: { each: 6, most: 2 },
  writing: { each: 12, most: 1 },
  fast: { each: 8, most: 2 },
  transformation: { each: 14, most: 1 },
  sequence: { each: 3, most: 3 },
} as const;

const FLUID_WORDS = /\b(?:fire|flames?|torch(?:es)?|bonfire|campfire|embers?|sparks?|smoke|steam|fog bank|mist swirls|water(?!colou?r|mark|proof|front|s edge)|waves?|sea spray|splash(?:es|ing)?|waterfall|fountain|rapids|flood|mud|lava|wax|liquid|rain(?!bow|coat)|downpour|storm|blizzard|snowstorm|dust|debris|shards|explosion|fireworks|cloaks?|capes?|flags?|silk|fabric|curtains?|cloth|veil|hair (?:blow|whip|flow)\w*|lightning|sand ?storm|avalanche|bubbles|burning|ablaze|blazing)\b|火焰|火把|火(?!车|鸡|箭|龙果|锅)|燃烧|烟|水花|海浪|波浪|瀑布|泥|岩浆|爆炸|烟花|雨|暴风雪|尘土|碎片|摔碎|打碎|砸碎|拍碎|碎裂|斗篷|旗(?!袍|舰|杆)|丝绸|闪电|溅|融化/giu;
/** A table by the fire, a boat on a still lake: there, and at rest. */
const STILL_FLUID = /\b(?:by|beside|near|next to|in front of|after|no|without|calm|still|quiet|distant|of)\s+(?:the |a |an )?(?:\w+ )?$/iu;
const HAND_WORDS = /\b(?:fingers?|fingertips?|thumbs?|knuckles|hands(?= (?:knot|tie|thread|fold|shap|play|type|hold|peel|writ|draw|sew|knead|mold|carv|braid|shuffl|open|untie|mov|danc|work|cut|sort|count|pluck|press|grip|turn|sculpt|clasp))\w*|lips|eyelashes|teeth|facial expression|tears?(?= (?:roll|run|stream|fall))|eyes (?:widen|close|open|fill|dart|blink)\w*|handshake|piano keys|needle)\b|手指|指尖|嘴唇|睫毛|眼泪|针/giu;
const CLOSE_WORDS = /(?<!medium )\b(?:extreme close-?up|close-?up|macro)\b|特写|微距/iu;
const BODY_WORDS = /\b(?:hands?|fingers?|face|(?<!['’]s[- ])eyes?(?![- ]level)|lips|mouth)\b|手|脸|眼睛|嘴/iu;
const FAST_WORDS = /\b(?:backflips?|somersaults?|cartwheels?|handsprings?|parkour|high[- ]speed|at full speed|at top speed|rapidly|swiftly|frantic(?:ally)?|car chase|chase scene|sprinting|stampede|duel|battle|brawl|breakdance|acrobat\w*|stunts?|splits?(?= in)|martial arts|kung fu|sword ?fight)\b|奔跑|飞奔|疾驰|狂奔|追逐|追赶|追着|翻滚|摔跤|后空翻|跳跃|跃[起下过]|飞驰|旋转|打斗|格斗|决斗|扭打|搏斗|冲刺|摔碎|打碎|砸碎|爆炸/giu;
const CONTACT_WORDS = /\b(?:handshake|hand in hand|arm in arm|tango|waltz|wrestl(?:ing|ers?)|embrace|hug(?:ging)?|piggyback|tug[- ]of[- ]war|collid(?:es?|ing)|tackle|each other|one another)\b|握手|拥抱|摔跤|亲吻|交换|递给|搏斗|打斗|格斗|扭打|牵手|决斗|争抢/giu;
const TRANSFORM_WORDS = /\b(?:transform(?:s|ing|ation)?|morph(?:s|ing)?|metamorphosis|turn(?:s|ing)? into|turned into|chang(?:es?|ed|ing) (?:in)?to|chang(?:es?|ed|ing) from|becom(?:es|ing) (?:a|an|the)\b|shape-?shift\w*|grow(?:s|ing)? into|freez(?:es|ing) into|dissolv(?:es|ing) into|melt(?:s|ing)? into|assembl(?:es|ing) (?:itself|themselves))\b|变成|变为|化作|变身|融化成|变化|转变|蜕变/giu;
const SEQUENCE_WORDS = /\b(?:then|afterwards?|next|finally|suddenly|before (?:he|she|it|they|\w+ing)|followed by|until|meanwhile)\b|然后|接着|随后|最后|突然/giu;
const READABLE = /\b(?:reads|spells|the words?|text saying|lettering|headline|neon sign saying|written)\b|写着|字样/iu;

const CROWDS = new Set(['crowd', 'audience', 'team', 'band', 'orchestra', 'army', 'mob', 'herd', 'flock', 'pack', 'crew', 'family']);
const CROWD_SIZE = 6;
const PAIRS = new Set(['couple', 'twins', 'twin']);
const PAIR_SIZE = 2;
const SEVERAL = 3;

interface Seen {
  count: number;
  words: string[];
}

/** How hard a prompt is to film, and why. English and Chinese; in other languages what needs no grammar is counted. */
export function complexityOf(prompt: string | PromptReading): Complexity {
  const reading = typeof prompt === 'string' ? readPrompt(prompt) : prompt;
  const { inPlain, plain, text, actions, camera, quotes } = reading;
  const doing = actions.filter(({ kind }) => kind === 'action');
  const lemmasIn = (set: ReadonlySet<string>): string[] => doing.filter(({ lemma }) => set.has(lemma)).map(({ span }) => text.slice(...span));
  const wordsAt = (spans: readonly Span[]): string[] => spans.map((span) => text.slice(...span));
  const hits = (pattern: RegExp): string[] => wordsAt(inPlain.spans(pattern).map(({ span }) => span));
  const chinese = reading.language === 'zh';

  const actionWords = chinese ? wordsAt(chineseEvents(plain)) : doing.map(({ span }) => text.slice(...span));
  // `waves at the sky`: what somebody does is no water.
  const isDone = (span: Span): boolean => doing.some(({ span: [start] }) => start === span[0]);
  const fluids = [...inPlain.spans(FLUID_WORDS).filter(({ span }) => !isDone(span) && !STILL_FLUID.test(plain.slice(Math.max(0, span[0] - 28), span[0]))).map(({ span }) => text.slice(...span)), ...lemmasIn(FLUID_VERBS)];
  const close = inPlain.has(CLOSE_WORDS) && inPlain.has(BODY_WORDS) ? ['close-up'] : [];
  const moves = camera.filter(({ move }) => move !== 'static').map(({ span }) => text.slice(...span));
  const written = quotes.some(({ kind }) => kind === 'written') || inPlain.has(READABLE) ? ['writing'] : [];
  const people = figureCount(reading);

  const points = [
    point('further actions', { count: Math.max(0, unique(actionWords).length - FIRST_ACTION_FREE), words: actionWords }, WORTH.actions),
    figurePoint(people),
    point('camera moves', seen(moves), WORTH.camera),
    point('fluids, fire, cloth, debris', seen(fluids), WORTH.fluids),
    point('bodies that touch or hand something over', seen([...hits(CONTACT_WORDS), ...lemmasIn(CONTACT_VERBS)]), WORTH.contact),
    point('hands or a face in detail', seen([...hits(HAND_WORDS), ...close, ...lemmasIn(FINE_VERBS)]), WORTH.detail),
    point('readable writing', seen(written), WORTH.writing),
    point('fast motion', seen([...hits(FAST_WORDS), ...lemmasIn(FAST_VERBS)]), WORTH.fast),
    point('a thing that becomes another', seen([...hits(TRANSFORM_WORDS), ...lemmasIn(TRANSFORM_VERBS)]), WORTH.transformation),
    point('one thing after the other', seen(hits(SEQUENCE_WORDS)), WORTH.sequence),
  ].filter(({ count }) => count > 0);
  const score = Math.min(100, points.reduce((sum, { points: worth }) => sum + worth, BASE));
  return { score, points };
}

const STEM_LENGTH = 6;

function unique(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => word.toLowerCase()))];
}

/** Counts each word once in all its forms: `wrestlers wrestle` is one. */
function seen(words: readonly string[]): Seen {
  const different = [...new Map(unique(words).map((word) => [word.slice(0, STEM_LENGTH), word])).values()];
  return { count: different.length, words: different };
}

function point(what: string, { count, words }: Seen, { each, most }: { each: number; most: number }): ComplexityPoint {
  const counted = Math.min(count, most);
  return { what, count: counted, points: counted * each, seen: unique(words).slice(0, 4) };
}

/** Two are 8, each further 4: the second figure is the step, a crowd the end of the scale. */
function figurePoint({ count, words }: Seen): ComplexityPoint {
  const further = Math.min(Math.max(0, count - 2), WORTH.figures.most);
  return { what: 'figures', count, points: count < 2 ? 0 : WORTH.figures.first + further * WORTH.figures.each, seen: words.slice(0, 4) };
}

/** How many figures are in the picture. Mentions of the same one (`a baker ... the baker`) are one. */
function figureCount({ figures, plain, text, language, quotes }: PromptReading): Seen {
  // Whoever says a line is there, as a rule.
  const speakers = new Set(quotes.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker.toLowerCase()])));
  if (language === 'zh') {
    const { count, spans } = chineseFigures(plain, CROWD_SIZE);
    return { count: Math.max(count, speakers.size), words: spans.map((span) => text.slice(...span)) };
  }
  const byNoun = new Map<string, number>();
  for (const { noun, count } of figures) byNoun.set(noun, Math.max(byNoun.get(noun) ?? 0, CROWDS.has(noun) ? CROWD_SIZE : PAIRS.has(noun) ? PAIR_SIZE : (count ?? SEVERAL)));
  const total = [...byNoun.values()].reduce((sum, amount) => sum + Math.min(amount, 20), 0);
  // `chase a third`: one more, without a noun.
  const third = /\b(?:a third|a fourth|another one|each other)\b/.test(plain) ? 1 : 0;
  return { count: Math.max(total + (total > 0 ? third : 0), speakers.size), words: figures.map(({ span }) => text.slice(...span)) };
}
