import type { CastMember, ScreenSide } from '../clip-picture.ts';
import type { StagedMove } from './camera-control.ts';
import { colourOfName } from './cast.ts';
import { readLooks, type Looks } from './looks.ts';
import { wordsAbout, type Person } from './person.ts';
import { findFacing, findGesture, findNodding, findPose, findSide, type Facing, type Gesture, type Pose } from './pose-words.ts';
import type { Framing } from './shot-words.ts';

/** Somebody as the artist draws him. */
export interface StagedFigure extends Pick<Looks, 'hair' | 'bald' | 'beard' | 'hat' | 'coat'> {
  /** For the tag beside the figure; empty for somebody who is only one of several. */
  name: string;
  colour: string;
  side: ScreenSide;
  facing: Facing;
  pose: Pose;
  gesture: Gesture;
  /** Speaks, laughs, nods. */
  nods: boolean;
  child: boolean;
  longHair: boolean;
  old: boolean;
}

/** A cast member; in a prompt by itself nobody says on which side he usually stands. */
export type Character = Omit<CastMember, 'side'> & { side: ScreenSide | undefined };

/** The people of a shot as they are drawn: where each stands, which way he looks, what he does, in whose colours. */
export function stageFigures(prompt: string, persons: readonly Person[], cast: readonly Character[], { framing, move, words }: { framing: Framing; move: StagedMove; words: string }): StagedFigure[] {
  const along = cameraGoesAlong(words, move);
  const members = matchCast(persons, cast);
  const sides = sidesFor(persons, members, prompt);
  const facing = sharedFacing(prompt);
  const poses = posesOf(prompt, persons);
  const colours = coloursFor(persons, members);
  return persons.map((person, index) => {
    const own = prompt.slice(Math.floor(person.from), Math.max(Math.floor(person.from), person.to));
    const member = members[index];
    const side = sides[index] ?? 'centre';
    const name = member?.name ?? person.name;
    return {
      name,
      colour: colours[index] ?? '#8a8f98',
      side,
      facing: findFacing(persons.length === 1 ? prompt : own) ?? (goes(poses[index]) || (along && poses[index] !== 'sit' && poses[index] !== 'lie') ? withCamera(move, words) : undefined) ?? (framing === 'point-of-view' ? 'camera' : undefined) ?? facing ?? facingFrom(side, index, persons.length, framing),
      pose: poses[index] ?? 'stand',
      gesture: findGesture(own),
      nods: findNodding(own),
      ...looksOf(prompt, person, name, member?.looks),
    };
  });
}

const goes = (pose: Pose | undefined): boolean => pose === 'walk' || pose === 'run' || pose === 'ride';

/** Camera words after which somebody goes with it: "pan left with her", "the camera retreats before him". */
const SOMEBODY = String.raw`(?:him|her|them|\p{Lu}\p{L}+|the (?:two|three|boys?|girls?|man|woman|men|women|children|riders?|horses?))\b`;
const WITH_SOMEBODY = new RegExp(String.raw`\b(?:[Pp]an|[Tt]rack|[Tt]ruck|[Dd]olly|[Mm]ov|[Gg]lid|[Tt]ravel|[Ss]lid|[Cc]amera|[Ss]hot)\p{L}*\b[^.;!?]{0,40}?\b(?:with|beside|alongside|follow(?:s|ing)?|keep(?:s|ing)? pace with) ${SOMEBODY}|\b[Ff]ollow(?:s|ing)? ${SOMEBODY}`, 'u');
const BEFORE_SOMEBODY = new RegExp(String.raw`\b(?:[Bb]efore|[Aa]head of|[Ii]n front of) ${SOMEBODY}|\b(?:[Cc]amera|[Dd]olly|[Ss]teadicam|[Ss]hot|[Ww]e) (?:\p{L}+ly )?(?:retreats?|leads?|backs? (?:away|off|up))\b|\b(?:[Rr]etreat|[Ll]ead)ing (?:before|ahead|him|her|them)\b`, 'u');

/** The camera goes where somebody goes, and keeps him in the frame. */
export function cameraGoesAlong(prompt: string, move: StagedMove): boolean {
  return (move.startsWith('track') || move.startsWith('pan')) && WITH_SOMEBODY.test(prompt);
}

/** A camera that tracks goes with those who walk; before one who comes towards it, it goes back. */
function withCamera(move: StagedMove, prompt: string): Facing | undefined {
  if (move === 'pull-back' && BEFORE_SOMEBODY.test(prompt)) return 'camera';
  if (move === 'track-left' || (move === 'pan-left' && WITH_SOMEBODY.test(prompt))) return 'left';
  return move === 'track-right' || (move === 'pan-right' && WITH_SOMEBODY.test(prompt)) ? 'right' : undefined;
}

/**
 * How each of them is: by the words about him; "Mara and Jonah sit" says it of both, "a man behind her" is as she is, and
 * what stands before anybody is named, or says they, is said of all.
 */
function posesOf(prompt: string, persons: readonly Person[]): Pose[] {
  const own = persons.map(({ from, to }) => prompt.slice(Math.floor(from), Math.max(Math.floor(from), to)));
  const said = own.map((words) => findPose(words));
  const before = findPose(prompt.slice(0, Math.floor(persons[0]?.from ?? 0)));
  const all = findPose(/\b(?:both|they|all(?: of them)?|the two|together|everyone|each)\b([^.;]*)/iu.exec(prompt)?.[1] ?? '');
  for (let index = persons.length - 2; index >= 0; index -= 1) {
    const words = own[index] ?? '';
    if (said[index] === undefined && words.length < 48 && /(?:,|\band\b|&|\bwith\b)\s*(?:(?:the|an?|his|her|two|three|four|another)\s+)?(?:[\p{L}-]+\s+){0,2}$/iu.test(words)) said[index] = said[index + 1];
  }
  const found = persons.map((_, index) => {
    const known = said[index] ?? (persons.length === 1 || index === 0 ? before : undefined) ?? all;
    if (known !== undefined) return known;
    const joined = /\b(?:behind|after|beside|next to|alongside|with|ahead of|before|opposite)(?: (?:him|her|them|it))?\s*$|^[^.;]{0,40}\b(?:behind|after|beside|next to|alongside|with|ahead of|opposite) (?:him|her|them)\b/iu;
    const beside = index > 0 && (joined.test(own[index] ?? '') || /\b(?:opposite|across from|next to|beside|alongside|with)\s+(?:(?:the|an?|his|her)\s+)?(?:[\p{L}-]+\s+){0,2}$/iu.test(own[index - 1] ?? ''));
    return (beside ? said[index - 1] : undefined) ?? before ?? 'stand';
  });
  // "Three men" are as the first of them is.
  return found.map((pose, index) => found[persons.findIndex(({ from }) => Math.floor(from) === Math.floor(persons[index]?.from ?? 0))] ?? pose);
}

/** What the words here say of him, else what the film says. */
function looksOf(prompt: string, person: Person, name: string, known: Looks = {}): Pick<StagedFigure, 'child' | 'old' | 'longHair' | 'hair' | 'bald' | 'beard' | 'hat' | 'coat'> {
  const here = readLooks(wordsAbout(prompt, person));
  const { hair, bald, beard, hat, coat, longHair } = { ...known, ...here };
  const gender = known.gender ?? (person.gender === 'unknown' ? here.gender : person.gender);
  const child = person.child || here.child === true || (here.child === undefined && known.child === true);
  return {
    child,
    old: !child && (here.old === true || known.old === true || /^(?:grand(?:ma|pa|mother|father)|elder|pension)/u.test(person.key)),
    longHair: longHair ?? (gender === 'woman' || (gender === undefined && beard !== true && /a$/iu.test(name))),
    ...(hair === undefined ? {} : { hair }),
    ...(bald === undefined ? {} : { bald }),
    ...(beard === undefined ? {} : { beard }),
    ...(hat === undefined ? {} : { hat }),
    ...(coat === undefined ? {} : { coat }),
  };
}

/** Of the film where it has one, else of the name; two in one frame never have the same. */
function coloursFor(persons: readonly Person[], members: readonly (Character | undefined)[]): string[] {
  const taken = new Set(members.flatMap((member) => member?.colour ?? []));
  return persons.map(({ key, name }, index) => {
    const fixed = members[index]?.colour;
    if (fixed !== undefined) return fixed;
    let colour = colourOfName(name === '' ? key : name);
    for (let step = 1; taken.has(colour) && step < 16; step += 1) colour = colourOfName(name === '' ? key : name, step);
    taken.add(colour);
    return colour;
  });
}

/** The cast member for each person: by name, and where nobody is named at all, in order. */
function matchCast(persons: readonly Person[], cast: readonly Character[]): (Character | undefined)[] {
  const free = [...cast];
  const take = (index: number): Character | undefined => (index < 0 ? undefined : free.splice(index, 1)[0]);
  const matched = persons.map((person) => take(free.findIndex(({ name }) => name.toLowerCase() === person.key || (person.named && name.toLowerCase() === person.name.toLowerCase()))));
  return persons.map((person, index) => matched[index] ?? (person.named ? undefined : take(0)));
}

function sidesFor(persons: readonly Person[], members: readonly (Character | undefined)[], prompt: string): ScreenSide[] {
  const said = persons.map((person) => findSide(prompt.slice(Math.floor(person.from), Math.max(Math.floor(person.from), person.to))));
  const wanted = persons.map((_, index) => said[index] ?? members[index]?.side);
  if (persons.length === 1) return [wanted[0] ?? 'centre'];
  if (persons.length > 2) return wanted.map((side, index) => side ?? (['left', 'right', 'centre'] as const)[index % 3] ?? 'centre');
  const [one, other] = wanted;
  // Where nobody says more, the order of the names decides, so that it is the same in every shot.
  if (one === other && said.every((side) => side === undefined)) return (persons[0]?.key ?? '') <= (persons[1]?.key ?? '') ? ['left', 'right'] : ['right', 'left'];
  if (one !== undefined && one !== 'centre') return [one, one === 'left' ? 'right' : 'left'];
  if (other !== undefined && other !== 'centre') return [other === 'left' ? 'right' : 'left', other];
  return ['left', 'right'];
}

/** People look into the frame, at each other; alone they look past the camera. */
function facingFrom(side: ScreenSide, index: number, count: number, framing: Framing): Facing {
  if (framing === 'over-shoulder' && index === 1) return 'away';
  if (side === 'centre') return count === 1 ? 'camera' : index % 2 === 0 ? 'camera' : 'left';
  return side === 'left' ? 'right' : 'left';
}

/** "From behind" is said of the whole shot. */
function sharedFacing(prompt: string): Facing | undefined {
  const facing = findFacing(prompt);
  return facing === 'away' || facing === 'camera' ? facing : undefined;
}

/** Who walks on the same stairs goes the same way. */
export function inStep(figures: readonly StagedFigure[]): StagedFigure[] {
  const walks = ({ pose }: StagedFigure): boolean => pose === 'walk' || pose === 'run';
  const first = figures.find((figure) => walks(figure));
  return figures.map((figure) => (first && walks(figure) ? { ...figure, facing: first.facing } : figure));
}
