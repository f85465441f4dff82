/** How a film is told: `calm` holds its pictures longer and cuts less, `brisk` the other way round. */
export type Pace = 'calm' | 'even' | 'brisk';
export const PACES: readonly Pace[] = ['calm', 'even', 'brisk'];

/** Every model of Kling's makes a clip of this length; a shot that fits into it can be filmed with any. */
const LONGEST_SHOT_S = 10;
/** The shortest clip of most models: what fits into it costs half. */
const SHORT_CLIP_S = 5;

export interface Pacing {
  /** What is seen is on screen so much longer than it takes to read it in silence. What is said takes its own time. */
  stretch: number;
  /** A picture without words is looked at at least this long, in seconds. */
  shortestS: number;
  /** Sentences of one paragraph share a shot up to this length, in seconds. */
  togetherS: number;
  /** Things that happen one after the other in one such shot. */
  events: number;
  /** No shot is longer, in seconds. */
  longestS: number;
  /** A line and the picture of who says it share a shot up to this length, in seconds. */
  shortClipS: number;
}

const PACINGS: Readonly<Record<Pace, Omit<Pacing, 'longestS' | 'shortClipS'>>> = {
  calm: { stretch: 1.4, shortestS: 4, togetherS: 8, events: 3 },
  even: { stretch: 1, shortestS: 3, togetherS: 5, events: 2 },
  brisk: { stretch: 0.75, shortestS: 2, togetherS: 3.5, events: 1 },
};

/** @param longestS the length that all clips are to have, where one is asked for; a line that takes longer is parted. */
export function pacingOf(pace: Pace, longestS: number = LONGEST_SHOT_S): Pacing {
  const most = Math.min(longestS, LONGEST_SHOT_S);
  const { shortestS, togetherS, ...others } = PACINGS[pace];
  return { ...others, shortestS: Math.min(shortestS, most), togetherS: Math.min(togetherS, most), longestS: most, shortClipS: Math.min(SHORT_CLIP_S, most) };
}

const READ_WORDS_PER_S = 4;
const EVENT_S = 1.5;

/** Seconds that a sentence of action is on screen: as long as it is read in silence, and no longer than what happens needs. */
export function seenS(words: number, events: number, { stretch }: Pacing): number {
  return stretch * Math.min(Math.max(1, words / READ_WORDS_PER_S, events * EVENT_S), EVENT_S + EVENT_S * Math.max(1, events));
}
