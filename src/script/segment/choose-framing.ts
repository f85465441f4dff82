import { cameraCues } from '../../prompt/reading/camera.ts';
import { FAST_VERBS, FINE_VERBS } from '../../prompt/reading/verbs.ts';
import type { Place } from './place-words.ts';
import { saysSize } from './view-words.ts';

/** What a shot is taken like, in words that Kling follows. */
export interface Framing {
  /** `Medium close-up`; missing where the words say it, and where the picture goes on from the one before. */
  size?: string;
  move?: string;
}

export interface Shown {
  /** The shot's own words, without what is said. */
  words: string;
  /** Verbs of what happens, as in a dictionary. */
  verbs: readonly string[];
  people: number;
  speaks: boolean;
  /** A later part of one speech: the other side. */
  reverse: boolean;
  continues: boolean;
  place: Place;
}

const MOVES_ON = new Set('walk run jog sprint dash race gallop trot march stroll wander hike climb crawl creep sneak skate ski swim ride drive sail row cycle arrive leave enter exit emerge approach follow chase flee escape rush hurry cross pass travel stride pace limp fly descend ascend hobble scurry trudge stagger'.split(' '));
const RIDES = /^(?:drive|ride|sail|fly|travel|row)$/;
const FACE = new Set('look smile laugh grin frown cry weep sob stare glare gaze glance listen blink wink nod whisper sigh freeze stop swallow tremble hesitate realize realise watch read yawn gasp flinch breathe wince squint peer think study'.split(' '));
const CROWD = /\b(?:crowd|army|soldiers|villagers|dancers|workers|passengers|people|men|women|children|mob|audience|police|riders|everyone|everybody|guests|sailors|parade|procession)\b/iu;
const WIDE = /\b(?:sea|ocean|sky|horizon|valley|mountains?|city|town|village|forest|desert|field|fields|street|road|harbou?r|river|lake|storm|sun|moon|stars|ship|boat|train|truck|car|plane|house|castle|tower|lighthouse|islands?|beach|bridge|convoy|landscape|hills?|skyline|square|station|snow|dust|waves?|ships|boats|trawlers?|fleet|trains|trucks|cars|planes|houses|towers|roads|streets|rooftops?|roofs|trees|woods|meadows?|cliffs?|coast|shore|quay|pier|docks?|clouds?|gulls?|birds|flock|herd|cattle|sheep|traffic)\b/iu;
const DETAIL = /\b(?:key|letter|envelope|note|photograph|photo|clock|watch|phone|telephone|lamp|candle|match|flame|hand|hands|finger|fingers|eye|eyes|lips|blood|drop|ring|coin|lock|handle|doorknob|button|screen|dial|page|book|cup|glass|knife|gun|trigger|bullet|fuse|wire|shoe|boots?|spider|tear|needle|kettle|bulb|switch|radio|bell|engine|wick|drawer|stove|oar|box|matches|candle|telegram|sign|poster|map|compass|door knob|tap|faucet|tyre|wheel|mirror|portrait|ticket|padlock|latch|fire|cigarette|plate|bowl|bottle|thermometer|calendar|keyhole|doorbell|telegraph|typewriter|record|needle)\b/iu;

/** The size and the camera's move that fit what happens. They follow from the shot's own words, so an edit elsewhere changes none. */
export function chooseFraming(shown: Shown): Framing {
  const ownMove = cameraCues(shown.words.toLowerCase()).length > 0;
  const fast = shown.verbs.some((verb) => FAST_VERBS.has(verb));
  // Inside a truck that drives, the driver sits still.
  const onTheMove = shown.verbs.some((verb) => MOVES_ON.has(verb) && !(shown.place.side === 'Interior' && RIDES.test(verb)));
  if (shown.continues) return ownMove ? {} : { move: shown.speaks ? 'The camera stays still' : onTheMove ? 'The camera follows' : pick(shown.words, ['The camera stays still', 'The camera pushes in slowly']) };
  const size = saysSize(shown.words) ? undefined : sizeOf(shown, { fast, onTheMove });
  const move = ownMove ? undefined : moveOf(shown, size, { fast, onTheMove });
  return { ...(size === undefined ? {} : { size }), ...(move === undefined ? {} : { move }) };
}

function sizeOf({ words, verbs, people, speaks, reverse, place }: Shown, { fast, onTheMove }: { fast: boolean; onTheMove: boolean }): string {
  if (speaks) return people > 1 && !reverse ? 'Medium two-shot' : reverse ? 'Close-up from the other side' : 'Medium close-up';
  if (people === 0) return DETAIL.test(words) && !WIDE.test(words.replace(DETAIL, '')) ? 'Close-up' : place.side === 'Interior' && !CROWD.test(words) ? 'Medium wide shot' : 'Wide shot';
  if (CROWD.test(words) || people > 2) return 'Wide shot';
  if (fast || onTheMove) return place.side === 'Exterior' ? 'Wide shot' : 'Full shot';
  if (people === 2) return 'Medium two-shot';
  if (verbs.some((verb) => FINE_VERBS.has(verb))) return 'Medium close-up';
  if (verbs.length > 0 && verbs.every((verb) => FACE.has(verb))) return words.split(' ').length <= 9 ? 'Close-up' : 'Medium close-up';
  return 'Medium shot';
}

function moveOf({ words, people, speaks }: Shown, size: string | undefined, { fast, onTheMove }: { fast: boolean; onTheMove: boolean }): string {
  if (speaks) return 'static camera';
  if (people > 0 && fast && onTheMove) return 'handheld camera';
  if (people > 0 && onTheMove) return 'the camera follows';
  if (size === 'Wide shot') return pick(words, ['slow push-in', 'slow pan right', 'static camera']);
  if (size === 'Close-up' || size === 'Medium close-up') return pick(words, ['slow push-in', 'static camera']);
  return pick(words, ['static camera', 'slow push-in']);
}

/** One of several that fit, the same for the same words. */
function pick<Choice>(words: string, choices: readonly [Choice, ...Choice[]]): Choice {
  let sum = 7;
  for (let at = 0; at < words.length; at += 1) sum = (sum * 31 + words.charCodeAt(at)) >>> 0;
  return choices[sum % choices.length] ?? choices[0];
}
