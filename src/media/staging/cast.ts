import type { CastMember, ScreenSide } from '../clip-picture.ts';
import { readLooks, type Looks } from './looks.ts';
import { findPeople, samePerson } from './people-words.ts';
import { wordsAbout } from './person.ts';

/** What the cast is read from; a shot as a script or a store has it. */
export interface CastShot {
  prompt: string;
  /** Names given with the shot: exactly these are in it, as far as the prompt says that anybody is. */
  cast?: readonly string[] | undefined;
}

// Apart from each other in hue and brightness, in this order, on skies and on walls by day and by night.
const COLOURS = ['#d6453d', '#2f6fd0', '#e3a21a', '#2c9c6a', '#8b4fc0', '#e2711d', '#1fa5b8', '#d9579b', '#7a9a1f', '#8a5a3b', '#5b63d6', '#c2b04a', '#b03a6f', '#4f8f8b', '#a36ad9', '#6f7f95'] as const;

/**
 * The film's characters in the order in which they appear: names given with the shots, names and roles ("the old sailor")
 * found in the prompts. Each has one colour and one side of the frame; two who share shots get different sides.
 */
export function castOfFilm(shots: readonly CastShot[]): CastMember[] {
  const given = unique(shots.flatMap(({ cast }) => cast ?? []));
  // A name that acts somewhere is known everywhere, also where it only stands in a list.
  const named = unique([...given, ...shots.flatMap(({ prompt }) => findPeople(prompt, given).persons.filter(({ named: isName }) => isName).map(({ name }) => name))]);
  // Somebody with two names is called by the one that he has elsewhere.
  const known = named.filter((name) => !(name.includes(' ') && named.some((other) => !other.includes(' ') && samePerson(other, name) && !given.includes(name))));
  const present = shots.map(({ prompt, cast }) => (cast && cast.length > 0 ? unique(cast) : namesInShot(prompt, known)));
  const names = unique(present.flat());
  const sides = sidesOf(names, present);
  const looks = looksOfAll(names, shots);
  return names.map((name, index) => ({ name, colour: colourAt(index), side: sides.get(name.toLowerCase()) ?? 'centre', ...nonEmpty(looks.get(name)) }));
}

/** Who of the film's cast is in one shot. */
export function castOfShot(cast: readonly CastMember[], shot: CastShot): CastMember[] {
  const names = shot.cast && shot.cast.length > 0 ? unique(shot.cast) : namesInShot(shot.prompt, cast.map(({ name }) => name));
  return names.flatMap((name) => cast.find((member) => member.name.toLowerCase() === name.toLowerCase()) ?? []);
}

/**
 * Who of the film's cast is in each of its shots, those included whom a shot only calls he, she or they: the ones who were
 * seen last and fit.
 */
export function castOfShots(cast: readonly CastMember[], shots: readonly CastShot[]): CastMember[][] {
  const names = cast.map(({ name }) => name);
  let seen: CastMember[] = [];
  return shots.map((shot) => {
    const members = castOfShot(cast, shot);
    if (!shot.cast || shot.cast.length === 0) {
      for (const { key } of findPeople(shot.prompt, names).persons) {
        const wanted = key === 'she' ? 'woman' : key === 'he' ? 'man' : undefined;
        const others = seen.filter((member) => !members.includes(member));
        const fits = key === 'they' ? others[0] : wanted && (others.find(({ looks }) => looks?.gender === wanted) ?? others.find(({ looks }) => looks?.gender === undefined));
        if (fits) members.push(fits);
      }
    }
    seen = [...members, ...seen.filter((member) => !members.includes(member))];
    return members;
  });
}

/** What all shots together say of each: the first word for hair and beard; man or woman by most of them. */
function looksOfAll(names: readonly string[], shots: readonly CastShot[]): Map<string, Looks> {
  const all = new Map<string, Looks>(names.map((name) => [name, {}]));
  const votes = new Map<string, number>();
  for (const { prompt } of shots) {
    const { persons } = findPeople(prompt, names);
    for (const person of persons) {
      const name = names.find((one) => one.toLowerCase() === person.name.toLowerCase());
      if (name === undefined) continue;
      const { gender, ...looks } = readLooks(wordsAbout(prompt, person));
      const own = person.gender === 'unknown' ? (gender ?? onlyOne(persons, prompt)) : person.gender;
      if (own !== undefined) votes.set(name, (votes.get(name) ?? 0) + (own === 'woman' ? 1 : -1));
      all.set(name, { ...looks, ...(person.child ? { child: true } : {}), ...all.get(name) });
    }
  }
  for (const [name, vote] of votes) if (vote !== 0) all.set(name, { ...all.get(name), gender: vote > 0 ? 'woman' : 'man' });
  return all;
}

/** Of the only one in a shot a "her" is hers. */
function onlyOne(persons: readonly unknown[], prompt: string): 'man' | 'woman' | undefined {
  const [her, his] = [/\b(?:her|she)\b/iu.test(prompt), /\b(?:his|he|him)\b/iu.test(prompt)];
  return persons.length === 1 && her !== his ? (her ? 'woman' : 'man') : undefined;
}

function nonEmpty(looks: Looks | undefined): Pick<CastMember, 'looks'> {
  return looks && Object.keys(looks).length > 0 ? { looks } : {};
}

function namesInShot(prompt: string, known: readonly string[]): string[] {
  return unique(findPeople(prompt, known).persons.map(({ name }) => name).filter((name) => name !== ''));
}

/** The colour of somebody whose film is not known: always the same for a name; `step` leads to other ones where it is taken. */
export function colourOfName(name: string, step = 0): string {
  let hash = 0x811c9dc5;
  for (const letter of name.toLowerCase()) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return COLOURS[((((hash >>> 16) ^ hash) >>> 0) + step) % COLOURS.length] ?? COLOURS[0];
}

/** Distinguishable for as many as a film has: after the table, hues a golden angle apart. */
export function colourAt(index: number): string {
  const fixed = COLOURS[index];
  if (fixed !== undefined) return fixed;
  const hue = (index * 137.508) % 360;
  const channel = (offset: number): string => {
    const turn = (offset + hue / 30) % 12;
    return Math.round(255 * (0.5 - 0.24 * Math.max(-1, Math.min(turn - 3, 9 - turn, 1)))).toString(16).padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

/** Opposite sides for those who are most often in a shot together; whoever is always alone keeps to the left. */
function sidesOf(names: readonly string[], present: readonly (readonly string[])[]): Map<string, ScreenSide> {
  const sides = new Map<string, ScreenSide>();
  const pairs = new Map<string, { one: string; other: string; shots: number }>();
  for (const shot of present) {
    for (const [index, one] of shot.entries()) {
      for (const other of shot.slice(index + 1)) {
        const pair = [one.toLowerCase(), other.toLowerCase()] as [string, string];
        const key = pair.toSorted().join('|');
        pairs.set(key, { one: pair[0], other: pair[1], shots: (pairs.get(key)?.shots ?? 0) + 1 });
      }
    }
  }
  for (const { one, other } of Array.from(pairs.values()).sort((first, second) => second.shots - first.shots)) {
    const side = sides.get(one);
    const across = sides.get(other);
    if (side === undefined && across === undefined) sides.set(one, 'left').set(other, 'right');
    else if (side === undefined) sides.set(one, opposite(across, sides.size));
    else if (across === undefined) sides.set(other, opposite(side, sides.size));
  }
  for (const [index, name] of names.entries()) if (!sides.has(name.toLowerCase())) sides.set(name.toLowerCase(), index % 2 === 0 ? 'left' : 'right');
  return sides;
}

function opposite(side: ScreenSide | undefined, placed: number): ScreenSide {
  if (side === 'left') return 'right';
  return side === 'right' ? 'left' : placed % 2 === 0 ? 'left' : 'right';
}

function unique(names: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const name of names.map((one) => one.trim())) if (name !== '' && !seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name);
  return Array.from(seen.values());
}
