import type { Action } from '../reading/actions.ts';
import type { Finder } from '../reading/finder.ts';
import { longestChineseRow } from '../reading/chinese.ts';
import { spansOf, type Span } from '../reading/text.ts';
import { isStateVerb, verbReading } from '../reading/verbs.ts';
import { clauseAround, listed, quoted, replaced, type Context, type Rule } from './rule.ts';

/** What happens in the clip, to whom, and whether it can be seen at all. */

/** Small movements of the body go with the action that follows, and what lasts goes on beside it. */
const BESIDE_OTHERS = new Set(['get', 'stand', 'hold', 'carry', 'glow', 'shimmer', 'gleam', 'reflect']);
const BESIDE_SHARE = 0.3;
const MEANWHILE_SHARE = 0.34;
const TIME_JUMP = /\b(?:the next (?:day|morning|night|week|year)|on the (?:first|second|third|fourth|fifth|last) day|one day|years? later|days? later|weeks? later|hours? later|months? later|over time|as time pass(?:es|ed)|in the end|eventually|finally|the following (?:day|morning))\b/gi;

function weightOf(action: Action): number {
  if (action.kind === 'state' || action.kind === 'camera') return 0;
  if (BESIDE_OTHERS.has(action.lemma)) return BESIDE_SHARE;
  return action.meanwhile ? MEANWHILE_SHARE : 1;
}

/** How many things happen one after the other: the longest row of one subject, or what a tale in the past tense tells. */
export function eventsIn(actions: readonly Action[], inPlain: Finder): number {
  const rows = new Map<string, number>();
  for (const action of actions) if (action.kind !== 'inner') rows.set(action.chain, (rows.get(action.chain) ?? 0) + weightOf(action));
  const told = actions.filter(({ form, kind }) => form === 'past' && (kind === 'action' || kind === 'inner')).length;
  const jumps = inPlain.spans(TIME_JUMP).length;
  return Math.max(...rows.values(), told >= 3 ? told : 0, 0) + (jumps > 1 ? jumps - 1 : 0);
}

/** Two in 5 s, four in 10 s. */
export function actionLimit(durationS: number): number {
  return Math.max(2, Math.round(durationS * 0.4));
}

const TOO_MANY_ACTIONS: Rule = {
  code: 'TOO_MANY_ACTIONS',
  find(context) {
    const { reading, input, english } = context;
    if (!english) return chineseActions(context);
    const events = eventsIn(reading.actions, reading.inPlain);
    const limit = actionLimit(input.clip.durationS);
    if (events < limit + 0.9) return [];
    const happening = reading.actions.filter(({ kind }) => kind === 'action');
    // The action after the last that fits, and all behind it.
    const rows = new Map<string, number>();
    let told = 0;
    const beyond = happening.find((action) => {
      const row = (rows.get(action.chain) ?? 0) + weightOf(action);
      rows.set(action.chain, row);
      told += action.form === 'past' ? 1 : 0;
      return row >= limit + 0.5 || told > limit;
    });
    const cut = beyond === undefined ? (reading.sentences[0]?.end ?? reading.plain.length) : cutBefore(reading.plain, beyond.span);
    const rest = reading.text.slice(cut).replace(/^[\s,;.]*(?:(?:and|then|finally|next|but)\b[\s,]*)*/i, '').trim();
    // What is left begins with its verb as a rule: the subject goes with it.
    const subject = reading.text.slice(0, happening[0]?.span[0] ?? 0).trim();
    const opensWithVerb = beyond !== undefined && reading.text.slice(cut, beyond.span[0]).replace(/^[\s,;.]*(?:(?:and|then|finally|next|but|suddenly)\b[\s,]*)*/i, '').trim() === '';
    return [
      {
        span: [happening[0]?.span[0] ?? 0, happening.at(-1)?.span[1] ?? 0],
        message: `about ${Math.round(events)} things happen one after the other, and ${input.clip.durationS} s hold ${limit}`,
        label: `keep what fits, and make another shot of the rest`,
        repair: () => ({ prompt: finished(reading.text.slice(0, cut)) }),
        newShots: () => (rest === '' ? [] : [opensWithVerb && subject !== '' && subject.length < 80 ? `${subject} ${rest}` : rest.charAt(0).toUpperCase() + rest.slice(1)]),
      },
    ];
  },
};

/** `，然后…，接着…`: each word of sequence begins another event; so does each clause of a row that begins with a verb. */
function chineseActions({ reading, input, language }: Context): ReturnType<Rule['find']> {
  if (language !== 'zh') return [];
  const steps = spansOf(reading.plain, /然后|接着|随后|之后|最后|紧接着/gu);
  const limit = actionLimit(input.clip.durationS);
  const row = longestChineseRow(reading.plain);
  const starts = row.length > steps.length + 1 ? row : [0, ...steps.map(({ span }) => span[0])];
  const beyond = starts[limit];
  if (beyond === undefined) return [];
  return [{ span: [starts[0] ?? 0, starts.at(-1) ?? 0], message: `about ${starts.length} things happen one after the other, and ${input.clip.durationS} s hold ${limit}`, label: 'keep what fits, and make another shot of the rest', repair: () => ({ prompt: reading.text.slice(0, beyond).replace(/[，,、；\s]+$/u, '') + '。' }), newShots: () => [reading.text.slice(beyond)] }];
}

function cutBefore(plain: string, span: Span): number {
  const [from] = clauseAround(plain, span);
  const and = plain.slice(from, span[0]).search(/\b(?:and|then|before|while|but)\b/i);
  const cut = and > 0 ? from + and : from;
  if (cut > 0 && plain.slice(0, cut).trim() !== '') return cut;
  return plain.slice(0, span[0]).trim() === '' ? span[1] : span[0];
}

function finished(text: string): string {
  const kept = text.replace(/(?:[\s,;:—-]|\b(?:and|then|before|while|but)\s*)+$/i, '');
  return /[.!?"”]$/.test(kept) ? kept : `${kept}.`;
}

const SUBJECTS_MAX = 4;

const TOO_MANY_SUBJECTS: Rule = {
  code: 'TOO_MANY_SUBJECTS',
  find({ reading: { plain, text, figures } }) {
    const seen = new Map<string, Span>();
    for (const { noun, span } of figures) if (!/\b(?:the|like (?:a|an)|of (?:a|an|the))\s+$/.test(`${plain.slice(Math.max(0, span[0] - 9), span[0])}${/^the\b/.test(plain.slice(span[0])) ? 'the ' : ''}`) || !seen.has(noun)) if (!seen.has(noun)) seen.set(noun, span);
    if (seen.size <= SUBJECTS_MAX) return [];
    const spans = [...seen.values()];
    const first = spans[0] ?? ([0, 0] as const);
    const fifth = spans[SUBJECTS_MAX] ?? first;
    const after = spans.at(-1) ?? first;
    const inOneList = !/[.;!?]|\b(?:while|as|then|who|that)\b/.test(plain.slice(first[1], after[1]));
    const [cut] = clauseAround(plain, fifth);
    return [
      {
        span: [first[0], after[1]],
        message: `${seen.size} different figures (${listed([...seen.keys()])}): a clip holds about ${SUBJECTS_MAX} apart`,
        label: inOneList ? 'keep the first, and let the others be one group' : `end before the fifth, and make another shot of the rest`,
        repair: () => ({ prompt: inOneList || cut <= first[1] ? replaced(text, [first[1], after[1]], ' and the others') : finished(text.slice(0, cut)) }),
        ...(inOneList ? {} : { newShots: () => [text.slice(cut).replace(/^[\s,;.]+/, '')] }),
      },
    ];
  },
};

/** What an inner verb looks like from outside. */
const SEEN_AS: Record<string, string> = { regret: 'lowers the head', remember: 'gazes into the distance', think: 'rests the chin on one hand', believe: 'nods slowly', know: 'nods slowly', understand: 'nods slowly', realize: 'looks up with wide eyes', realise: 'looks up with wide eyes', hope: 'looks up at the sky', wish: 'looks up at the sky', love: 'smiles warmly', hate: 'clenches both fists', fear: 'steps back with wide eyes', doubt: 'shakes the head', mourn: 'bows the head', wonder: 'tilts the head', worry: 'bites the lip', miss: 'touches an old photograph', trust: 'reaches out a hand', forgive: 'reaches out a hand' };
const ABSTRACT = /\b(?:the (?:meaning|concept|idea|essence|nature|notion|value|importance|philosophy|absence|promise|burden) of (?!a |an |the |his |her )\w+|(?:freedom|justice|democracy|love|truth|hope|time|success|the economy|eternity|nostalgia|grief|sorrow|joy|memory|faith|beauty|peace|power|knowledge|wisdom|courage|guilt|shame|fear|destiny|fate|(?:lone|happi|sad|kind|forgive|mad|empti|weak|great|conscious|bitter|tender|selfish|aware|nothing|hopeless|selfless|homeless)(?:li)?ness) (?:is|means|represents|itself|as a concept|becomes)|(?:an?|the) abstract (?:concept|idea))\b/i;

const NOT_FILMABLE: Rule = {
  code: 'NOT_FILMABLE',
  find({ reading, english }) {
    if (!english) return [];
    const abstract = reading.inPlain.first(ABSTRACT);
    const visible = reading.actions.some(({ kind, meanwhile }) => kind !== 'inner' && !meanwhile);
    const inner = reading.actions.filter(({ kind, form }) => kind === 'inner' && form !== 'past');
    if (reading.camera.length > 0 || visible || (inner.length === 0 && (abstract === null || reading.actions.length > 0))) return [];
    const [first] = inner;
    const named = first === undefined ? undefined : /(?:^|[.!?]\s+)((?:(?:an?|the|his|her) (?:\w+ )?\w+|\p{Lu}\p{L}+)(?: \p{Lu}\p{L}+)?)\s+$/u.exec(reading.text.slice(0, first.span[0]))?.[1];
    const person = named ?? /\b(?:she|he|they|a (?:woman|man|girl|boy|child)|an? old (?:man|woman))\b/i.exec(reading.plain)?.[0] ?? (reading.figures[0] && reading.text.slice(...reading.figures[0].span)) ?? 'a person';
    // A verb of knowing beside something to be seen (`a boy in a red coat dreams`) is looked at as it is.
    if (first !== undefined && !/\b(?:what|that|why|how|whether|if|everything|nothing|about|of|her past|his past|their past|someone|something|the (?:past|future|truth|meaning))\b/i.test(reading.plain.slice(first.span[1])) && abstract === null) return [];
    const seen = first === undefined ? 'looks into the distance, one hand against the window' : (SEEN_AS[first.lemma] ?? 'lowers the head');
    const known = STAND_IN[person.toLowerCase()] ?? person;
    const subject = known.charAt(0).toUpperCase() + known.slice(1);
    return [
      {
        span: first?.span ?? [abstract?.index ?? 0, (abstract?.index ?? 0) + (abstract?.[0].length ?? 0)],
        message: `nothing here can be seen: ${quoted(reading.text, first?.span ?? [abstract?.index ?? 0, (abstract?.index ?? 0) + (abstract?.[0].length ?? 0)])} happens in a mind`,
        label: 'say what a camera sees of it',
        repair: () => ({ prompt: `${subject} ${/^(?:they)$/i.test(person) ? seen.replace(/s\b/, '') : seen}, soft light from the side.` }),
      },
    ];
  },
};

const PRONOUN_OPENING = /^\s*(?:(?:then|now|suddenly|slowly|and|next|finally|later|meanwhile|(?:medium|wide|full|close)[- ]?(?:shot|up)(?: of)?|close on)[,:]?\s+)*(he|she|they|it|his|her|their|him|them)\b(?!-)/i;
const STAND_IN: Record<string, string> = { he: 'a man', she: 'a woman', they: 'two people', it: 'a creature', his: 'a man’s', her: 'a woman’s', their: 'two people’s', him: 'a man', them: 'two people' };

/** Behind the `it` of weather and hours: `It had rained all night`, `It has been snowing`, `It grows dark`. */
const NOBODYS_IT = /^(?:['’]s|\s+(?:is|was|gets|seems|looks|begins|starts|(?:\w+\s){0,3}?(?:rain|snow|hail|drizzl|pour|freez|thaw|thunder|storm)(?:s|ed|es|e|ing)?|froze|(?:had|has|will|would)\s(?:be(?:en)?|become|got(?:ten)?|grown)|(?:grows?|grew|got|became|becomes|turns?|turned)\s(?:\w+\s)?(?:dark|light|late|cold|warm|quiet|night|colder|darker|warmer)))\b/;

const DANGLING_PRONOUN: Rule = {
  code: 'DANGLING_PRONOUN',
  find({ reading: { plain, text, quotes }, input, english }) {
    if (!english || input.clip.hasStartFrame === true || input.clip.kind === 'image2video') return [];
    const match = PRONOUN_OPENING.exec(plain);
    if (match === null) return [];
    const word = (match[1] ?? '').toLowerCase();
    const at = match.index + match[0].length - word.length;
    // `It is raining`, `It's a quiet street`: no pronoun stands for anybody there. `She, a nurse of forty, ...` says who.
    if (word === 'it' && NOBODYS_IT.test(plain.slice(at + 2))) return [];
    if (/^,\s*(?:a|an|the)\b/.test(plain.slice(at + word.length)) || quotes.some(({ whole }) => at >= whole[0] && at < whole[1])) return [];
    const standIn = STAND_IN[word] ?? 'a person';
    const words = at === 0 || /[.!?:]\s*$/.test(text.slice(0, at)) ? standIn.charAt(0).toUpperCase() + standIn.slice(1) : standIn;
    return [{ span: [at, at + word.length], message: `${quoted(text, [at, at + word.length])} is nobody yet: Kling knows only this prompt`, label: `say who: “${standIn}”, or how they look`, repair: () => ({ prompt: replaced(text, [at, at + word.length], words) }) }];
  },
};

const MOTION_WORDS = /\b(?:celebrations?|festivals?|ceremon(?:y|ies)|ride|duel|splash|performance|workout|yawn|as (?:he|she|it|they) \w+|motion|moving|movement|time[- ]?lapse|hyper-?lapse|perspective|timelapse|falls?|falling|raining|snowing|storm|blizzard|waterfall|waves?|rain|snow(?:fall)?|smoke|flames?|fire(?:works|place)?|steam|wind|breeze|traffic|parade|fight|battle|race|concert|dance|chase|explosion|eruption|animation|loop|rotat\w+|backflip|somersault|handstand|squats?|push-?ups?|interview|conversation|montage|static|still(?:ness)?|motionless|pov|point of view|first[- ]person|racking|tracking|flow|stream|river|drifts?|flickers?)\b/i;
const NOT_DOING = /^(?:building|buildings|ceiling|ceilings|morning|evening|painting|paintings|clothing|lighting|string|king|ring|wing|spring|thing|things|something|nothing|everything|anything|during|sterling|wedding|railing|awning|stunning|charming|amazing|breathtaking|lightning|housing|sling|earring|stocking|crossing|meeting|opening|dining|living|swing|ceiling|parking|bedding|interesting|captivating|mesmerizing|striking|inspiring|outstanding|looking|including|featuring|surrounding|surroundings|setting|wearing|sitting|standing|lying|resting|leaning|sleeping|containing|overlooking|towering|boring|missing|pudding|darling|duckling|sibling|viking|beijing|landing|frosting|icing|filling|topping)$/;

/** `an egg is dropped`: something happens; `a table is set`: it has happened. */
function isDoneTo(word: string, before: string | undefined): boolean {
  if (before === undefined || !/^(?:is|are|gets|get|being)$/.test(before) || HAS_HAPPENED.test(word)) return false;
  const known = verbReading(word);
  return known !== undefined && known.forms.has('past') && !isStateVerb(known.lemma);
}
const HAS_HAPPENED = /^(?:placed|set|lit|painted|built|carved|parked|closed|shut|folded|tied|wrapped|stacked|arranged|laid|hung|mounted|packed|frozen|written|drawn|broken|filled|dressed|made|bent|printed|sewn|woven|knitted|polished|planted|buried|fixed|lined|worn|seen|shown|captured|framed|set|cut|torn|painted|decorated|burnt|cooked|baked|roasted|grilled)$/;

/** `a plane taxis`, `a ferry sounds its horn`: behind one thing such an ending is a verb's, whatever the word. */
const SINGULAR_DOES = /\b(?:a|an) (?:(?!(?:of|and|or|with|in|on|at|to|from|by|for|than|like|as|that|over|under|sports?|series|tennis|lens|news)\b)[a-z-]+ ){1,3}(?!(?:sports|lens|series|canvas|news|tennis|species|jeans|glasses|headquarters|barracks|crossroads|goods|its|his|as|is|was|has|this|across|towards|upwards|besides|gas|christmas|perhaps)\b)[a-z]{2,}[^su]s\b(?! of\b)/;

const NO_MOTION: Rule = {
  code: 'NO_MOTION',
  find(context) {
    const { reading, input, english } = context;
    const { inPlain, plain, text } = reading;
    if (!english || text.trim() === '' || reading.camera.length > 0 || reading.quotes.some(({ kind }) => kind === 'speech')) return [];
    if (reading.actions.some(({ kind }) => kind !== 'state') || inPlain.has(MOTION_WORDS)) return [];
    // A word that no list knows, in the place or with the ending of a doing: `is motorcycling`, `she gyrates around`.
    const passive = reading.sentences.some(({ tokens }) => tokens.some(({ word }, index) => isDoneTo(word, tokens[index - 1]?.word.endsWith('ly') === true ? tokens[index - 2]?.word : tokens[index - 1]?.word)));
    const doing = passive || inPlain.has(SINGULAR_DOES) || reading.sentences.some(({ tokens }) => tokens.some(({ word }, index) => (/^[a-z-]{2,}ing$/.test(word) && !NOT_DOING.test(word) && index > 0) || (/^[a-z]{3,}s$/.test(word) && index > 0 && /^(?:he|she|it|who|that)$/.test(tokens[index - 1]?.word ?? ''))));
    if (doing || (input.clip.hasStartFrame === true && plain.trim() === '')) return [];
    const still = reading.actions.length === 0 && reading.figures.length === 0;
    return [{ span: [0, text.length], message: 'nothing moves: no action, and no camera move', label: still ? 'let the camera push in slowly' : 'let the camera push in slowly, or say what they do', repair: () => ({ prompt: `${text.replace(/[\s.,;:!?]+$/, '')}, slow push-in.` }) }];
  },
};

export const ACTION_RULES: readonly Rule[] = [TOO_MANY_ACTIONS, TOO_MANY_SUBJECTS, NOT_FILMABLE, DANGLING_PRONOUN, NO_MOTION];
