import { isFigure } from '../../prompt/reading/figures.ts';
import type { LanguageCode } from '../../prompt/reading/language.ts';
import type { Gender, Mention } from './mention.ts';
import { nameFinder, type NameFinder } from './name-finder.ts';
import { figuresOfTongue, nounOfCue } from './people-of-tongues.ts';

/** Somebody whom the script names. */
export interface Person {
  /** As prompts call them. */
  name: string;
  /** Other names of theirs: the last word of a name of several. */
  aliases: readonly string[];
  gender: Gender;
  /** How the script introduces them, as written; taken out of the shot, because every shot has it in the cast's words. */
  introduction?: string;
}

const DETERMINER = /^(?:a|an|the|his|her|their|my|our|its|this|that|another|one|two|three|four|five|six|seven|some|several|both|every)$/u;
const BREAKS = /^(?:of|in|on|at|with|from|to|by|for|as|and|or|but|who|that|which|is|was|are|were|has|had|behind|over|under|into|through|past|across|against|near|beside)$/u;
const FEMALE = /^(?:woman|girl|lady|mother|daughter|sister|wife|widow|grandmother|aunt|queen|princess|waitress|actress|nun|bride|witch|maid|nurse|schoolgirl|ballerina|duchess|empress|goddess|women|girls|ladies)$/u;
const MALE = /^(?:man|boy|gentleman|father|son|brother|husband|grandfather|uncle|king|prince|waiter|monk|priest|groom|wizard|butler|schoolboy|policeman|fisherman|sailor|soldier|knight|duke|emperor|postman|mailman|cowboy|beggar|men|boys|gentlemen|lad|fellow|keeper)$/u;
const MORE_FIGURES = /^(?:keeper|driver|husband|wife|widow|aunt|uncle|grandson|granddaughter|nephew|niece|cousin|ferryman|innkeeper|landlady|landlord|shopkeeper|owner|stationmaster|warden|sergeant|lieutenant|professor|inspector|clerk|porter|lad|fellow|old man|ghost|figure|baker|sailor|twins|parents|neighbour|neighbor|official|operator|attendant|receptionist|bartender|clockmaker|watchmaker|lamplighter|mayor|orphan)s?$/u;
const PRONOUN = /^(?:he|she|they|him|her|his|hers|their|them|theirs)$/u;
const ANIMAL_OR_THING = /^(?:figure|silhouette|model|fan|seal|crane|match|head|crew|host|conductor|model|patient|character|extra)s?$/u;
const WORD = /[\p{L}\p{M}\p{N}]+(?:[’'-][\p{L}\p{M}\p{N}]+)*\.?/gu;

/** The people of a script, ready to be found in its sentences. */
export class People {
  private readonly bySpelling = new Map<string, { person: Person; shown: string }>();
  /** `the waiter`, where one has the cue WAITER. */
  private readonly byNoun = new Map<string, Person>();
  private readonly names: NameFinder;

  readonly persons: readonly Person[];

  /** Who says `I` outside of what is spoken, in a story. */
  readonly narrator: string | undefined;

  /** What the script is written in. */
  readonly language: LanguageCode;

  constructor(persons: readonly Person[], { narrator, language = 'en' }: { narrator?: string | undefined; language?: LanguageCode } = {}) {
    this.persons = persons;
    this.narrator = narrator;
    this.language = language;
    for (const person of persons) {
      for (const alias of [person.name, ...person.aliases]) {
        // What says the name and more is written as the name: every shot calls one person the same.
        const shown = alias.split(' ').includes(person.name) ? person.name : alias;
        for (const spelling of [alias, alias.toUpperCase()]) if (!this.bySpelling.has(spelling)) this.bySpelling.set(spelling, { person, shown });
        if (isSomebody(alias.toLowerCase().split(' ').at(-1) ?? '')) this.byNoun.set(`the ${alias.toLowerCase()}`, person);
        const noun = nounOfCue(alias, language);
        if (noun !== undefined) this.byNoun.set(noun, person);
      }
    }
    this.names = nameFinder([...this.bySpelling.keys()]);
  }

  named(spelling: string): Person | undefined {
    return this.bySpelling.get(spelling)?.person;
  }

  /** Names in capitals as prompts write them. */
  spelled(text: string): string {
    let written = '';
    let at = 0;
    for (const { start, end } of this.names(text)) {
      const found = text.slice(start, end);
      written += text.slice(at, start) + (this.bySpelling.get(found.replaceAll(/\s+/g, ' '))?.shown ?? found);
      at = end;
    }
    return (written + text.slice(at)).replaceAll(/(?<=\p{Ll}['’])S(?!\p{L})/gu, 's');
  }

  /** Everybody a sentence means, in order. Words that stand in quotation marks are nobody in the picture. */
  mentionsIn(sentence: string): Mention[] {
    const found: Mention[] = [];
    const taken = spokenRanges(sentence);
    const isTaken = (at: number) => taken.some(([from, to]) => at >= from && at < to);
    for (const { start, end } of this.names(sentence)) {
      const person = this.named(sentence.slice(start, end).replaceAll(/\s+/g, ' '));
      if (person === undefined || isTaken(start)) continue;
      found.push({ who: person.name, gender: person.gender, kind: 'name', start, end, possessive: /^['’]s?(?!\p{L})/u.test(sentence.slice(end)) });
      taken.push([start, end]);
    }
    for (const mention of this.language === 'en' ? figuresIn(sentence) : figuresOfTongue(sentence, this.language)) {
      if (isTaken(mention.start) || isTaken(mention.end - 1)) continue;
      const person = this.byNoun.get(mention.who);
      found.push(person === undefined ? mention : { ...mention, who: person.name, gender: person.gender, kind: 'name' });
    }
    if (this.narrator !== undefined) for (const match of sentence.matchAll(FIRST_PERSON)) if (!isTaken(match.index)) found.push({ who: this.narrator, gender: this.named(this.narrator)?.gender ?? 'unknown', kind: 'pronoun', start: match.index, end: match.index + match[0].length, possessive: /^(?:my|mine)$/iu.test(match[0]) });
    return found.sort((a, b) => a.start - b.start);
  }
}

const FIRST_PERSON = /(?<![\p{L}’'-])(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)(?![\p{L}’'-])/gu;
export const isFirstPerson = (word: string): boolean => /^(?:i|me|my|mine|myself)$/iu.test(word);

const QUOTED = /„[^“”"]*(?:[“”"]|$)|“[^”]*(?:”|$)|"[^"]*(?:"|$)|«[^»]*(?:»|$)|「[^」]*(?:」|$)/gu;

function spokenRanges(sentence: string): [number, number][] {
  return [...sentence.matchAll(QUOTED)].map((match) => [match.index, match.index + match[0].length]);
}

/** Unnamed people and animals with their article, and pronouns. */
function figuresIn(sentence: string): Mention[] {
  const found: Mention[] = [];
  const tokens = [...sentence.matchAll(WORD)].map((match) => ({ word: match[0].toLowerCase().replaceAll('’', "'").replace(/\.$/, ''), start: match.index, end: match.index + match[0].replace(/\.$/, '').length }));
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) continue;
    if (DETERMINER.test(token.word)) {
      const head = headAfter(sentence, tokens, at);
      if (head !== undefined) {
        const noun = tokens[head];
        const word = noun?.word.replace(/'s$/, '') ?? '';
        const adjectives = tokens.slice(at + 1, head).map((one) => one.word);
        const whose = /^(?:his|her|their|my|our|its)$/.test(token.word) ? token.word : 'the';
        found.push({ who: [whose, ...adjectives, word].join(' '), gender: FEMALE.test(word) ? 'female' : MALE.test(word) ? 'male' : 'unknown', kind: 'figure', start: token.start, end: (noun?.end ?? token.end) - (noun?.word.endsWith("'s") === true ? 2 : 0), possessive: noun?.word.endsWith("'s") === true });
        at = head;
        continue;
      }
    }
    if (PRONOUN.test(token.word)) {
      const gender = /^(?:she|her|hers)$/.test(token.word) ? 'female' : /^(?:he|him|his)$/.test(token.word) ? 'male' : 'unknown';
      const possessive = /^(?:his|their)$/.test(token.word) || (token.word === 'her' && !ADVERB_ENDS.test(sentence.slice(token.end, token.end + 40)) && /^\s+\p{Ll}/u.test(sentence.slice(token.end)) && !/^\s+(?:in|on|at|to|by|with|from|and|as|up|down|into|back|away|off|out|over|through|for|the|a|an|like|again|so|as|than|when|what|who|that|if|not|too|both|before|after|until|while|because|about|how|where)\b/u.test(sentence.slice(token.end)));
      found.push({ who: token.word, gender, kind: 'pronoun', start: token.start, end: token.end, possessive });
    }
  }
  return found;
}

/** `eyeing her quietly.`, and not `her lonely room`. */
const ADVERB_ENDS = /^\s+\p{Ll}+ly(?=\s*(?:[,.;:!?—–-]|$)|\s(?:through|and|in|on|at|with|from|to|for|as|by|over|again|while|when)\b)/u;

/** The place of a person's noun behind an article, at most four words on. */
function headAfter(sentence: string, tokens: readonly { word: string; start: number; end: number }[], at: number): number | undefined {
  for (let ahead = at + 1; ahead <= at + 4 && ahead < tokens.length; ahead += 1) {
    const [before, token] = [tokens[ahead - 1], tokens[ahead]];
    if (before === undefined || token === undefined || /[^\s]/u.test(sentence.slice(before.end, token.start)) || BREAKS.test(token.word) || DETERMINER.test(token.word)) return undefined;
    const noun = token.word.replace(/'s$/, '');
    const next = tokens[ahead + 1];
    const compound = next !== undefined && sentence.slice(token.end, next.start).trim() === '' && isSomebody(next.word.replace(/'s$/, ''));
    if (isSomebody(noun) && !compound) return ahead;
  }
  return undefined;
}

export function isSomebody(noun: string): boolean {
  return (isFigure(noun) || MORE_FIGURES.test(noun)) && !(ANIMAL_OR_THING.test(noun) && !/^(?:figure|silhouette)s?$/.test(noun));
}
