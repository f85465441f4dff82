import { isFigure } from '../../prompt/reading/figures.ts';
import type { LanguageCode } from '../../prompt/reading/language.ts';
import type { Screenplay } from '../screenplay/screenplay.ts';
import { castWords, genderOfWords, introductionAt } from './describe-person.ts';
import { genderOfFirstName } from '../../prompt/dialogue/index.ts';
import { isOnePerson, spelledName } from './name-words.ts';
import { oneLine } from './passage.ts';
import type { Gender, Mention } from './mention.ts';
import { isSomebody, People, type Person } from './people.ts';
import { onePersonNames, type OnePerson } from './same-person.ts';
import { sentenceRanges } from './sentences.ts';
import type { WrittenCharacter } from '../written-cast.ts';

/** What is seen is told here; where somebody speaks, nobody is described. */
const SEEN = new Set(['action', 'general', 'shot']);
/** Somebody introduced in capitals who never speaks: `KARL (50s, limp)`; or `KARL waits`, and later `Karl`. `A MAN` has no name. */
const INTRODUCED = /(?<![\p{L}\p{M}\p{N}])(?<!(?:^|\s)(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|AN?|THE)\s)(\p{Lu}[\p{Lu}\p{M}'’-]+(?:\s\p{Lu}[\p{Lu}\p{M}'’.-]+){0,2})(?=\s*\(|,\s|\s+(?:and\s|\p{Ll}+s\b))/gu;

/** Who is in a screenplay: everybody with a cue, and who is introduced in capitals with looks of their own. */
export function peopleOfScreenplay({ elements }: Screenplay, language: LanguageCode = 'en'): People {
  const cues = [...new Set(elements.flatMap((element) => (element.kind === 'character' ? [oneLine(element.name)] : [])))].filter((name) => isOnePerson(name));
  const seen = elements.flatMap((element) => (SEEN.has(element.kind) ? [oneLine(element.text)] : []));
  const known = new Set(cues.map((cue) => cue.toUpperCase()));
  const all = seen.join('\n');
  const nobody = new Set<string>();
  for (const text of seen) {
    for (const match of text.matchAll(INTRODUCED)) {
      const name = match[1] ?? '';
      if (known.has(name) || nobody.has(name) || !isOnePerson(name) || isFigure(name.toLowerCase().split(' ').at(-1) ?? '')) continue;
      if (introductionAt(text, match.index + name.length) === undefined && !all.includes(spelledName(name))) {
        nobody.add(name);
        continue;
      }
      known.add(name);
      cues.push(name);
    }
  }
  const names = [...new Map(cues.map((cue) => [cue.toUpperCase(), cue])).values()].map((cue) => spelledName(cue));
  // `A CRITIC turns his fork`: a noun, and `the critic` is who has the cue.
  const nouns = names.filter((name) => !name.includes(' ') && new RegExp(String.raw`(?<![\p{L}])(?:an?|the)\s(?:\p{Ll}+\s){0,2}${name.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '.')}(?![\p{L}])`, 'u').test(all.replaceAll(/\b(?:An?|The)\b/gu, (word) => word.toLowerCase())));
  return peopleNamed(names, seen, { nouns, language });
}

/** The people of these names, with what a text's descriptions and pronouns say of them. */
export function peopleNamed(names: readonly string[], seen: readonly string[], { narrator, nouns = [], language = 'en' }: { narrator?: string | undefined; nouns?: readonly string[]; language?: LanguageCode } = {}): People {
  const persons = onePersonNames(names, (word) => isSomebody(word));
  const aliases = aliasesOf(persons);
  const nameless: Person[] = persons.map(({ name, others }) => ({ name, aliases: [...others, ...(aliases.get(name) ?? []), ...(nouns.includes(name) ? [`the ${name.toLowerCase()}`, `The ${name.toLowerCase()}`] : [])], gender: 'unknown' }));
  const found = new People(nameless, { language });
  const introductions = new Map<string, string>();
  const votes = new Map<string, number>();
  const vote = (name: string, gender: Gender, weight: number): void => {
    if (gender !== 'unknown') votes.set(name, (votes.get(name) ?? 0) + (gender === 'female' ? weight : -weight));
  };
  for (const text of seen) {
    let before: string | undefined;
    for (const [start, end] of sentenceRanges(text)) {
      const sentence = text.slice(start, end);
      const mentions = found.mentionsIn(sentence);
      const named = mentions.filter(({ kind }) => kind === 'name');
      for (const mention of named) {
        const introduction = introductionAt(sentence, mention.end);
        if (introduction === undefined || introductions.has(mention.who)) continue;
        introductions.set(mention.who, introduction.words);
        vote(mention.who, genderOfWords(introduction.words), 50);
      }
      // A pronoun means the one who was named last, where only one was.
      const [first] = mentions;
      const who = first?.kind === 'pronoun' ? before : new Set(named.map((one) => one.who)).size === 1 ? named[0]?.who : undefined;
      if (who !== undefined) for (const mention of mentions) if (mention.kind === 'pronoun' && !(first?.kind !== 'pronoun' && isObject(sentence, mention)) && mention.start >= (first?.kind === 'pronoun' ? 0 : (named[0]?.start ?? 0))) vote(who, mention.gender, 1);
      const others = mentions.some(({ kind }) => kind === 'figure');
      before = named.length > 0 ? (new Set(named.map((one) => one.who)).size === 1 && !others ? named[0]?.who : undefined) : others ? undefined : before;
    }
  }
  return new People(
    nameless.map((person) => {
      const { name } = person;
      const introduction = introductions.get(name);
      const all = [name, ...person.aliases];
      const title = all.map((one) => genderOfTitle(one)).find((one) => one !== 'unknown');
      const first = all.map((one) => genderOfFirstName(one)).find((one) => one !== 'unknown');
      // `Tom stops in front of her suitcase`: a pronoun can be another's, so it takes many of them against a first name.
      const sum = (votes.get(name) ?? 0) + (first === 'female' ? OF_A_FIRST_NAME : first === 'male' ? -OF_A_FIRST_NAME : 0);
      const gender = title ?? (sum > 0 ? 'female' : sum < 0 ? 'male' : 'unknown');
      return { ...person, gender, ...(introduction === undefined ? {} : { introduction }) };
    }),
    { narrator, language },
  );
}

/** So many pronouns say as much as a first name that only women or only men have. */
const OF_A_FIRST_NAME = 8;

/** `Pip holds a torch for her`: somebody else. */
function isObject(sentence: string, { start, end, possessive }: Mention): boolean {
  return !possessive && /^(?:her|him|them)$/iu.test(sentence.slice(start, end));
}

/** `Mrs. Bell`, `Tom's wife`, `Old woman`: by the noun that stands last, or the title that stands first. */
function genderOfTitle(name: string): Gender {
  const words = name.toLowerCase().replaceAll('.', '').split(' ');
  const first = genderOfWords(words[0] ?? '');
  if (/^(?:mrs|miss|ms|mr|sir|lady|lord|king|queen|prince|princess)$/.test(words[0] ?? '')) return first;
  return genderOfWords(words.at(-1) ?? '');
}

/** The last word of a name, where nobody else has it and it is no common noun: Tom for Old Tom. */
function aliasesOf(persons: readonly OnePerson[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  const spellings = new Set(persons.flatMap(({ name, others }) => [name, ...others]));
  for (const { name, others } of persons) {
    const words = [name, ...others].flatMap((one) => one.split(' ')).filter((word) => /^\p{Lu}[\p{L}\p{M}'’-]+$/u.test(word) && !isFigure(word.toLowerCase()) && !/^(?:mr|mrs|ms|miss|dr|sir|lady|lord|old|young|little|big|captain|sergeant|detective|officer|doctor|professor|the)$/iu.test(word));
    for (const word of new Set(words)) owners.set(word, [...(owners.get(word) ?? []), name]);
  }
  const aliases = new Map<string, string[]>();
  for (const [word, whose] of owners) {
    const [name] = whose;
    if (whose.length === 1 && name !== undefined && name !== word && !spellings.has(word)) aliases.set(name, [...(aliases.get(name) ?? []), word]);
  }
  return aliases;
}

/** Records of the people, as a cast file would have them. Names alone say nothing to a model, but tell the shots of each. */
export function castOfPeople({ persons }: People): WrittenCharacter[] {
  return persons.map(({ name, gender, introduction }) => {
    const words = castWords(introduction, gender);
    return { name, ...(words === undefined ? {} : { words }) };
  });
}
