import { grammarOf, type Grammar } from './grammar.ts';
import { NOBODY } from './find-names.ts';
import { CAMERA_LEAD } from './labels-of-nobody.ts';
import { PEOPLE_OF_EITHER_KIND } from './people-patterns.ts';
import { allVerbs, SPEECH_VERBS } from './speech-verbs.ts';
import type { SpeechKind } from './types.ts';

/** Who a narrator says it was, as written. */
export interface Tag {
  /** Where it stands: behind the words or in front of them. */
  place: 'behind' | 'ahead';
  subject: string;
  /** Set where the subject is a pronoun. */
  pronoun?: 'he' | 'she' | 'other';
  verb: string;
  kind: SpeechKind;
  /** The narrator's words that were read. */
  words: string;
  /** Behind it a sentence leads to the next speech, so that its words stand between two and may belong to either. */
  shared?: boolean;
}

interface TagPatterns {
  verbFirst: RegExp;
  subjectFirst: RegExp;
  inverted: RegExp | undefined;
  verb: RegExp;
  subjects: RegExp;
  /** A clause that is a pronoun and nothing else: `He` of `He says:`. */
  pronounAlone: RegExp;
  think: RegExp;
  sing: RegExp;
  /** A noun for somebody, right behind a word with a capital: `Elderly | woman`. */
  nounAhead: RegExp;
  /** What stands behind a verb and not behind somebody: `A dog chases | the ball`, `A girl nods | and says`. */
  goesOn: RegExp;
  /** The noun that ends a description. */
  person: RegExp;
  /** His in the first group, her in the second. */
  possessive: RegExp;
  grammar: Grammar;
}

const PATTERNS = new Map<string, TagPatterns>();
/** `буркнул внук.`: in Russian what a verb of speech and a mark hold between them is somebody, but for an adverb. */
const BARE_NOUN = String.raw`|(?!(?:вслух|опять|снова|тоже|сразу|тут|затем|уже|ещё|еще|вдруг|наконец|потом|себе|ему|ей|им|мне|нам|вам|всем|всё|все|вслед|вполголоса|шёпотом|шепотом|сквозь|громче|тише|теперь|однажды|дальше)(?!\p{L}))(\p{Ll}{3,}(?<!о))(?=\s*[,.!?:;—–]|\s*$)`;
/** Nothing is this. */
const NONE = '(?!)';
/** `Jean-Paul`, `O’Hara`; behind a hyphen stands another name, and `New-year` is none. */
const NAME_PART = String.raw`\p{Lu}[\p{L}\p{M}]*(?:[’']\p{L}+|-(?:\p{Ll}{1,3}-)?\p{Lu}\p{L}+)*(?![\p{L}\p{M}]|-\p{Ll})`;

export function patternsOf(language: string): TagPatterns {
  const known = PATTERNS.get(language);
  if (known !== undefined) return known;
  const grammar = grammarOf(language);
  const verbs = allVerbs(language);
  const pronouns = [...grammar.he, ...grammar.she, ...grammar.otherPronoun].map((word) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1)}`).join('|');
  // `l’homme` follows without a blank, `the man` does not.
  const determiner = grammar.determiner.split('|').map((word) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1)}${word.endsWith(']') ? '' : String.raw`\s`}`).join('|');
  const titles = `${grammar.maleTitle}|${grammar.femaleTitle}|dr|st|doctor|professor`.split('|').map((word) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1)}`).join('|');
  const articles = articlesOf(grammar);
  const name = String.raw`<<<[\w-]{1,40}>>>|(?:(?:${titles})(?:\.\s?|\s))?${NAME_PART}(?:\s(?:(?:of|de|du|des|von|van|di|da|la|le)\s)?(?:\p{Lu}\.|${NAME_PART})){0,3}`;
  const described = String.raw`[Oo]ne\sof\s(?:them|us|the\s\p{L}+)(?!\p{L})|[Tt]hat\s(?:${grammar.maleNoun}|${grammar.femaleNoun})(?!\p{L})|(?:${determiner}|${NAME_PART}[’']s\s)(?:(?!(?:${verbs}|${grammar.stop}|(?<![’'])(?:${articles})|[Hh]e|[Ss]he|I|we|they|il|elle|je|er|sie|ich|él|ella|lui|lei|ele|ela|он|она)(?![\p{L}’'-]))[\p{L}\p{M}](?:[\p{L}\p{M}’']|-(?!-))*(?:\s+|(?![\p{L}\p{M}]))){1,5}(?:of\s(?:the\s)?[\p{L}-]+\s?)?`;
  const nouns = `${grammar.maleNoun}|${grammar.femaleNoun}|${PEOPLE_OF_EITHER_KIND}`;
  // Russian has no article: `сказал старик`.
  const bare = articles === NONE
    ? String.raw`|(?:\p{L}+(?:ый|ий|ой|ая|яя)\s)?(?:${nouns})(?![\p{L}-])`
    : '';
  // `The host <<<voice_1>>>`: the token is the host's voice.
  const subject = String.raw`(?:(${pronouns})(?![\p{L}’'-])|(${described}${bare})|(${name}))(?:\s?(?=<<<)(?<!(?:>>>|(?<!\p{L})(?:Then|And|But|Now|Finally|Suddenly))\s?)<<<[\w-]{1,40}>>>)?`;
  const between = String.raw`(?:,[^,.;:!?]{1,60},)?\s+(?:(?:had|has|have|then|also|only|now|was|is|just|never|would|could|again|at\s(?:once|last)|merely|simply|heard|\p{L}+ly|hatte|avait|avoir|a)\s+){0,3}`;
  const patterns: TagPatterns = {
    verbFirst: new RegExp(String.raw`^[\s,.—–-]*(?:(?:s|m|l|t)[’']|(?:se|me|lui|leur|nous|le|la|y|had|avait|était|s[’']était|then|quickly|quietly)\s)*(?:avait\s|était\s)?(${verbs})(?:\s(?:alors|enfin|aussitôt|doucement|encore|then|again|out|up|back|on|da|dann|leise))?\s+(?:${subject}${articles === NONE ? BARE_NOUN : ''})`, 'u'),
    subjectFirst: new RegExp(String.raw`^[\s,.;—–-]*(?:and\s|then\s)?${subject}${between}(${verbs})(?![\p{L}’'-])`, 'u'),
    inverted: language === 'fr' ? new RegExp(String.raw`^[\s,!?….]*(?:(?:s|m|l|t)[’']|(?:se|me|lui|leur|nous|le|la|y)\s)*([\p{L}]+?)(?:-t)?-(il|elle|je|on|ils|elles)(?!\p{L})`, 'iu') : undefined,
    verb: new RegExp(String.raw`(?<![\p{L}’'-])(?:${verbs})(?![\p{L}’'-])`, 'giu'),
    subjects: new RegExp(String.raw`(?<![\p{L}’'-])${subject}`, 'gu'),
    pronounAlone: new RegExp(String.raw`^\s*(${pronouns})\s*$`, 'u'),
    think: new RegExp(`^(?:${SPEECH_VERBS[language]?.think ?? 'thought'})$`, 'iu'),
    sing: new RegExp(`^(?:${SPEECH_VERBS[language]?.sing ?? 'sang'})$`, 'iu'),
    nounAhead: new RegExp(String.raw`^\s(?:${nouns})(?![\p{L}’'-])`, 'u'),
    goesOn: new RegExp(String.raw`^\s*(?:(?:${articles})(?!\p{L})|(?:and|e|et|y|und|и)\s(?!(?:${articles})(?!\p{L})))`, 'iu'),
    person: new RegExp(String.raw`^(?:${grammar.maleNoun}|${grammar.femaleNoun}|${PEOPLE_OF_EITHER_KIND}|one|baby|person|voice|figure)s?$`, 'iu'),
    possessive: new RegExp(`^(?:(${grammar.his.join('|') || '(?!)'})|(${grammar.hers.join('|') || '(?!)'}))\\s`, 'iu'),
    grammar,
  };
  PATTERNS.set(language, patterns);
  return patterns;
}

/** Determiners that are no adjectives too: within a description they begin another one. */
const articlesOf = ({ determiner }: Grammar): string =>
  determiner.split('|').filter((word) => /^(?:the|an?|his|her|my|our|their|its|l[aeo]s?|l\['’\]|une?|s(?:on|a|es)|m(?:on|a|es)|notre|nos|votre|leur|ce|cet|cette|d(?:er|ie|as|en|em)|eine?r?|sein|seine|ihr|ihre|mein|meine|unser|unsere|el|un[ao]|su|sus|mis?|il|gli|i|su[oa]|mi[oa]|os?|as?|uma?|seu|sua|meu|minha)$/u.test(word)).join('|') || NONE;

/** A tag that follows the words: `said Mara`, `the old man whispered`, `demanda-t-il`. */
export function tagBehind(after: string, language: string): Tag | undefined {
  const patterns = patternsOf(language);
  const inverted = patterns.inverted?.exec(after);
  if (inverted !== null && inverted !== undefined) return tagOf(patterns, inverted[2] ?? '', inverted[1] ?? '', inverted[0]);
  const verbFirst = patterns.verbFirst.exec(after);
  if (verbFirst !== null) return tagOf(patterns, cleanSubject(verbFirst[2] ?? verbFirst[3] ?? verbFirst[4] ?? verbFirst[5] ?? '', patterns), verbFirst[1] ?? '', verbFirst[0]);
  const subjectFirst = patterns.subjectFirst.exec(after);
  if (subjectFirst === null) return undefined;
  return tagOf(patterns, cleanSubject(subjectFirst[1] ?? subjectFirst[2] ?? subjectFirst[3] ?? '', patterns), subjectFirst[4] ?? '', subjectFirst[0]);
}

/** A tag that leads to the words: `Then Priya asked,`. The subject is the first of the last sentence. */
export function tagAhead(before: string, language: string): Tag | undefined {
  const patterns = patternsOf(language);
  const lead = before.trimEnd();
  // What leads to words ends in a comma, a colon, a dash, its verb, or a word or two behind that.
  if (/[.!?…;]$/u.test(lead)) return undefined;
  const sentence = lastSentence(before);
  const verbs = [...sentence.matchAll(patterns.verb)];
  const verb = verbs.at(-1);
  if (verb === undefined) return undefined;
  const behind = sentence.slice(verb.index + verb[0].length);
  if (behind.length > 70 || /[;?!]/.test(behind)) return undefined;
  if (!/[,:：—–-]\s*$/u.test(sentence) && behind.trim() !== '' && !/^\s(?:\p{L}+ly|softly|to\s\p{L}+(?:\s\p{L}+)?|him|her|them|me)\s*$/u.test(behind)) return undefined;
  const clause = sentence.slice(0, verb.index);
  const overheard = OVERHEARD.exec(clause)?.[1];
  // To hear somebody sing leads to no words, unless they follow at once.
  if (overheard !== undefined && !/[,:]\s*$/u.test(sentence)) return undefined;
  const subject = overheard === undefined ? subjectOf(clause, patterns) : /^him\s/.test(overheard) ? 'he' : /^her\s/.test(overheard) ? 'she' : subjectOf(overheard, patterns);
  if (subject !== undefined) return tagOf(patterns, subject, verb[0], sentence.slice(-80), 'ahead');
  // `Elle murmura :` has its subject in front; `— said the king:` behind.
  const following = patterns.subjects.exec(behind);
  patterns.subjects.lastIndex = 0;
  if (following === null || following.index > 3) return undefined;
  return tagOf(patterns, cleanSubject(following[1] ?? following[2] ?? following[3] ?? '', patterns), verb[0], sentence.slice(-80), 'ahead');
}

/** `I remember hearing him call the cat by saying`, `to hear the Rabbit say`: who is heard speaks. */
const OVERHEARD = /(?<!\p{L})(?:hear|heard|hearing)\s(\p{L}(?:(?!\sand\s)[^,;])*)$/u;

function lastSentence(before: string): string {
  for (let at = before.length - 2; at >= 0; at -= 1) {
    const mark = before.charAt(at);
    if (!'.!?;…”"»\n'.includes(mark) || !/[\s—–-]/.test(before.charAt(at + 1))) continue;
    // `a sign that reads “SAVE” shouts`: only what ends as a sentence ends one.
    if ('”"»'.includes(mark) && !/[.!?…,—–-]/.test(before.charAt(at - 1))) continue;
    if (mark === '.' && /(?<!\p{L})(?:Mr|Mrs|Ms|Dr|M|Mme|St)$/u.test(before.slice(Math.max(0, at - 4), at))) continue;
    return before.slice(at + 1).replace(/^[\s—–-]+/u, '');
  }
  return before;
}

/** `Then Priya` is Priya. */
const SENTENCE_HEAD = /^(?:(?:Therefore|However|Perhaps|Moreover|Thus|Still|Also|Hence|Later|Soon|Again|Often|Sometimes|Instead|Indeed|Whereupon|Thereupon|Then|And|But|So|When|As|Now|Suddenly|Finally|At|After|Before|While|For|Here|There|Yet|Once|Presently|Meanwhile|Puis|Alors|Et|Mais|Enfin|Da|Dann|Und|Aber|Entonces|Luego|Poi|Allora|Então|Тогда|Потом|Вдруг)(?=\s|$)\s?)+/u;

const PREPOSITION_AHEAD = /(?<!\p{L})(?:in|at|to|of|with|from|on|for|by|into|above|over|under|below|behind|beside|near|outside|inside|across|around|against|between|dans|à|avec|sur|sous|devant|derrière|mit|zu|auf|über|unter|hinter|neben|en|con|sobre|bajo|tras|su|sopra|sotto|com|sob|над|под|за|у|в|на|с|из|от|к)\s(?:\p{L}+\s)?$/iu;

/** What has no voice, though a sentence may begin with it: `Another time`, `the discussion`. */
const NO_VOICE = /\s(?:time|day|morning|evening|night|moment|minute|hour|week|month|year|kind|sort|way|place|thing|words?|answer|question|silence|\p{L}{3,}(?:tion|sion|ness|ity))$/iu;

const isSomebody = (written: string): boolean => written !== '' && !NO_VOICE.test(written) && (/^(?:he|she|they|we|i|il|elle|je|on|er|sie|ich|wir|él|ella|yo|lui|lei|io|ele|ela|eu|он|она|я)$/iu.test(written) || !NOBODY.test(written));

const SUBORDINATE = /^\s*(?:and\s|but\s|then\s)?(?:just\s)?(?:when|as|while|after|before|until|till|since|once|although|though|quand|lorsque|comme|tandis que|als|während|nachdem|cuando|mientras|quando|mentre|когда)\s/iu;

/** The person of a clause: right before its verb, else the first. */
export function subjectOf(clause: string, patterns: TagPatterns): string | undefined {
  const pronoun = patterns.pronounAlone.exec(clause)?.[1];
  if (pronoun !== undefined && isSomebody(pronoun)) return pronoun;
  const body = clause.replace(CAMERA_LEAD, '');
  // Right before the verb it is sure: `darkened again as Jo said`.
  const near = [...body.slice(-50).matchAll(patterns.subjects)].at(-1);
  if (near !== undefined && /^\s*(?:(?:had|has|then|also|only|just|now|would|always|often|\p{L}+ly)\s+)*$/u.test(body.slice(-50).slice(near.index + near[0].length))) {
    const written = cleanSubject(near[1] ?? near[2] ?? near[3] ?? '', patterns);
    const lead = body.slice(-50).slice(0, near.index);
    if (isSomebody(written) && !PREPOSITION_AHEAD.test(lead)) return written;
  }
  let first: string | undefined;
  for (const match of body.matchAll(patterns.subjects)) {
    const behind = body.slice(match.index + match[0].length);
    const described = match[2] === undefined ? undefined : withoutVerb(match[2], behind, patterns);
    const named = match[3] === undefined ? '' : `${match[3]}${patterns.nounAhead.exec(behind)?.[0] ?? ''}`;
    const written = cleanSubject(match[1] ?? described ?? named, patterns);
    if (!isSomebody(written)) continue;
    const lead = body.slice(Math.max(0, match.index - 8), match.index);
    if (match.index > 0 && PREPOSITION_AHEAD.test(lead)) continue;
    // `When I came close she bowed and said`: the first is the subject of another clause.
    if (first !== undefined || !SUBORDINATE.test(body)) return written;
    first = written;
  }
  return first;
}

function tagOf(patterns: TagPatterns, subject: string, verb: string, words: string, place: Tag['place'] = 'behind'): Tag | undefined {
  const { he, she, otherPronoun } = patterns.grammar;
  const lower = subject.toLowerCase();
  const pronoun = he.includes(lower) ? 'he' : she.includes(lower) ? 'she' : otherPronoun.includes(lower) ? 'other' : undefined;
  if (pronoun === undefined && !isSomebody(subject)) return undefined;
  const kind: SpeechKind = patterns.think.test(verb) ? 'thought' : patterns.sing.test(verb) ? 'sung' : 'spoken';
  return { place, subject, ...(pronoun === undefined ? {} : { pronoun }), verb, kind, words: words.trim() };
}

/** `A dog chases` is a dog: what a description ends with is a verb where another thing or `and says` follows. */
function withoutVerb(described: string, behind: string, { goesOn, person }: TagPatterns): string {
  const words = described.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  // Behind a and an no noun is a plural.
  const isVerb = goesOn.test(behind) || /\p{L}{4,}ing$/u.test(last) || (/^an?\s/i.test(described) && /[^su]s$/.test(last));
  return words.length >= 3 && isVerb && !person.test(last) ? words.slice(0, -1).join(' ') : described;
}

/** Adjectives that are somebody where no noun follows: `le vieux`, `le vieux gardien`. */
const OLD_OR_YOUNG = /^(?:vieux|vieille|viej[oa]|vecchi[oa]|velh[oa]|alte|ancian[oa]|joven|jeune|giovane|jovem)$/iu;

/** How many words of a trade or a place belong to the noun before them: `le chef | de gare`, `la dame | du train`, `el jefe | de estación`. */
function complementLength([of = '', noun = '']: readonly string[]): number {
  if (/^d['’]\p{Ll}{3,}$/u.test(of)) return NO_COMPLEMENT.test(of.slice(2)) ? 0 : 1;
  return /^(?:de|du|des|di|del|do|da)$/u.test(of) && /^\p{Ll}{3,}$/u.test(noun) && !NO_COMPLEMENT.test(noun) ? 2 : 0;
}

/** Of these a way of speaking is told: `dit l’homme de nouveau`, `d’une voix`. */
const NO_COMPLEMENT = /^(?:une?|sa|son|ses|leur|nouveau|loin|près|suite|bonne|mauvaise|plus|façon|manière|derrière|dessus|autre|abord|ailleurs|accord|repente|pronto|nuevo|lejos|cerca|una?|nuovo|lontano|vicino|colpo|novo|longe|perto|repente|uma?)$/u;

/** `<<<voice_1>>>` is voice_1; a description ends behind its noun. */
function cleanSubject(written: string, { person }: TagPatterns): string {
  const token = /^<<<([\w-]+)>>>$/.exec(written.trim())?.[1];
  if (token !== undefined) return token;
  const words = written.trim().split(/\s+/);
  const noun = words.findIndex((word, at) => (at > 0 || /^l['’]/iu.test(word)) && person.test(word.replace(/^l['’]/iu, '')) && !(OLD_OR_YOUNG.test(word) && at + 1 < words.length) && !person.test(words[at + 1] ?? ''));
  const cut = noun < 0 || words[noun + 1] === 'of' ? words : words.slice(0, noun + 1 + complementLength(words.slice(noun + 1)));
  return cut.join(' ').replace(/[.,]+$/u, '').replace(/\s(?:\p{L}+ly)$/u, '').replace(/[’']s (?:voice|tone|hand|eyes)$/u, '').replace(SENTENCE_HEAD, '');
}

/** Who acts beside a speech that has no tag: the subject of the sentence in front, or of the one behind. */
export function actorOf(before: string, after: string, inside: readonly string[], language: string): Tag | undefined {
  const patterns = patternsOf(language);
  const sentences = before.trim().split(/(?<=[.!?…])\s+/u);
  // `She said nothing. Then: “No.”`
  const lead = sentences.at(/^\p{L}+(?:\s\p{L}+)?[:,]$/u.test(sentences.at(-1) ?? '') ? -2 : -1) ?? '';
  return actorIn(lead, patterns) ?? inside.map((words) => actorIn(words, patterns)).find((one) => one !== undefined) ?? actorIn(after.trim().split(/(?<=[.!?…])\s+/u)[0] ?? '', patterns);
}

function actorIn(sentence: string, patterns: TagPatterns): Tag | undefined {
  const words = sentence.trim();
  if (words.length < 4 || /^\p{Ll}/u.test(words)) return undefined;
  const possessive = patterns.possessive.exec(words);
  if (possessive !== null) return { subject: possessive[1] === undefined ? (patterns.grammar.she[0] ?? '') : (patterns.grammar.he[0] ?? ''), pronoun: possessive[1] === undefined ? 'she' : 'he', place: 'ahead', verb: '', kind: 'spoken', words: words.slice(0, 60) };
  const found = subjectOf(words, patterns);
  // `A parrot trumpets,`: a verb nobody listed is no part of the name.
  const subject = found !== undefined && /^\p{Lu}?\p{Ll}+\s\p{L}+\s\p{Ll}+(?:s|ed)$/u.test(found) && /^.*[,:]$/su.test(words) ? found.replace(/\s\p{Ll}+$/u, '') : found;
  if (subject === undefined || !words.replace(CAMERA_LEAD, '').slice(0, 60).includes(subject)) return undefined;
  return tagOf(patterns, subject, '', words.slice(0, 60));
}

/** How often a narrator says I. */
export function firstPersonCount(narration: string, language: string): number {
  const words = { fr: /(?<![\p{L}’'-])(?:je|j[’'])/giu, de: /(?<!\p{L})(?:ich|mir|mich)(?!\p{L})/giu }[language] ?? /(?<![\p{L}’'-])(?:I|me|my)(?![\p{L}’'-])/gu;
  return narration.match(words)?.length ?? 0;
}
