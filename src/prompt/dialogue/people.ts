import { castForms, keyOf, type CastMember } from './cast-names.ts';
import { genderOfFirstName, type Gender } from './first-names.ts';
import { findNames, isProperName } from './find-names.ts';
import { countBefore, isOblique, opensClause, opensSentence, type Mention, type Person } from './mention.ts';
import { peoplePatternsOf, type PeoplePatterns } from './people-patterns.ts';

const WINDOW_LETTERS = 120;
const NAME = String.raw`(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Aunt|Uncle|Sister|Brother|Captain)\.?\s)?\p{Lu}[\p{L}’'-]{1,24}(?:\s\p{Lu}[\p{L}’'-]{1,24}){0,2}`;
const SECOND_NAME = new RegExp(String.raw`(?<![\p{L}’'-])(${NAME}),\s(?:or|alias|called|nicknamed|(?:better\s)?known\sas)\s(${NAME})(?=[,.;)]|\s(?:as|for)\s)`, 'gu');
/** What stands between two names of one person. */
const SECOND_NAME_AHEAD = /,\s(?:or|alias|called|nicknamed|better|known)\s/;
const VOCATIVE = /(^|[,.!?;:—–-]["'“‘]?\s*|(?<!\p{L})(?:[Dd]ear|[Oo]h|[Nn]o|[Yy]es|[Ww]ell|[Pp]oor|[Oo]ld|[Cc]ousin)\s)((?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Captain|Master|Aunt|Uncle)\.?\s)?\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)?)(?=\s?[,!?;.—]|$)/gu;
const BARE_TITLE = /^(?:Mrs?|Ms|Miss|Dr|Sir|Lady|Captain|Master|Aunt|Uncle)$/;

/** Who is in a text: names with their forms, their genders, and where the narrator speaks of them. */
export class People {
  private readonly byKey = new Map<string, Person>();
  /** Who has this word in their name, the fullest first. */
  private readonly byWord = new Map<string, Person[]>();
  private readonly mentions: Mention[] = [];
  private readonly language: string;
  private readonly patterns: PeoplePatterns;

  /** The one who tells the story, where the others call them by name and they never do. */
  readonly narrator: string | undefined;
  private readonly onlyDoctor: Person | undefined;
  /** How often a name is called out in speech: `You see, Watson,`. */
  private readonly called = new Map<string, number>();
  private readonly inNarration = new Set<string>();
  private readonly forms: string[] = [];
  /** Somebody described and not named. */
  private readonly described: Mention[] = [];

  constructor(text: string, narration: string, language: string, cast: readonly CastMember[]) {
    this.language = language;
    this.patterns = peoplePatternsOf(language);
    this.addCast(cast);
    this.readNames(text, narration);
    this.readDescriptions(narration);
    this.narrator = this.findNarrator();
    this.onlyDoctor = this.findOnlyDoctor();
  }

  /** The nearest description of a person before a place: `a detective` for a later `he`. */
  describedBefore(at: number, reachLetters: number, gender: Gender): Person | undefined {
    const end = countBefore(this.described, at);
    for (let index = end - 1; index >= 0 && end - index < 12; index -= 1) {
      const mention = this.described[index];
      if (mention === undefined || at - mention.at > reachLetters) return undefined;
      if (mention.person.gender === gender || mention.person.gender === 'unknown') return mention.person;
    }
    return undefined;
  }

  /** Who is described and not named, and acts, between two places; the last of them. */
  actingBetween(from: number, to: number, gender: Gender): Person | undefined {
    for (let index = countBefore(this.described, to) - 1; index >= 0; index -= 1) {
      const mention = this.described[index];
      if (mention === undefined || mention.at < from) return undefined;
      if (mention.subject && mention.person.gender === gender) return mention.person;
    }
    return undefined;
  }

  private readDescriptions(narration: string): void {
    for (const match of narration.matchAll(this.patterns.described)) {
      const written = match[0].replaceAll(/\s+/g, ' ');
      const key = keyOf(written);
      const person = this.byKey.get(key) ?? { name: written, gender: this.genderOfWords(written), fromCast: false };
      this.byKey.set(key, person);
      this.described.push({ at: match.index, person, subject: opensClause(narration, match.index), oblique: isOblique(narration, match.index) });
    }
  }

  /** The person of a name or description; a new one if nobody has it. */
  personOf(written: string): Person {
    const name = written.replaceAll(/\s+/g, ' ').trim();
    const known = this.byKey.get(keyOf(name)) ?? this.byKey.get(this.withoutTitle(name)) ?? (/^\p{Lu}\p{L}+$/u.test(name) ? this.byWord.get(keyOf(name))?.[0] : undefined);
    if (known !== undefined) return known;
    const person: Person = { name, gender: this.genderOfWords(name), fromCast: false };
    this.byKey.set(keyOf(name), person);
    return person;
  }

  /** Who is called by name in speech: `My dear Mr. Bennet, have you heard`. A name alone is an answer. */
  addressedIn(words: string): Person | undefined {
    const bare = words.replace(/[.,;\s]+$/u, '');
    for (const [whole, lead = '', name = ''] of words.matchAll(VOCATIVE)) {
      if (whole.length === bare.length || BARE_TITLE.test(name)) continue;
      const known = this.byKey.get(keyOf(name)) ?? this.byWord.get(keyOf(name))?.[0];
      if (known !== undefined && this.isNamed(known) && (lead === '' || !/^[.!?;:—–-]/u.test(lead) || /^[,!]/.test(words.slice(words.indexOf(whole) + whole.length)))) return known;
    }
    return undefined;
  }

  /** Those the narrator spoke of before a place, the nearest first, each once. */
  before(at: number, reachLetters: number, most: number): Mention[] {
    const end = countBefore(this.mentions, at);
    const found: Mention[] = [];
    for (let index = end - 1; index >= 0 && found.length < most && end - index < 40; index -= 1) {
      const mention = this.mentions[index];
      if (mention === undefined || at - mention.at > reachLetters) break;
      if (!found.some(({ person }) => person === mention.person)) found.push(mention);
    }
    return found;
  }

  /** The only one here with that trade in the title: the doctor is Dr. Archie. */
  byTitle(description: string): Person | undefined {
    return /(?:^|\s)(?:doctor|surgeon)$/i.test(description) ? this.onlyDoctor : undefined;
  }

  /** Mrs. Bennet for Mr. Bennet, and the other way round, where the text has both. */
  spouseOf(person: Person): Person | undefined {
    const [, title, family] = /^(Mrs?)\.?\s(?:.*\s)?(\p{Lu}\p{L}+)$/u.exec(person.name) ?? [];
    return title === undefined || family === undefined ? undefined : this.byKey.get(keyOf(`${title === 'Mr' ? 'Mrs' : 'Mr'} ${family}`));
  }

  private findNarrator(): string | undefined {
    let [best, most] = [undefined as string | undefined, 1];
    for (const [name, times] of this.called) if (times > most && !this.inNarration.has(name)) [best, most] = [name, times];
    // The fullest form the text has: Ralph is Ralph Percy.
    return best === undefined ? undefined : [...this.called.keys(), ...this.forms].filter((form) => form.split(' ')[0] === best).sort((one, other) => other.length - one.length)[0];
  }

  private findOnlyDoctor(): Person | undefined {
    const doctors = new Set([...this.byKey.values()].filter(({ name }) => /^(?:dr|doctor)\.?\s/i.test(name)));
    return doctors.size === 1 ? [...doctors][0] : undefined;
  }

  /** `Bingley` for `Mr. Bingley`: without its title a name is looked up as it is. */
  private withoutTitle(name: string): string {
    return keyOf(name).replace(this.patterns.leadingTitle, '');
  }

  isNamed(person: Person): boolean {
    return person.fromCast || isProperName(person.name);
  }

  genderOfWords(name: string): Gender {
    const [male, female] = [this.patterns.male.test(name), this.patterns.female.test(name)];
    const byName = male === female && /^\p{Lu}/u.test(name) ? genderOfFirstName(name.split(' of ', 1)[0] ?? name) : 'unknown';
    if (byName !== 'unknown') return byName;
    if (male === female && ['es', 'it', 'pt', 'ru'].includes(this.language) && /^\p{Lu}\p{Ll}+$/u.test(name)) return /[aая]$/u.test(name) ? 'female' : /[oйнрмв]$/u.test(name) ? 'male' : 'unknown';
    if (male === female) return /(?:^|\s)his\s/i.test(name) && /wife/i.test(name) ? 'female' : 'unknown';
    return male ? 'male' : 'female';
  }

  private addCast(cast: readonly CastMember[]): void {
    const persons = new Map<CastMember, Person>(cast.map((member) => [member, { name: member.name, gender: member.gender ?? this.genderOfWords(member.name), fromCast: true }]));
    for (const [form, member] of castForms(cast)) {
      const person = persons.get(member);
      if (person !== undefined) this.byKey.set(form, person);
    }
  }

  private readNames(text: string, narration: string): void {
    const named = [...findNames(text, narration, this.patterns)];
    // Full names first, so that shorter forms find them.
    for (const [name] of named.sort((a, b) => b[0].split(' ').length - a[0].split(' ').length)) this.addName(name);
    this.forms.push(...named.map(([name]) => name));
    this.mergeSecondNames(text);
    const firstAt = new Map<Person, number>();
    for (const [name, list] of named) {
      const person = this.personOf(name);
      const first = list[0] ?? 0;
      // People are called what they are called when the text first names them.
      if (!person.fromCast && first < (firstAt.get(person) ?? Number.POSITIVE_INFINITY)) {
        firstAt.set(person, first);
        person.name = name;
      }
      for (const at of list) {
        if (narration.charAt(at) === ' ') {
          const behind = text.charAt(at + name.length);
          if (/[,.!?;:—-]/.test(behind) && /(?:[,“"‘'—-]\s?|(?:dear|old|my|friend|doctor|cousin)\s)$/iu.test(text.slice(Math.max(0, at - 9), at))) this.called.set(name, (this.called.get(name) ?? 0) + 1);
          continue;
        }
        this.inNarration.add(name);
        this.mentions.push({ at, person, subject: opensSentence(narration, at), oblique: isOblique(narration, at) });
      }
    }
    this.mentions.sort((a, b) => a.at - b.at);
    this.voteGenders(narration);
  }

  private addName(name: string): void {
    const key = keyOf(name);
    const known = this.byKey.get(key);
    if (known !== undefined) return;
    const words = name.split(' ');
    const gender = this.genderOfWords(name);
    // `Holmes` is `Sherlock Holmes` where only one has that name; `Mrs. Hall` is not `Mr. Hall`.
    const sharing = this.byWord.get(words.length === 1 ? key : this.withoutTitle(name)) ?? [];
    const fitting = sharing.filter((other) => gender === 'unknown' || other.gender === 'unknown' || other.gender === gender);
    // Of two Lindens neither is Mr. Linden for sure.
    const same = sharing.length === 1 || words.length === 1 ? fitting[0] : this.startOf(name);
    const person = same ?? { name, gender, fromCast: false };
    this.byKey.set(key, person);
    if (same !== undefined) return;
    // `Sherlock Holmes` is Mr. Sherlock Holmes; whose Holmes is meant, two names together say.
    const untitled = this.withoutTitle(name);
    if (untitled.includes(' ') && !this.byKey.has(untitled)) this.byKey.set(untitled, person);
    for (let length = 2; length < words.length; length += 1) {
      const start = `start:${keyOf(words.slice(0, length).join(' '))}`;
      if (!this.byKey.has(start)) this.byKey.set(start, person);
    }
    for (const word of words) {
      const sharers = this.byWord.get(keyOf(word)) ?? [];
      this.byWord.set(keyOf(word), [...sharers.slice(0, 8), person]);
    }
  }

  /** `Miss Trotwood, or Miss Betsey, as my mother called her`: one person with two names. */
  private mergeSecondNames(text: string): void {
    if (!SECOND_NAME_AHEAD.test(text)) return;
    const merged = new Map<Person, Person>();
    for (const [, one = '', other = ''] of text.matchAll(SECOND_NAME)) {
      const [first, second] = [one, other].map((name) => this.byKey.get(keyOf(name)) ?? this.byWord.get(keyOf(name))?.[0]);
      if (first !== undefined && second !== undefined && first !== second && !second.fromCast && !merged.has(first) && !merged.has(second)) merged.set(second, first);
    }
    if (merged.size === 0) return;
    for (const [key, person] of this.byKey) this.byKey.set(key, merged.get(person) ?? person);
    for (const [word, persons] of this.byWord) this.byWord.set(word, [...new Set(persons.map((person) => merged.get(person) ?? person))]);
  }

  /** `Sir Henry` is `Sir Henry Curtis`, where one full name begins like that. */
  private startOf(name: string): Person | undefined {
    return this.byKey.get(`start:${keyOf(name)}`);
  }

  /** He or she: the first such word behind a name speaks for it, most often. */
  private voteGenders(narration: string): void {
    const votes = new Map<Person, number>();
    for (const [index, { at, person }] of this.mentions.entries()) {
      const end = Math.min(at + WINDOW_LETTERS, this.mentions[index + 1]?.at ?? Number.POSITIVE_INFINITY);
      const match = this.patterns.pronoun.exec(narration.slice(at, end));
      if (match !== null) votes.set(person, (votes.get(person) ?? 0) + (match[1] === undefined ? -1 : 1));
    }
    for (const [person, vote] of votes) {
      if (person.gender === 'unknown' && vote !== 0) person.gender = vote > 0 ? 'male' : 'female';
    }
  }
}
