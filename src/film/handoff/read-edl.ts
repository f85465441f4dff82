import { nominalRate, secondsOf, type FrameRate } from './frame-rate.ts';
import { quoted, unreadable, type ReadItem, type ReadTimeline } from './read-timeline.ts';

/** A line that places something: times in frames of time code. */
interface Event {
  line: number;
  number: string;
  reel: string;
  transition: string;
  transitionFrames: number;
  sourceIn: number;
  sourceOut: number;
  recordIn: number;
  recordOut: number;
  /** `FROM CLIP NAME`, `TO CLIP NAME` and so on of the lines below it. */
  notes: Map<string, string>;
  speed?: number;
  frozen?: boolean;
}

const TIMECODE = String.raw`(\d{2}[:;.]\d{2}[:;.]\d{2}[:;.,]\d{2,3})`;
const EVENT = new RegExp(String.raw`^(\d+)\s+(\S.*?)\s+(\S+)\s+(C|D|W\d{3}|K[BO]?)(?:\s+(\d{1,4}))?\s+${TIMECODE}\s+${TIMECODE}\s+${TIMECODE}\s+${TIMECODE}\s*$`);
const BLACK = new Set(['BL', 'BLACK', 'BLK']);

/**
 * Reads a CMX 3600 edit decision list. It says no frame rate, so its time code counts in the rate of the film. The film begins
 * with its first event; sound alone is left out.
 * @throws StudioError EDIT_UNREADABLE with line and reason.
 */
export function readEdl(text: string, fileName: string, rate: FrameRate): ReadTimeline {
  const items: ReadItem[] = [];
  const leftOut: string[] = [];
  const problems: string[] = [];
  const events = eventsOf(text, fileName, rate).sort((one, other) => one.recordIn - other.recordIn || one.line - other.line);
  if (events.length === 0) throw unreadable(fileName, undefined, 'it has no event with a picture');
  let nextFrame = events[0]?.recordIn ?? 0;
  for (const event of events) {
    const frames = event.recordOut - event.recordIn;
    const label = `line ${event.line}, ${quoted(namesOf(event)[0] ?? event.reel)},`;
    // The side that a dissolve comes from: it has no time of its own.
    if (frames === 0) continue;
    if (frames < 0) throw unreadable(fileName, `line ${event.line}`, 'it ends before it begins');
    if (event.transition !== 'C') leftOut.push(`the ${event.transition === 'D' ? 'dissolve' : event.transition.startsWith('W') ? 'wipe' : 'key'} of ${event.transitionFrames} frames in line ${event.line} (a straight cut stands in its place)`);
    if (event.recordIn > nextFrame) items.push({ kind: 'gap', durationS: secondsOf(event.recordIn - nextFrame, rate) });
    if (event.recordIn < nextFrame) problems.push(`${label} begins before the event before it ends; a film has one track`);
    nextFrame = Math.max(nextFrame, event.recordOut);
    if (BLACK.has(event.reel.toUpperCase())) {
      items.push({ kind: 'gap', durationS: secondsOf(frames, rate) });
      continue;
    }
    problems.push(...speedProblems(event, frames, rate, label));
    items.push({ kind: 'clip', where: `line ${event.line}`, names: namesOf(event), inS: secondsOf(event.sourceIn, rate), durationS: secondsOf(frames, rate), grid: 'film' });
  }
  return { items, leftOut, problems };
}

function speedProblems(event: Event, frames: number, rate: FrameRate, label: string): string[] {
  const nominal = nominalRate(rate);
  const own = 'a film here plays every clip at its own speed';
  if (event.frozen === true || event.speed === 0) return [`${label} is frozen; ${own}`];
  // 23.98 of a list in 23.976 is no other speed.
  if (event.speed !== undefined && Math.abs(event.speed / nominal - 1) > 0.002) return [`${label} plays at ${Math.round((event.speed / nominal) * 100)} %; ${own}`];
  const sourceFrames = event.sourceOut - event.sourceIn;
  if (sourceFrames !== frames) return [`${label} shows ${sourceFrames} frames of its clip in ${frames} of the film; ${own}`];
  return [];
}

/**
 * What names its clip: the file where the list says it, or a clip name that is one; else what people called the clip, and the
 * reel. A dissolve's own clip is the one that it goes to.
 */
function namesOf({ notes, transition, reel }: Event): string[] {
  const side = transition === 'C' ? 'FROM' : 'TO';
  const clip = notes.get(`${side} CLIP NAME`) ?? notes.get(`${side} CLIP`);
  const file = (transition === 'C' ? notes.get('SOURCE FILE') : undefined) ?? notes.get(`${side} FILE`);
  if (file !== undefined) return [file];
  return clip !== undefined && /\.[a-z\d]{2,4}$/i.test(clip) ? [clip] : [...(clip === undefined ? [] : [clip]), reel];
}

function eventsOf(text: string, fileName: string, rate: FrameRate): Event[] {
  const events: Event[] = [];
  /** Those of one number: notes below them belong to both sides of a dissolve. */
  let group: Event[] = [];
  let withPicture = true;
  for (const [index, written] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    const trimmed = written.trim();
    const place = `line ${line}`;
    if (/^\d+\s/.test(trimmed)) {
      const found = EVENT.exec(trimmed);
      if (!found) throw unreadable(fileName, place, `${quoted(trimmed)} is no event of a CMX 3600 list`);
      const [, number = '', reel = '', channels = '', transition = '', transitionFrames = '0', ...times] = found;
      const [sourceIn = 0, sourceOut = 0, recordIn = 0, recordOut = 0] = times.map((time) => framesOf(time, rate, fileName, place));
      if (group[0]?.number !== number) group = [];
      withPicture = /v/i.test(channels) || channels.toUpperCase() === 'B';
      if (!withPicture) continue;
      if (/^V[2-9]/i.test(channels)) throw unreadable(fileName, place, 'it is on a second video track; a film has one');
      const event: Event = { line, number, reel, transition, transitionFrames: Number(transitionFrames), sourceIn, sourceOut, recordIn, recordOut, notes: new Map() };
      group.push(event);
      events.push(event);
    } else if (/^FCM:\s*DROP/i.test(trimmed)) throw unreadable(fileName, place, 'its time code drops frames; export it with non-drop time code');
    else if (withPicture) readNote(trimmed, group);
  }
  return events;
}

function readNote(line: string, group: readonly Event[]): void {
  const motion = /^M2\s+(.*?)\s+(-?\d+(?:\.\d+)?)\s+\S+\s*$/i.exec(line);
  const note = /^\*?\s*(FROM CLIP NAME|TO CLIP NAME|SOURCE FILE|FROM FILE|TO FILE|FROM CLIP|TO CLIP)\s*:\s*(.+)$/i.exec(line);
  const last = group.at(-1);
  if (motion && last) (group.find(({ reel }) => reel === motion[1]?.trim()) ?? last).speed = Number(motion[2]);
  else if (/^\*[\s*]*FREEZE FRAME/i.test(line) && last) last.frozen = true;
  else if (note) for (const event of group) event.notes.set((note[1] ?? '').toUpperCase(), (note[2] ?? '').trim());
}

function framesOf(written: string, rate: FrameRate, fileName: string, place: string): number {
  if (written.includes(';')) throw unreadable(fileName, place, `${written} drops frames; export it with non-drop time code`);
  const nominal = nominalRate(rate);
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = written.split(/[:.,]/).map(Number);
  if (frames >= nominal) throw unreadable(fileName, place, `${written} counts ${frames} frames in a second; the film has ${nominal}`);
  if (minutes > 59 || seconds > 59) throw unreadable(fileName, place, `${written} is no time`);
  return ((hours * 60 + minutes) * 60 + seconds) * nominal + frames;
}
