import type { Gender, Mention } from './mention.ts';
import { isFirstPerson, type People } from './people.ts';

/** A sentence with everybody it means. */
export interface WhoIsMeant {
  /** Everybody who is seen in it, by name or description; the one who acts first. */
  seen: string[];
  /** Who acts; missing where things do. */
  subject?: string;
  /** Where somebody stands by name or description. */
  named: { who: string; start: number }[];
  /** Pronouns that a picture of its own cannot know, with who they are. */
  pronouns: { start: number; end: number; who: string; words: string }[];
}

const NOT_SEEN_BEFORE = /\b(?:about|of|without|than|like|for|named|called|remembers?|remembered|thinks? of|misses|missed|expects?|awaits?|phones?|calls?|texts?)\s+$/iu;
const BEHIND_PREPOSITION = /\b(?:at|to|with|from|behind|beside|near|by|toward|towards|past|around|between|over|under|against|into|onto|on|in|after|before|beyond|above|below|across)\s+$/iu;
const TOLD_OF = /^\s+(?:had|would|could|might|used to|should|will|has)\b/iu;
const FOR_OTHERS = /\b(?:for|to|at|with|from|against|past|towards?)\s$/iu;
const IS_SUBJECT = /^(?:he|she|they|i|er|sie|il|elle|él|ella|lui|lei)$/u;
/** In other languages than English fewer people are found by name; then whoever acts is called by the pronoun. */
const ACTS_ELSEWHERE = /^(?:er|sie|il|elle|él|ella|lui|lei)$/u;

/** Follows who is spoken of through a scene, so that `she` has a name. Knows nothing of other scenes. */
export class WhoFollower {
  /** The newest last. */
  private recent: { who: string; gender: Gender; spoke?: boolean }[] = [];
  private lastSubject: string | undefined;
  private lastSeen: string[] = [];
  /** Who acts in the sentence before, where somebody does. */
  private subjectBefore: string | undefined;

  private readonly people: People;

  constructor(people: People) {
    this.people = people;
  }

  newScene(): void {
    this.recent = [];
    this.lastSubject = undefined;
    this.subjectBefore = undefined;
    this.lastSeen = [];
  }

  /** Somebody who speaks is the last one spoken of. */
  speaks(who: string): void {
    this.remember(who, this.people.named(who)?.gender ?? 'unknown', true);
    this.lastSubject = who;
    this.lastSeen = [...new Set([who, ...this.lastSeen])];
  }

  /** @param told the sentence is in no picture: only whom it names is spoken of. */
  read(sentence: string, told = false): WhoIsMeant {
    const mentions = this.people.mentionsIn(sentence);
    const seen: string[] = [];
    const pronouns: WhoIsMeant['pronouns'] = [];
    const named = mentions.flatMap(({ kind, who, start }) => (kind === 'pronoun' ? [] : [{ who, start }]));
    let subject: string | undefined;
    const here: Here[] = [];
    for (const mention of mentions) {
      const who = mention.kind === 'pronoun' ? (this.referent(mention, sentence, here, subject) ?? (ACTS_ELSEWHERE.test(mention.who) ? mention.who : undefined)) : mention.who;
      if (who === undefined) continue;
      const before = sentence.slice(Math.max(0, mention.start - 60), mention.start);
      if (mention.kind === 'pronoun' && this.isSurely(mention, who, sentence)) pronouns.push({ start: mention.start, end: mention.end, who, words: wordsFor(who, mention) });
      // Whose eyes we look through is not seen.
      if (mention.possessive && /^['’]s?\s+(?:pov|point of view)\b/iu.test(sentence.slice(mention.end))) continue;
      // `the letter he had never meant to send`: he is only told of.
      if (NOT_SEEN_BEFORE.test(before) || (mention.kind === 'pronoun' && TOLD_OF.test(sentence.slice(mention.end)) && !opens(before))) continue;
      // `Millie, her maid, had been sent away`: words for the one before it.
      if (mention.kind === 'figure' && /\p{Lu}[\p{L}.’'-]*,\s$/u.test(before) && sentence.slice(mention.end).startsWith(',')) continue;
      here.push({ who, gender: mention.gender, owns: mention.possessive });
      if (!seen.includes(who)) seen.push(who);
      const acts = mention.kind === 'pronoun' ? IS_SUBJECT.test(sentence.slice(mention.start, mention.end).toLowerCase()) || (mention.possessive && subject === undefined && opens(before)) : !BEHIND_PREPOSITION.test(before);
      if (subject === undefined && acts) subject = who;
    }
    const isSpokenOf = (who: string) => this.people.named(who) !== undefined || (who === subject && /^[“"]?the\s/iu.test(sentence));
    for (const { who, gender } of here) if (!told || isSpokenOf(who)) this.remember(who, gender);
    if (subject !== undefined && (!told || isSpokenOf(subject))) this.lastSubject = subject;
    if (seen.length > 0 && !told) this.lastSeen = seen;
    this.subjectBefore = subject;
    const ordered = subject === undefined ? seen : [subject, ...seen.filter((who) => who !== subject)];
    return { seen: ordered.flatMap((who) => who.split(AND)), ...(subject === undefined ? {} : { subject }), named, pronouns };
  }

  /** Elsewhere than in English a lamp may be a she: there only who acted in the sentence before is named. */
  private isSurely({ who: pronoun, start }: Mention, who: string, sentence: string): boolean {
    return !ACTS_ELSEWHERE.test(pronoun) || (who === this.subjectBefore && this.people.named(who) !== undefined && !sentence.slice(0, start).endsWith('-'));
  }

  /** Whom a pronoun means: the one who acted last, if the pronoun fits, else the newest that fits. */
  private referent({ who: narrator, gender, start, end, possessive }: Mention, sentence: string, here: readonly Here[], acts: string | undefined): string | undefined {
    const word = sentence.slice(start, end).toLowerCase();
    if (isFirstPerson(word)) return narrator;
    if (/^(?:they|them|their|theirs)$/.test(word)) {
      // Theirs and them are as often things; who they are is asked where they act.
      if (word !== 'they') return undefined;
      const together = [...new Set((here.length === 0 ? this.lastSeen : here.map(({ who }) => who)).flatMap((who) => who.split(AND)))];
      if (together.length > 1) return together.length > MOST_TOGETHER ? undefined : together.join(AND);
      return here[0]?.who ?? (this.lastSubject !== undefined && PLURAL.test(this.lastSubject) ? this.lastSubject : undefined);
    }
    // Whoever says `I` is no he.
    const fits = (one: { who: string; gender: Gender }) => one.who !== this.people.narrator && !PLURAL.test(one.who) && (this.genderOf(one) === gender || this.genderOf(one) === 'unknown');
    // `Pip holds a torch for her`: for somebody else.
    const other = /^(?:her|him)$/.test(word) && !possessive && FOR_OTHERS.test(sentence.slice(Math.max(0, start - 12), start)) ? acts : undefined;
    const doer = here.find((one) => one.who === acts && one.who !== other && fits(one)) ?? here.find((one) => !one.owns && one.who !== other && fits(one));
    if (doer !== undefined) return doer.who;
    const owner = here.find((one) => one.who !== other && fits(one));
    if (owner !== undefined && (!IS_SUBJECT.test(word) || this.lastSubject === undefined)) return owner.who;
    // `one of them had a coat over his shoulders`: somebody here whom the words do not name.
    if (here.some((one) => this.genderOf(one) === 'unknown') && !IS_SUBJECT.test(word)) return undefined;
    const subject = this.recent.findLast(({ who }) => who === this.lastSubject && who !== other);
    const surely = (one: { who: string; gender: Gender }) => one.who !== this.people.narrator && !PLURAL.test(one.who) && this.genderOf(one) === gender;
    // A goose or a child may be a she; a girl is one. So is she who was with somebody of whom nothing tells.
    const near = this.recent.slice(-3).findLast((one) => one.who !== other && surely(one) && this.people.named(one.who) !== undefined);
    const mayBe = subject !== undefined && fits(subject) && (surely(subject) || (near === undefined && (subject.spoke === true || this.people.named(subject.who) !== undefined))) ? subject : undefined;
    const found = mayBe ?? near ?? this.recent.findLast((one) => surely(one)) ?? (subject !== undefined && fits(subject) ? subject : (this.recent.findLast((one) => fits(one) && this.people.named(one.who) !== undefined) ?? this.recent.findLast((one) => fits(one))));
    if (found !== undefined && found.gender === 'unknown') found.gender = gender;
    return found?.who;
  }

  private genderOf({ who, gender }: { who: string; gender: Gender }): Gender {
    return gender === 'unknown' ? (this.people.named(who)?.gender ?? 'unknown') : gender;
  }

  private remember(who: string, gender: Gender, spoke = false): void {
    const known = this.recent.findIndex((one) => one.who === who);
    const [before] = known < 0 ? [] : this.recent.splice(known, 1);
    this.recent.push({ who, gender: gender === 'unknown' ? (before?.gender ?? 'unknown') : gender, spoke: spoke || before?.spoke === true });
    // Whoever was not spoken of for so long is meant by no pronoun.
    if (this.recent.length > 8) this.recent.shift();
  }
}

interface Here {
  who: string;
  gender: Gender;
  /** `the stranger’s hands`. */
  owns: boolean;
}

/** More are a crowd, and named one by one nobody could draw them. */
const MOST_TOGETHER = 3;
const AND = ' and ';
const PLURAL = /\band\b|(?:\bmen|women|(?:[a-z]{3})men|people|children|boys|girls|twins|couple|crowd|audience|police|\b\p{Ll}*[^s]s)$/u;

const opens = (before: string): boolean => /^[\s“"'‘—–-]*(?:(?:then|and|but|now|suddenly|slowly),?\s+)*$/iu.test(before);

/** `Mara`, `Mara's`: as the pronoun stood. */
function wordsFor(who: string, { possessive }: Mention): string {
  return possessive ? `${who}${who.endsWith('s') ? '’' : '’s'}` : who;
}
