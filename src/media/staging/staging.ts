import type { ClipPicture } from '../clip-picture.ts';
import { seededRandom } from '../seeded-random.ts';
import { moveOfShot, type StagedMove } from './camera-control.ts';
import { colourOfName } from './cast.ts';
import { partPrompt } from './character-notes.ts';
import { cameraGoesAlong, inStep, stageFigures, type Character, type StagedFigure } from './figures.ts';
import { findPeople } from './people-words.ts';
import type { Person } from './person.ts';
import { findLight, findSetting, readPlace, type Place, type Setting } from './place-words.ts';
import { findAngle, findEyepiece, findFraming, findSize, type CameraAngle, type Framing, type ShotSize } from './shot-words.ts';
import { findStairs, findUmbrellas } from './prop-words.ts';
import { findThings, type Thing } from './thing-words.ts';

/** What a storyboard artist takes from a shot's words. */
export interface Staging {
  size: ShotSize;
  framing: Framing;
  eyepiece: 'eyes' | 'binoculars' | 'telescope';
  angle: CameraAngle;
  place: Place;
  /** The one whom the shot is about first; over a shoulder the second one is seen from behind. */
  figures: StagedFigure[];
  crowd: boolean;
  /** Asked for from the side. */
  profile: boolean;
  /** Animals, vehicles and buildings; in an insert, objects. */
  things: Thing[];
  move: StagedMove;
  /** It goes with those who are seen, also where they do not walk. */
  along: boolean;
  /** People are at a table. */
  table: boolean;
  /** Stairs, and which way somebody goes on them. */
  stairs: 'up' | 'down' | undefined;
  /** How many of them, the first ones, hold an open umbrella. */
  umbrellas: number;
  /** An extreme close-up of the mouth, not of the eyes. */
  mouth: boolean;
  /** They are in a boat. */
  aboard: boolean;
}

export type StagingWords = Pick<ClipPicture, 'prompt' | 'cast' | 'sceneHeading' | 'cameraControl' | 'before'>;

const OWN_HANDS = /\b(?:E?CU|close[\s-]?ups?)[.,]\s*(?:his|her|their|\p{Lu}\p{L}+['’]s) (?:\p{L}+ )?(?:hands?|fingers?|fists?|fingertips|palms?|feet|boots|shoes)\b/iu;
const ON_DECK = /\b(?:on|across) (?:the |an? |his |her |their )?(?:[\p{L}-]+ ){0,2}deck\b(?= of (?:the|an?|his|her|their) (?:[\p{L}-]+ )?(?:boat|barge|raft|sampan))/iu;

const TIGHT: readonly ShotSize[] = ['extreme-close', 'close', 'medium-close'];

/** Reads a shot's words. Words may be poor: what is not said is chosen as the trade would. The same words give the same staging. */
export function readStaging({ prompt: sent, cast: given, sceneHeading = '', cameraControl, before }: StagingWords): Staging {
  const { own: prompt, characters, light } = partPrompt(sent);
  const cast = given ?? characters.map(({ name, looks }) => ({ name, colour: looks.cloth ?? colourOfName(name), side: undefined, looks }));
  const people = findPeople(prompt, cast.map(({ name }) => name), true);
  // A camera that "trucks" or "pushes in" is neither a truck nor somebody who pushes.
  const scene = withoutCamera(prompt);
  const things = findThings(scene);
  const named = findSize(prompt);
  const framing = framingOf(prompt, named, people.persons, things, people.crowd);
  const onlooker = framing === 'point-of-view' ? onlookerOf(prompt, people.persons) : undefined;
  let persons = people.persons.filter((person) => person !== onlooker);
  if (framing === 'insert') persons = [];
  else if (persons.length === 0 && !people.nobody && !people.crowd && cast.length > 0 && framing === 'plain' && !things.some(({ kind }) => kind !== 'object')) persons = cast.slice(0, 3).map((member) => personOf(member));
  if (framing === 'over-shoulder') persons = overShoulder(prompt, persons);
  const size = named ?? (framing === 'plain' ? before?.size : undefined) ?? sizeFor(prompt, framing, persons, people.crowd, things);
  if (framing === 'plain' && (size === 'close' || size === 'extreme-close') && persons.length > 1 && !/\b(?:two|both|their|faces|three)[\s-](?:shot|faces|of them)\b|\bfaces\b/iu.test(prompt)) persons = [principal(prompt, persons)];
  const angle = findAngle(prompt);
  const seen = things.filter(({ kind }) => (framing === 'insert' ? true : kind !== 'object'));
  const words = seededRandom(prompt);
  const populated = persons.length > 0 || people.crowd;
  // "From behind ... the camera follows" goes into the depth, not along the frame.
  const told = moveOfShot(prompt, cameraControl);
  const move = told === 'track-right' && /\bfrom behind\b/iu.test(prompt) && !/\b(?:right|alongside)\b/iu.test(prompt) ? 'push-in' : told;
  const figures = stageFigures(scene, persons, cast, { framing, move, words: prompt });
  const stairs = findStairs(scene);
  const fallback: Setting = framing === 'insert' ? 'room' : placeOfThings(seen) ?? words.pick<Setting>(['hills', 'hills', 'street']);
  const outdoorThings = framing !== 'insert' && seen.some(({ kind, shape }) => kind !== 'object' && shape !== 'dog' && shape !== 'cat' && shape !== 'bird');
  const placeOf = (setting: Setting): Place => readPlace(prompt, sceneHeading, { light: findLight(light) ?? 'day', setting, seen: outdoorThings }, before);
  const at = placeOf(populated ? placeOfThings(seen) ?? 'hills' : fallback);
  return {
    size,
    framing,
    eyepiece: findEyepiece(prompt),
    angle: angle === 'eye' && framing === 'plain' && before?.angle !== undefined ? before.angle : angle,
    place: at,
    figures: stairs === undefined ? figures : inStep(figures),
    profile: /\b(?:in|left|right|side|clean|sharp) profile\b|\bprofile (?:shot|view|of|left|right)\b/iu.test(prompt),
    crowd: people.crowd && framing !== 'insert' && !(TIGHT.includes(size) && persons.length > 0),
    things: framing === 'insert' ? objectsFirst(inHands(scene, seen)).slice(0, 2) : seen.slice(0, 2),
    move,
    along: cameraGoesAlong(prompt, move),
    stairs,
    mouth: /\b(?:lips?|mouth|teeth|tongue)\b/iu.test(prompt) && !/\beyes?\b/iu.test(prompt),
    umbrellas: findUmbrellas(scene, figures.length),
    aboard: !at.inside && things.some(({ shape }) => shape === 'boat') && (ON_DECK.test(scene) || /\b(?:in|into|aboard|inside)\s+(?:(?:an?|the|his|her|their|its|this)\s+)?(?:[\p{L}-]+\s+){0,3}(?:boat|canoe|kayak|raft|gondola|rowboat|dinghy|sailboat)\b|\b(?:row|paddl)(?:s|es|ing)\s+(?:an?|the|his|her|their)\s+(?:[\p{L}-]+\s+){0,2}(?:boat|canoe|kayak|raft|gondola|dinghy)\b|\b(?:boat|canoe|kayak|raft|gondola|dinghy)\b[^.;]{0,40}\bin it\b|\b(?:row|paddl)(?:s|es|ing) (?:off|away|past|towards?|out)\b/iu.test(scene)),
    table: /\b(?:tables?|desk|dinner|breakfast|lunch|supper|board ?game|chess|cards)\b|桌/iu.test(prompt),
  };
}

/** The same text with the camera's doings blanked out, so that offsets stay. */
function withoutCamera(prompt: string): string {
  return prompt.replace(/\b(?:the )?(?:camera|drone|dolly|crane|steadicam)\b[^.,;:!?\n]*|\b(?:slow(?:ly)?|gentle|smooth|quick|fast|subtle)?[\s-]*(?:push|pull|zoom|pan|tilt|track|truck|dolly|crane|orbit)(?:s|ing|es)?[\s-]?(?:in|out|back|up|down|left|right|shot)\b(?: to the (?:left|right))?|\b(?:tracking|trucking|cowboy|crane|dolly|handheld) shot\b/giu, (words) => ' '.repeat(words.length));
}

/** A close shot of a thing is an insert; so is a thing that nobody is beside. */
function framingOf(prompt: string, size: ShotSize | undefined, persons: readonly Person[], things: readonly Thing[], crowd: boolean): Framing {
  const framing = findFraming(prompt);
  if (framing !== 'plain') return framing;
  const objects = things.filter(({ kind }) => kind === 'object');
  const close = size === 'close' || size === 'extreme-close';
  const subject = /\b(?:close[\s-]?ups?|macro(?: shot)?|\bE?CU|close(?:[\s-]shot)?|tight(?: shot)?|detail|zoom(?:s|ing)? in|push(?:es)?[\s-]in)(?:\s+(?:shot|view))?\s*(?:of|on|to|onto|:|-|–|—)\s*([^.;:\n]{1,70})/iu.exec(prompt)?.[1];
  if (close && subject !== undefined) {
    const head = subject.split(/\b(?:as|while|in|with|on|at|and|from|who|that|under|against|holding|resting|lying|beside)\b|,/iu)[0]?.trim() ?? '';
    if (/\b(?:face|faces|eyes?|lips|mouth|profile|expression|smile)\b/iu.test(head) || /\b(?:his|her|their|\p{L}+['’]s) (?:eyelids?|eyelash(?:es)?|brow|forehead|cheeks?|chin|nose|ear|temple)\b/iu.test(subject)) return 'plain';
    const object = findThings(head).find(({ kind }) => kind === 'object');
    const somebody = findPeople(head, persons.map(({ name }) => name).filter((name) => name !== '')).persons[0];
    // "Mara reading the letter" is Mara; "Mara's letter" and "the letter Mara holds" are the letter.
    if (object && somebody && somebody.from < object.at && !/^(?:[^,]{0,40}?\p{L}['’]s?|(?:his|her|their)(?!\s+\p{L}+ing\b))\s/iu.test(head.slice(Math.floor(somebody.from), object.at))) return 'plain';
    if (object) return 'insert';
    if (somebody) return 'plain';
  }
  // "The sandwich in her hands", "ECU. His fingers on a phone": whose they are is not seen.
  const held = subject !== undefined && /\bin (?:his|her|their) (?:hands?|palms?|lap|fingers)\b/iu.test(subject) && findPeople(subject.replace(/\bin (?:his|her|their)\b.*$/iu, ''), persons.map(({ name }) => name).filter((name) => name !== '')).persons.length === 0;
  if (close && (held || OWN_HANDS.test(prompt))) return 'insert';
  const others = things.some(({ kind }) => kind !== 'object');
  if (persons.length > 0 || crowd || others) return 'plain';
  if (close || size === 'medium-close') return 'insert';
  const outdoors = findSetting(prompt);
  if (outdoors !== undefined && (outdoors === 'hills' || outdoors === 'mountains' || outdoors === 'forest' || outdoors === 'sea' || outdoors === 'desert' || outdoors === 'street' || outdoors === 'platform' || outdoors === 'stadium')) return 'plain';
  return size === undefined && objects.length > 0 && !/\b(?:room|landscape|view|interior|empty|street|valley|horizon|kitchen is|hall)\b/iu.test(prompt) ? 'insert' : 'plain';
}

function sizeFor(prompt: string, framing: Framing, persons: readonly Person[], crowd: boolean, things: readonly Thing[]): ShotSize {
  if (framing === 'over-shoulder') return 'medium';
  if (framing === 'insert') return 'extreme-close';
  if (/\b(?:tiny|small|distant|lone|solitary) (?:figure|silhouette|person|man|woman)\b|\btiny (?:on|in|against|at|under|beneath)\b|\bin the (?:far )?distance\b|\b(?:dwarfed|vast|endless|immense)\b/iu.test(prompt) && persons.length < 4) return 'extreme-wide';
  if (framing === 'point-of-view') return persons.length > 0 ? 'medium-wide' : 'wide';
  if (crowd || persons.length > 4) return 'wide';
  if (persons.length === 0) return things.some(({ kind }) => kind === 'animal') ? 'full' : 'wide';
  if (persons.length > 1 && findAngle(prompt) === 'top') return 'full';
  if (persons.length > 2) return 'medium-wide';
  if (/\b(?:in|on|to|into) (?:his|her|their|the) (?:\p{L}+ )?(?:face|eyes)\b|\b(?:face|eyes) (?:fills?|in|glow|lit|wet|wide|lights?|closed)\b|\btears?\b(?! (?:apart|up|it|the))|\bportrait of (?:a|an|the)\b|\bwhispers?\b/iu.test(prompt) && persons.length === 1) return 'close';
  if (/\b(?:walk|run|danc|rid(?:e|ing)|gallop|climb|jump|kneel|crouch|sprint|skat|ski|surf|march|stroll|stagger|crawl|lies on|fight|sword|danc|cross(?:es|ing)|wander)\w*/iu.test(prompt)) return 'full';
  if (things.some(({ kind }) => kind === 'vehicle' || kind === 'building')) return 'full';
  return 'medium';
}

/** Through whose eyes we look: he is not seen himself. */
function onlookerOf(prompt: string, persons: readonly Person[]): Person | undefined {
  const owner = /([\p{L}]+)(?:['’]s?)?\s+(?:POV|point[\s-]of[\s-]view|perspective|eyes|binoculars|telescope|spyglass)|\b(?:POV|point[\s-]of[\s-]view|perspective) (?:shot )?(?:of|from) (?:the |an? )?(?:\p{L}+ )?([\p{L}]+)/iu.exec(prompt);
  const word = (owner?.[1] ?? owner?.[2] ?? '').toLowerCase().replace(/['’]s?$/u, '');
  const said = persons.find(({ key, gender }) => key.split(' ').includes(word) || (word === 'his' && gender === 'man') || (word === 'her' && gender === 'woman'));
  // "POV, Mara looks down at a boat", "POV MARA: a boat": the first one who looks, unless he looks at us.
  return said ?? persons.find(({ from, to, name }) => {
    const own = prompt.slice(Math.floor(from), Math.max(to, Math.floor(from) + 60));
    const rest = own.slice(name !== '' && own.toLowerCase().startsWith(name.toLowerCase()) ? name.length : 0);
    if (/^\s*(?:[:,\n–—-])/u.test(rest) && /\b(?:POV|point[\s-]of[\s-]view)\b[\s:,–—-]*$/iu.test(prompt.slice(0, Math.floor(from)))) return true;
    return /^(?:[\p{L}'’-]+\s+)?(?:[\p{L}-]+\s+){0,2}?(?:looks?|looking|sees?|seeing|watch(?:es|ing)?|gaz(?:es|ing)|star(?:es|ing)|peers?|peering|spots|notices|glances?)\b(?!\s+(?:up |down |back |straight |right )?(?:at|to|into|towards?)\s+(?:us|the (?:camera|lens|viewer)|camera)\b)/iu.test(rest.trimStart());
  });
}

/** The one we see first, then the one whose shoulder we look over. */
function overShoulder(prompt: string, persons: readonly Person[]): Person[] {
  const [first, second] = persons;
  if (!first) return [nobodyYet('one', 0), nobodyYet('other', 1)];
  if (!second) return [first, nobodyYet('other', prompt.length)];
  const match = /\bOTS (?:shot )?(?:(?:of|from) )?(?:the )?([\p{L}]+)(?=[:,;—–]|\s+(?:onto|on|at|to|towards?)\b)|\bshoulder (?:shot )?(?:of|from) (?:the |an? )?(?:\p{Ll}+ )?([\p{L}]+)(?=[:,;—–]|\s+(?:onto|on|at|to|as|we|towards?))|\bover[\s-](?:the )?(?:\p{L}+ )?(?!the\b)([\p{L}]+?)(?:['’]s?)?\s+shoulder/iu.exec(prompt);
  const owner = (match?.[1] ?? match?.[2] ?? match?.[3])?.toLowerCase();
  const behind = persons.find(({ key, gender }) => owner !== undefined && (key.split(' ').includes(owner) || (owner === 'his' && gender === 'man') || (owner === 'her' && gender === 'woman')));
  if (!behind) return [first, second];
  return [persons.find((person) => person !== behind) ?? second, behind];
}

/** In a close shot of several, the one named right after the size, else the first. */
function principal(prompt: string, persons: readonly Person[]): Person {
  const at = /\bclose[\s-]?ups?\b|\bE?CU\b|\btight on\b|\bclose on\b|特写/iu.exec(prompt)?.index ?? 0;
  const [first] = persons;
  return persons.find(({ from }) => from >= at) ?? first ?? nobodyYet('one', 0);
}

function placeOfThings(things: readonly Thing[]): Setting | undefined {
  const [first] = things;
  if (!first) return undefined;
  if (first.kind === 'vehicle') return ({ boat: 'sea', ship: 'sea', rocket: 'space', car: 'street', bus: 'street', truck: 'street', motorcycle: 'street', bicycle: 'street' } as Partial<Record<string, Setting>>)[first.shape] ?? 'hills';
  if (first.kind === 'animal') return ({ fish: 'sea', camel: 'desert', deer: 'forest', bear: 'forest' } as Partial<Record<string, Setting>>)[first.shape] ?? 'hills';
  return first.kind === 'building' ? ({ lighthouse: 'sea', pyramid: 'desert' } as Partial<Record<string, Setting>>)[first.shape] ?? 'hills' : undefined;
}

/** Of "hands tying a rope to a ring" the hands and what they hold are seen, nothing that stands further on. */
function inHands(prompt: string, things: readonly Thing[]): Thing[] {
  const hand = things.find(({ shape }) => shape === 'hand');
  if (!hand || things.some(({ kind, at }) => kind === 'object' && at < hand.at)) return [...things];
  return things.filter(({ at }) => at === hand.at || !/\b(?:to|from|at|into|through|towards?|beside|near|behind|on|by)\b|[.;]/iu.test(prompt.slice(hand.at + hand.word.length, at)));
}

function objectsFirst(things: readonly Thing[]): Thing[] {
  const objects = things.filter(({ kind }) => kind === 'object');
  const solid = objects.filter(({ shape }) => shape !== 'hand');
  const hand = objects.find(({ shape }) => shape === 'hand');
  return [...solid.slice(0, 1), ...(hand ? [hand] : []), ...things.filter(({ kind }) => kind !== 'object')];
}

function nobodyYet(key: string, at: number): Person {
  return { key, name: '', named: false, gender: 'unknown', child: false, from: at, to: at };
}

function personOf({ name }: Character): Person {
  return { key: name.toLowerCase(), name, named: true, gender: 'unknown', child: false, from: 0, to: 0 };
}
