import { isFigure } from './figures.ts';
import type { Span, Sentence, Token } from './text.ts';
import { ASPECT_VERBS, INNER_VERBS, isStateVerb, verbReading, type VerbForm } from './verbs.ts';

/** One verb of a text in the role of a verb. */
export interface Action {
  lemma: string;
  form: VerbForm;
  /** `camera`: done by the camera or the picture itself (`the camera descends`, `a time-lapse captures`), so no event in it. */
  kind: 'action' | 'state' | 'inner' | 'camera';
  /** Actions of one chain are done by one subject, one after the other. */
  chain: string;
  /** `smiling` behind another verb: it happens at the same time. */
  meanwhile: boolean;
  span: Span;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** Behind these stands a noun, whatever it looks like. */
const BEFORE_NOUN = words('a an the this these those his her its their my your our each every some any no another one two three four five six seven eight nine ten several many few both of in on at with from into onto over under through across behind between against by for without near along around toward towards above below inside outside beside like during past about within off down up');
const PRONOUNS = words('he she it they who which that we you i someone everyone everybody one');
const TRANSPARENT = words('then suddenly slowly quickly gently softly carefully finally and but or also now just still quietly gracefully calmly briskly soon next again together both all always never gradually abruptly immediately eventually carefully happily sadly joyfully lazily loudly silently proudly nervously first back so');
const SEGMENT_WORDS = words('and then while as before after but when until whereas or');
const SUBORDINATE = words('that which who whose where');
/** What they open happens at the same time. */
const PICTURES = words('painting drawing');
const PICTURED_AFTER = words('a an the his her its their on over');
const AT_ONCE = words('as while');
const PICTURE_ITSELF = words('camera shot video scene footage timelapse time-lapse lapse hyperlapse lens frame view image animation sequence clip perspective');
const BE = words("is are was were be been being am it's they're he's she's get gets getting got gotten");
const MODALS = words('to will would can could may might must shall should does do did cannot lets let makes make helps help');
const ADJECTIVES = words('slow fast long short tall small big large old young new bright dark soft warm cold quiet calm empty open blue red green yellow white black grey gray golden silver wooden stone light deep heavy wet dry hot cool wide narrow high low single gentle strong early late morning evening night front hand house city street sea horse tree fire water sun moon rain snow wind dance park race train');
const PLURAL_IRREGULAR = words('people children wolves mice geese feet leaves fish sheep deer police cattle others figures');
const NO_PLURAL = words('as is was has his its this us yes always perhaps across towards upwards downwards besides lens canvas series tennis gas news chess');
const TRANSITIVE_AFTER = words('a an the his her its their this that these two three from to toward towards into onto through across along around up down over under away off out past by back forward with at on in against behind for as and slowly quickly gently softly it them him');

/** Where a verb could stand, these are more often what is seen. */
const NOUNS_TOO = words('light rain snow smoke fire water dust steam crowd plant hand set rest wave flash glow spark shadow fog drum box');

function isPlural(word: string): boolean {
  return PLURAL_IRREGULAR.has(word) || word.endsWith('men') || (/^\D.*[^s]s$/.test(word) && !/(?:us|is)$/.test(word) && !NO_PLURAL.has(word));
}

/** The verbs of sentences that are in the role of verbs: by form and by place, without a dictionary of nouns. */
export function actionsOf(sentences: readonly Sentence[], plain: string, isCamera: (offset: number) => boolean): Action[] {
  const found: Action[] = [];
  let mainChain: string | undefined;
  for (const { tokens } of sentences) {
    let segmentStart = 0;
    let subject: string | undefined;
    let verbsInSegment = 0;
    let lastVerbAt = -2;
    let simultaneous = false;
    for (const [index, token] of tokens.entries()) {
      const gap = index === 0 ? ';' : plain.slice(tokens[index - 1]?.end ?? 0, token.start);
      if (/[,;:—–()]/.test(gap) || SEGMENT_WORDS.has(token.word)) {
        segmentStart = SEGMENT_WORDS.has(token.word) ? index + 1 : index;
        verbsInSegment = 0;
        // `as they twirl and sway` holds to the next comma.
        simultaneous = AT_ONCE.has(token.word) || (simultaneous && token.word === 'and' && gap.trim() === '');
        if (SEGMENT_WORDS.has(token.word)) continue;
      }
      if (isCamera(token.start)) continue;
      const reading = verbAt(tokens, index, segmentStart, gap);
      // What follows a verb at once is its object: `shake hands`.
      if (reading === undefined || (lastVerbAt === index - 1 && reading.form !== 'ing' && gap.trim() === '')) continue;
      lastVerbAt = index;
      const before = tokens.slice(segmentStart, index).filter(({ word, start }) => !TRANSPARENT.has(word) && !BE.has(word) && !isCamera(start) && !ASPECT_VERBS.has(verbReading(word)?.lemma ?? ''));
      const head = headOf(before);
      // `a cup that melts`: what stands before the word does it, and the sentence goes on with its own subject.
      const link = before.at(-1);
      const relative = link !== undefined && SUBORDINATE.has(link.word) ? actorOf(tokens[tokens.indexOf(link) - 1]?.word) : undefined;
      // `watches the stag walk away`: it is the stag that walks.
      const watched = verbsInSegment > 0 && reading.form === 'base' && isFigure(tokens[index - 1]?.word ?? '') ? actorOf(tokens[index - 1]?.word) : undefined;
      if (relative !== undefined) subject ??= relative;
      else if (verbsInSegment === 0 && head !== undefined && !(before.length === 1 && PRONOUNS.has(head.word))) {
        subject = SUBORDINATE.has(head.word) ? (subject ?? head.word) : actorOf(head.word);
      } else if (subject === undefined || (before.length === 1 && head !== undefined && PRONOUNS.has(head.word) && !SUBORDINATE.has(head.word))) subject = mainChain ?? subject ?? 'main';
      const kind = PICTURE_ITSELF.has(relative ?? subject ?? '') ? 'camera' : kindOf(reading.lemma, tokens[index + 1]?.word);
      if (kind === undefined) continue;
      if (kind !== 'camera') mainChain ??= subject;
      const already = verbsInSegment > 0 || ((head === undefined || PRONOUNS.has(head.word)) && found.some(({ chain }) => chain === subject));
      const meanwhile = already && (simultaneous || reading.form === 'ing' || (reading.form === 'base' && tokens[index - 1]?.word === 'to')) && !followsAspect(tokens, index);
      found.push({ lemma: reading.lemma, form: reading.form, kind, chain: watched ?? relative ?? subject ?? 'main', meanwhile, span: [token.start, token.end] });
      verbsInSegment += 1;
    }
  }
  return found;
}

function actorOf<Word extends string | undefined>(word: Word): Word {
  return word?.replace(/(?<=[^s])s$/, '') as Word;
}

/** `starts sweeping`, `begins to run`: one action, named by its second verb. */
function followsAspect(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.word === 'to' ? tokens[index - 2] : tokens[index - 1];
  return before !== undefined && ASPECT_VERBS.has(verbReading(before.word)?.lemma ?? '');
}

/** The noun that acts: the last before the first preposition; in `close-up of a baker` the one behind it. */
function headOf(before: readonly Token[]): Token | undefined {
  const cut = before.findIndex(({ word }, index) => index > 0 && PREPOSITIONS.has(word));
  if (cut > 0 && before[cut]?.word === 'of' && PICTURE_OF.has(before[cut - 1]?.word ?? '') && before.length > cut + 1) return headOf(before.slice(cut + 1));
  const phrase = cut > 0 ? before.slice(0, cut) : before;
  return phrase.findLast(({ word }) => !verbReading(word)?.forms.has('ing')) ?? phrase.at(-1);
}
const PREPOSITIONS = words('of in on at with from near by under over behind between beside through across along inside around against above below to for like');
const PICTURE_OF = words('shot view close-up closeup portrait footage video image scene picture time-lapse timelapse photo photograph crowd group pair flock herd pack series shots');

function kindOf(lemma: string, next: string | undefined): Action['kind'] | undefined {
  if (lemma === 'be' || lemma === 'have') return undefined;
  // `starts sweeping` is one action, named by the second verb; `gets up and starts` by that too.
  if (ASPECT_VERBS.has(lemma)) return undefined;
  if (lemma === 'stand' && next === 'up') return 'action';
  if (INNER_VERBS.has(lemma)) return 'inner';
  return isStateVerb(lemma) ? 'state' : 'action';
}

function verbAt(tokens: readonly Token[], index: number, segmentStart: number, gap: string): { lemma: string; form: VerbForm } | undefined {
  const token = tokens[index] as Token;
  const known = verbReading(token.word);
  const previous = tokens[index - 1]?.word ?? '';
  const next = tokens[index + 1]?.word ?? '';
  const opens = index === segmentStart || /[,;:—–(]/.test(gap) || TRANSPARENT.has(previous);
  const reading = known ?? unknownVerb(token.word, index, segmentStart, previous, next);
  if (reading === undefined) return undefined;
  const { lemma, forms } = reading;
  if (lemma === 'get') return next === 'dressed' ? { lemma: 'dress', form: 's' } : /^(?:up|out|off|in|into|down|on)$/.test(next) ? { lemma: 'get', form: 's' } : undefined;
  // `watercolor painting, soft light`: a picture.
  if (PICTURES.has(token.word) && !BE.has(previous) && !PICTURED_AFTER.has(next)) return undefined;
  if (forms.has('ing')) return BEFORE_NOUN.has(previous) && !/^(?:by|from|without|after|before|while|about|of|for|with)$/.test(previous) ? undefined : nounAfterGerund(next, previous) ? undefined : { lemma, form: 'ing' };
  if (BEFORE_NOUN.has(previous) && !PRONOUNS.has(previous) && gap.trim() === '') return undefined;
  if (previous.endsWith("'s")) return undefined;
  if (forms.has('s')) {
    if (ADJECTIVES.has(previous) && !TRANSITIVE_AFTER.has(next)) return undefined;
    // `paper boats drift`: a plural noun before another word that may be a verb.
    if (opens && index === 0 && !TRANSITIVE_AFTER.has(next)) return undefined;
    if (opens && verbReading(next)?.forms.has('base') === true) return undefined;
    // A comma and a plural noun (`leaves, waves, and birds`) or the next verb of a row (`wakes, showers, cooks`).
    if (opens && !TRANSPARENT.has(previous) && index === segmentStart && !rowOfVerbs(tokens, segmentStart, index)) return TRANSITIVE_AFTER.has(next) && /[,;]/.test(gap) ? { lemma, form: 's' } : undefined;
    return { lemma, form: 's' };
  }
  if (forms.has('past')) {
    if (BE.has(previous) || previous === 'been') return undefined;
    // `a freshly washed car`
    if (previous.endsWith('ly') && BEFORE_NOUN.has(tokens[index - 2]?.word ?? '')) return undefined;
    if (forms.has('base')) return isPlural(previous) || PRONOUNS.has(previous) ? { lemma, form: 'base' } : undefined;
    if (PRONOUNS.has(previous)) return { lemma, form: 'past' };
    const participle = index === segmentStart || ADJECTIVES.has(previous);
    return participle && !TRANSPARENT.has(previous) ? undefined : (next === 'of' || next === 'by' || (/^(?:in|with)$/.test(next) && token.word.endsWith('ed'))) ? undefined : { lemma, form: 'past' };
  }
  if (MODALS.has(previous) || PRONOUNS.has(previous) || (previous === 'them' && tokens[index - 2]?.word === 'of')) return { lemma, form: 'base' };
  if (isFigure(previous) && (TRANSITIVE_AFTER.has(next) || isLastOfSeveral(tokens, index))) return { lemma, form: 'base' };
  // A command, or the second verb after a plural: `two dogs run and jump`, `shake hands and exchange a letter`.
  if (isPlural(previous) && !PRONOUNS.has(next)) return { lemma, form: 'base' };
  if (previous === 'and' && TRANSITIVE_AFTER.has(next) && tokens.slice(0, index).some(({ word }) => verbReading(word) !== undefined)) return { lemma, form: 'base' };
  if (opens && index > 0 && TRANSITIVE_AFTER.has(next) && !NOUNS_TOO.has(token.word) && tokens.slice(0, index).some(({ word }) => isPlural(word)) && !tokens.slice(0, index).some(({ word }) => verbReading(word)?.forms.has('s') === true && !isPlural(word))) return { lemma, form: 'base' };
  if (TRANSPARENT.has(previous) && index > 1 && TRANSITIVE_AFTER.has(next)) return { lemma, form: 'base' };
  return undefined;
}

/** `a man and a woman dance`: the verb of several has no ending. */
function isLastOfSeveral(tokens: readonly Token[], index: number): boolean {
  const from = Math.max(0, index - 5);
  const and = tokens.findLastIndex(({ word }, at) => word === 'and' && at < index);
  return and > from && and < index - 1 && tokens.slice(Math.max(0, and - 8), and).some(({ word }) => isFigure(word));
}

/** A word that no list knows, at the place of a verb: the first of a row behind a verb, ending like one. */
function unknownVerb(word: string, index: number, segmentStart: number, previous: string, next: string): { lemma: string; forms: ReadonlySet<VerbForm> } | undefined {
  if (index === 0 || !/^[a-z]{3,}[^s]s$/.test(word) || (index !== segmentStart && !(isFigure(previous) && !isPlural(previous)))) return undefined;
  const figure = index !== segmentStart;
  return TRANSITIVE_AFTER.has(next) && next !== 'of' && (figure || !/^(?:in|on|at|with|and|as|by|for)$/.test(next)) ? { lemma: word.replace(/s$/, ''), forms: new Set<VerbForm>(['s']) } : undefined;
}

/** Whether the segment before this one had a verb in the form of this one, so that this is the next of a row. */
function rowOfVerbs(tokens: readonly Token[], segmentStart: number, index: number): boolean {
  return index > 0 && tokens.slice(Math.max(0, segmentStart - 14), index).some(({ word }, place) => place > -1 && verbReading(word)?.forms.has('s') === true);
}

/** `a running shoe` behind an article is caught before; here `dolly-in, running water` is not. */
function nounAfterGerund(next: string, previous: string): boolean {
  return previous === '' && isPlural(next) && verbReading(next) === undefined && !TRANSITIVE_AFTER.has(next) && next.length > 0;
}
