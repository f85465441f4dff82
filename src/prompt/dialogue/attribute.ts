import { confirmRows } from './confirm-rows.ts';
import { genderOfFirstName, type Gender } from './first-names.ts';
import { isProperName } from './find-names.ts';
import { isVoice } from './heard-as.ts';
import type { Person } from './mention.ts';
import type { People } from './people.ts';
import type { Tag } from './tags.ts';
import type { Attribution, Given, Speech, Turn } from './turns.ts';
import type { SpeakerSource } from './types.ts';

/** More narration than this between two turns, and nobody knows any more whose turn it is. */
const LONGEST_PAUSE_LETTERS = 250;
/** `his wife` is Mrs. Bennet, also when she was named a while ago. */
const KIN_REACH_LETTERS = 6000;
/** How far back a pronoun looks for its person. */
const PRONOUN_REACH_LETTERS = 2500;

/** What a line of the teller's is worth who is called by a first name or by none: in 25 of 58 such lines LitBank has another name. */
const UNNAMED_TELLER = 0.78;

/** Says who speaks, speech by speech, in the order of the text. */
export function attribute(text: string, speeches: readonly Speech[], people: People, narratorSpeaks: boolean): Map<Speech, Attribution> {
  const turns = turnsOf(speeches);
  const teller = narratorSpeaks ? people.personOf(people.narrator ?? 'Narrator') : undefined;
  // That the teller speaks is sure; by which name, only where there is more than a first name.
  const tellerIsNamed = teller?.fromCast === true || (people.narrator !== undefined && (people.narrator.includes(' ') || genderOfFirstName(people.narrator) === 'unknown'));
  const result = new Map<Speech, Attribution>();
  for (const [at, turn] of turns.entries()) {
    turn.given = ofTurn(turn, turns, at);
    if (turn.given.speaker === undefined) turn.given = byAlternation(turns, at) ?? turn.given;
  }
  // Whose turn it was shows often only later: `“And if I don’t?”` before `she said`.
  for (let at = turns.length - 1; at >= 0; at -= 1) {
    const turn = turns[at];
    if (turn?.given !== undefined && turn.given.speaker === undefined) turn.given = byAlternation(turns, at, 1) ?? turn.given;
  }
  confirmRows(turns, isNear, { isNamed: (person) => people.isNamed(person), teller });
  if (!tellerIsNamed) for (const { given } of turns) if (given?.person !== undefined && given.person === teller) given.confidence = Math.min(given.confidence, UNNAMED_TELLER);
  for (const turn of turns) spread(turn, result);
  return result;

  function ofTurn(turn: Turn, all: readonly Turn[], at: number): Given {
    const labelled = turn.speeches.find(({ label }) => label !== undefined);
    if (labelled?.label?.speaker !== undefined) return named(labelled.label.speaker, labelled.label.source, 0.95, `the label in front: ${labelled.label.speaker}`);
    const tagged = turn.speeches.find(({ tag }) => tag !== undefined);
    if (tagged?.tag !== undefined) return byTag(tagged.tag, tagged.candidate.outerStart, all, at, false);
    const acting = turn.speeches.find(({ actor }) => actor !== undefined);
    if (acting?.actor !== undefined) return byTag(acting.actor, acting.candidate.outerStart, all, at, true);
    return { source: 'unknown', confidence: 0.3, evidence: 'nothing beside it says who speaks' };
  }

  function named(written: string, source: SpeakerSource, confidence: number, evidence: string): Given {
    const person = people.personOf(written);
    // A description is said as it stands here: `the old man`, `The older one`.
    return { speaker: people.isNamed(person) ? person.name : written.replaceAll(/\s+/g, ' '), source, confidence, evidence, person };
  }

  function byTag(tag: Tag, position: number, all: readonly Turn[], at: number, acts: boolean): Given {
    const evidence = acts ? `acts beside it: ${tag.words}` : `the tag: ${tag.words}`;
    if (tag.pronoun === undefined) {
      const isName = isProperName(tag.subject);
      const described = isName ? undefined : byDescription(tag.subject, position, all, at);
      const base = tag.shared === true ? 0.76 : acts ? 0.7 : isName ? 0.95 : mayBeNamed(tag.subject, position) ? 0.76 : 0.82;
      if (described !== undefined) return { speaker: described.person.name, source: acts ? 'action' : 'tag', confidence: described.confidence, evidence: `${evidence}; ${tag.subject} is ${described.person.name}: ${described.why}`, person: described.person };
      return named(tag.subject, acts ? 'action' : 'tag', base, evidence);
    }
    if (tag.subject.toLowerCase() === 'i' || tag.subject.toLowerCase() === 'je') {
      if (!narratorSpeaks) return { speaker: tag.subject, source: acts ? 'action' : 'tag', confidence: 0.6, evidence };
      const name = people.narrator ?? 'Narrator';
      return { ...named(name, acts ? 'action' : 'tag', acts ? 0.5 : 0.82, `${evidence} (the one who tells the story)`), speaker: name };
    }
    if (tag.pronoun === 'other') return acts ? { source: 'unknown', confidence: 0.3, evidence } : { speaker: tag.subject, source: 'tag', confidence: 0.5, evidence };
    const gender: Gender = tag.pronoun === 'he' ? 'male' : 'female';
    const found = resolve(gender, position, all, at);
    if (found === undefined) return acts ? { source: 'unknown', confidence: 0.3, evidence } : { speaker: tag.subject, source: 'pronoun', confidence: 0.4, evidence };
    if (found.person.gender === 'unknown') found.person.gender = gender;
    return { speaker: found.person.name, source: acts ? 'action' : 'pronoun', confidence: Math.max(0.3, found.confidence - (acts ? 0.15 : 0)), evidence: `${evidence}; ${tag.subject} is ${found.person.name}: ${found.why}`, person: found.person };
  }

  /** Whether a description may be somebody who has a name here: then the words are right, and who it is stays open. */
  function mayBeNamed(description: string, position: number): boolean {
    const gender = people.genderOfWords(description);
    return people.before(position, KIN_REACH_LETTERS, 12).some(({ person }) => people.isNamed(person) && (gender === 'unknown' || person.gender === 'unknown' || person.gender === gender));
  }

  /** `the young man`, where one man with a name is talked of; `the ferryman`, where none is, stays who he is. */
  function byDescription(description: string, position: number, all: readonly Turn[], at: number): { person: Person; confidence: number; why: string } | undefined {
    const titled = people.byTitle(description);
    if (titled !== undefined) return { person: titled, confidence: 0.8, why: 'the only one with that title' };
    if (!/^(?:the|his|her|this|my|our|their)\s/i.test(description)) return undefined;
    const kin = /\s(?:(wife|lady|mother)|(husband|father))$/i.exec(description);
    if (kin !== null) {
      const wanted: Gender = kin[1] === undefined ? 'male' : 'female';
      const called = all[at]?.addressed;
      const partner = called === undefined ? undefined : people.spouseOf(called);
      if (called !== undefined && partner !== undefined && people.genderOfWords(partner.name) === wanted) return { person: partner, confidence: 0.82, why: `calls ${called.name} by name` };
      const near = people.before(position, KIN_REACH_LETTERS, 12).map(({ person }) => person);
      const recent = all.slice(Math.max(0, at - 4), at).reverse().flatMap(({ given }) => given?.person ?? []);
      const spouse = [...recent, ...near].map((person) => people.spouseOf(person)).find((person) => person !== undefined && people.genderOfWords(person.name) === wanted);
      const relative = spouse ?? near.find((person) => /^Mrs?\.?\s/.test(person.name) && people.genderOfWords(person.name) === wanted && all[at - 1]?.given?.person !== person);
      return relative === undefined ? undefined : { person: relative, confidence: spouse === undefined ? 0.7 : 0.82, why: 'the one with that title in the family' };
    }
    const gender = people.genderOfWords(description);
    if (gender === 'unknown') return undefined;
    const found = resolve(gender, position, all, at);
    return found !== undefined && people.isNamed(found.person) && found.person.gender === gender ? { ...found, confidence: Math.min(found.confidence, 0.6) } : undefined;
  }

  /** The person behind he or she. */
  function resolve(gender: Gender, position: number, all: readonly Turn[], at: number): { person: Person; confidence: number; why: string } | undefined {
    const addressed = all[at]?.addressed;
    // `Her visitor` stands beside a woman who is somebody else.
    const isOther = (person: Person) => person.gender === 'unknown' && (gender === 'male' ? /^his\s/i : /^her\s/i).test(person.name);
    const fits = (person: Person) => person !== addressed && person !== teller && !isOther(person) && !isVoice(person.name) && (person.gender === gender || person.gender === 'unknown');
    const before = all.slice(Math.max(0, at - 4), at).reverse();
    const recent = before.flatMap((turn) => (turn.given?.person === undefined ? [] : [turn.given.person]));
    const lastTurn = before[0];
    const near = people.before(position, PRONOUN_REACH_LETTERS, 8);
    const sinceLast = near.filter(({ person }) => fits(person)).filter((mention) => mention.at >= (lastTurn?.end ?? 0));
    const sure = sinceLast.find(({ person, subject }) => subject && person.gender === gender) ?? sinceLast.find(({ person, oblique }) => !oblique && person.gender === gender);
    if (sure !== undefined) return { person: sure.person, confidence: 0.72, why: 'named just before' };
    const acting = people.actingBetween(Math.max(lastTurn?.end ?? 0, position - 400), position, gender);
    if (acting !== undefined && fits(acting)) return { person: acting, confidence: 0.62, why: 'acts just before' };
    // In a talk of two, the one who did not speak last.
    const [last, ...earlier] = recent;
    const other = earlier.find((person) => person !== last);
    if (lastTurn !== undefined && isNear(lastTurn, all[at]) && last !== undefined) {
      if (other !== undefined && fits(other) && (other.gender === gender || last.gender !== gender)) return { person: other, confidence: last.gender === gender ? 0.68 : 0.75, why: 'the other of the two who talk' };
      if (last.gender === gender && lastTurn.paragraph !== all[at]?.paragraph && other === undefined) {
        const another = near.find(({ person }) => person !== last && person.gender === gender);
        if (another !== undefined) return { person: another.person, confidence: 0.6, why: 'spoken of, and did not speak last' };
      }
    }
    const spoke = recent.find((person) => person.gender === gender) ?? recent.find((person) => fits(person) && people.isNamed(person) && !(person === last && lastTurn !== undefined && lastTurn.paragraph !== all[at]?.paragraph && isNear(lastTurn, all[at])));
    const mention = sinceLast[0] ?? near.find(({ person }) => person.gender === gender) ?? near.find(({ person }) => fits(person));
    if (spoke !== undefined && (mention === undefined || mention.person.gender !== gender)) return { person: spoke, confidence: 0.65, why: 'spoke before' };
    if (mention !== undefined) return { person: mention.person, confidence: mention.person.gender === gender ? 0.66 : 0.5, why: 'spoken of before' };
    const described = people.describedBefore(position, PRONOUN_REACH_LETTERS, gender);
    return described === undefined ? undefined : { person: described, confidence: 0.6, why: 'described before' };
  }

  function isNear(a: Turn | undefined, b: Turn | undefined): boolean {
    if (a === undefined || b === undefined) return false;
    const [first, second] = a.start < b.start ? [a, b] : [b, a];
    return narrationBetween(first.end, second.start) <= LONGEST_PAUSE_LETTERS;
  }

  function narrationBetween(from: number, to: number): number {
    const between = text.slice(from, Math.min(to, from + 4000));
    if (/\n\s*(?:\*\s*\*\s*\*|#{1,3}|---+|chapter\b)/i.test(between)) return Number.POSITIVE_INFINITY;
    return to - from;
  }

  /** Whom the speaker of a turn called by name, in it or a little before. */
  function calledBy(all: readonly Turn[], at: number): Person | undefined {
    const speaker = all[at]?.given?.person;
    for (let back = at; back >= Math.max(0, at - 4); back -= 1) {
      const turn = all[back];
      if (turn?.addressed !== undefined && (back === at || (speaker !== undefined && turn.given?.person === speaker && isNear(turn, all[back + 1])))) return turn.addressed;
    }
    return undefined;
  }

  /** Two people take turns; `step` 1 reads from the end. */
  function byAlternation(all: readonly Turn[], at: number, step = -1): Given | undefined {
    const [turn, next, beyond] = [all[at], all[at + step], all[at + 2 * step]];
    if (turn === undefined || next === undefined || !isNear(turn, next)) return undefined;
    const called = calledBy(all, at + step);
    if (called !== undefined && called !== next.given?.person && called !== turn.addressed && beyond?.given?.person !== called && (beyond?.given?.person === undefined || beyond.given.person === turn.addressed || !isNear(next, beyond))) return { speaker: called.name, source: 'alternation', confidence: 0.7, evidence: `was called by name by ${next.given?.speaker ?? 'the other'}`, person: called };
    if (beyond?.given?.person !== undefined && beyond.given.person !== turn.addressed && isNear(next, beyond) && beyond.given.person !== next.given?.person) {
      const confidence = Math.max(0.35, Math.min(0.75, beyond.given.confidence) - 0.03);
      return { speaker: beyond.given.speaker ?? '', source: 'alternation', confidence, evidence: `takes turns with ${next.given?.speaker ?? 'somebody'}`, person: beyond.given.person };
    }
    if (next.given?.person === undefined) return undefined;
    const others = new Set(all.slice(Math.max(0, at - 6), at + 6).flatMap(({ given }) => (given?.person === undefined || given.person === next.given?.person || given.person === turn.addressed ? [] : [given.person])));
    if (others.size !== 1) return undefined;
    const [person] = others;
    return person === undefined ? undefined : { speaker: person.name, source: 'alternation', confidence: 0.55, evidence: `answers ${next.given.speaker ?? ''}, and only two talk here`, person };
  }

  /** A turn's speaker says all of it, but where another label or tag stands beside a speech. */
  function spread(turn: Turn, into: Map<Speech, Attribution>): void {
    for (const speech of turn.speeches) {
      const given = turn.given ?? { source: 'unknown' as const, confidence: 0.3, evidence: '' };
      const own = speech.label !== undefined || speech.tag !== undefined || turn.speeches.length === 1 || given.source === 'unknown' || given.source === 'alternation';
      into.set(speech, {
        ...(given.speaker === undefined ? {} : { speaker: given.speaker }),
        source: own ? given.source : 'continued',
        confidence: own ? given.confidence : Math.max(0.3, given.confidence - 0.02),
        evidence: own ? given.evidence : `the same turn; ${given.evidence}`,
      });
    }
  }

  function turnsOf(list: readonly Speech[]): Turn[] {
    const found: Turn[] = [];
    for (const speech of list) {
      const { paragraph, lastParagraph, outerStart, outerEnd } = speech.candidate;
      const last = found.at(-1);
      if (last !== undefined && last.lastParagraph === paragraph && (speech.continues || !isOtherSpeaker(last, speech))) {
        last.speeches.push(speech);
        last.end = outerEnd;
        last.lastParagraph = lastParagraph;
      } else found.push({ speeches: [speech], paragraph, lastParagraph, start: outerStart, end: outerEnd, addressed: undefined });
    }
    for (const turn of found) turn.addressed = people.addressedIn(turn.speeches.flatMap(({ candidate }) => candidate.parts.map(([start, end]) => text.slice(start, end))).join(' '));
    return found;
  }

  /** In one paragraph another label, another tag or another dash is another speaker. */
  function isOtherSpeaker(turn: Turn, speech: Speech): boolean {
    if (speech.candidate.mark === 'dash' || speech.candidate.mark === 'corner' || turn.speeches.at(-1)?.candidate.mark === 'dash') return true;
    if (speech.label !== undefined) return true;
    if (speech.tag === undefined) return false;
    const before = turn.speeches.findLast(({ tag, label }) => tag !== undefined || label !== undefined);
    if (before === undefined) return false;
    const earlier = before.label?.speaker ?? before.tag?.subject;
    if (speech.tag.pronoun !== undefined && before.tag?.pronoun === undefined && speech.tag.pronoun !== 'other') {
      const gender = people.personOf(earlier ?? '').gender;
      return gender !== 'unknown' && gender !== (speech.tag.pronoun === 'he' ? 'male' : 'female');
    }
    return speech.tag.pronoun === undefined ? earlier !== speech.tag.subject : before.tag?.pronoun !== undefined && before.tag.pronoun !== speech.tag.pronoun;
  }
}
