import { messageOf } from '../../lib/errors.ts';
import { frameRateFrom, perSecond } from './frame-rate.ts';
import { effectsLeftOut, quoted, unreadable, type ReadClip, type ReadItem, type ReadTimeline } from './read-timeline.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads an OpenTimelineIO timeline: its one video track with something in it. Sound tracks are left out: a film's sound goes
 * with its picture.
 * @throws StudioError EDIT_UNREADABLE.
 */
export function readOtio(text: string, fileName: string): ReadTimeline {
  const timeline = onlyTimeline(parsed(text, fileName), fileName);
  const tracks = childrenOf(objectAt(timeline, 'tracks')).filter((track) => track['enabled'] !== false);
  const filled = tracks.filter((track) => childrenOf(track).some((child) => !['Gap', 'Transition'].includes(schemaOf(child))));
  const pictures = filled.filter((track) => schemaOf(track) === 'Track' && kindOf(track) !== 'audio');
  const [picture, ...others] = pictures;
  if (!picture) throw unreadable(fileName, undefined, 'it has no video track with a clip on it');
  const read = new TrackReader();
  read.track(picture);
  for (const other of others) for (const child of childrenOf(other)) if (schemaOf(child) !== 'Gap') read.problems.push(`${quoted(nameOf(child))} lies on another video track; a film has one`);
  for (const other of filled) if (schemaOf(other) !== 'Track') read.problems.push(`${quoted(nameOf(other))} is a ${schemaOf(other)}, not a track`);
  for (const [key, holder] of [['timeline', objectAt(timeline, 'tracks')], ['track', picture]] as const) if (isTrimmed(holder)) read.problems.push(`the whole ${key} is trimmed; trim its clips instead`);
  const music = [...new Set(filled.filter((track) => kindOf(track) === 'audio').flatMap(childrenOf).filter((child) => schemaOf(child) === 'Clip').map((clip) => mediaOf(clip).names[0] ?? nameOf(clip)))];
  return { items: read.items, leftOut: [...read.leftOut, ...effectsLeftOut(read.effects), ...foreignSound(music)], problems: read.problems };
}

/** Sound that is not a take's own, nor what the film has under it. Both are told by their files' names. */
function foreignSound(names: readonly string[]): string[] {
  const foreign = names.filter((name) => !/S\d+_SH\d+_(?:T\d+|SLATE)|(?:^|\/)under_/i.test(name));
  return foreign.length === 0 ? [] : [`sound of its own (${foreign.slice(0, 3).map(quoted).join(', ')}${foreign.length > 3 ? ' and more' : ''})`];
}

function parsed(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = Number(/position (\d+)/.exec(messageOf(error))?.[1] ?? Number.NaN);
    const place = Number.isNaN(position) ? undefined : `line ${text.slice(0, position).split('\n').length}`;
    throw unreadable(fileName, place, 'it is no JSON, so no OpenTimelineIO file');
  }
}

/** A timeline, or the only one of a collection. */
function onlyTimeline(root: unknown, fileName: string): Json {
  if (!isObject(root) || typeof root['OTIO_SCHEMA'] !== 'string') throw unreadable(fileName, undefined, 'it is JSON, but no OpenTimelineIO file (OTIO_SCHEMA is missing)');
  if (schemaOf(root) === 'Timeline') return root;
  const inside = schemaOf(root) === 'SerializableCollection' ? childrenOf(root).filter((child) => schemaOf(child) === 'Timeline') : [];
  const [timeline] = inside;
  if (timeline && inside.length === 1) return timeline;
  throw unreadable(fileName, undefined, inside.length > 1 ? `it has ${inside.length} timelines; export the one that is the film` : `it is a ${schemaOf(root)}, not a timeline`);
}

/** Goes along the track and keeps what a film can have. */
class TrackReader {
  readonly items: ReadItem[] = [];
  readonly leftOut: string[] = [];
  readonly effects = new Map<string, number>();
  readonly problems: string[] = [];

  track(track: Json): void {
    for (const [index, child] of childrenOf(track).entries()) {
      const where = `clip ${index + 1} of the video track`;
      const schema = schemaOf(child);
      if (schema === 'Clip') this.clip(child, where);
      else if (schema === 'Gap') this.gap(child, where);
      else if (schema === 'Transition') this.leftOut.push(`the transition ${quoted(nameOf(child) || textAt(child, 'transition_type'))} (a straight cut stands in its place)`);
      else this.problems.push(`${where}, ${quoted(nameOf(child))}, is a ${schema}; a film here is made of single clips`);
    }
  }

  private gap(gap: Json, where: string): void {
    const durationS = secondsAt(objectAt(gap, 'source_range'), 'duration');
    if (durationS === undefined) this.problems.push(`${where} is a gap without a length`);
    else this.items.push({ kind: 'gap', durationS });
  }

  private clip(clip: Json, where: string): void {
    const { names, shotId, range: available } = mediaOf(clip);
    const label = quoted(names[0] ?? nameOf(clip));
    const trimmed = objectAt(clip, 'source_range');
    const range = trimmed ?? available;
    const startS = secondsAt(range, 'start_time');
    const durationS = secondsAt(range, 'duration');
    if (startS === undefined || durationS === undefined || durationS <= 0) {
      this.problems.push(`${where}, ${label}, does not say which part of its media it shows`);
      return;
    }
    if (clip['enabled'] === false) {
      this.items.push({ kind: 'gap', durationS });
      return;
    }
    this.effectsOf(clip, `${where}, ${label},`);
    const inS = startS - (secondsAt(available, 'start_time') ?? 0);
    const found: ReadClip = { kind: 'clip', where, names: names.length > 0 ? names : [nameOf(clip)], inS, durationS, grid: 'media', ...(shotId === undefined ? {} : { shotId }) };
    this.items.push(found);
  }

  private effectsOf(clip: Json, label: string): void {
    for (const effect of listAt(clip, 'effects')) {
      const schema = schemaOf(effect);
      const scalar = effect['time_scalar'];
      if (schema === 'FreezeFrame') this.problems.push(`${label} is frozen; a film here plays every clip at its own speed`);
      else if (typeof scalar === 'number' && scalar !== 1) this.problems.push(`${label} plays at ${Math.round(scalar * 100)} %; a film here plays every clip at its own speed`);
      else if (schema !== 'LinearTimeWarp' && effect['enabled'] !== false) {
        const name = nameOf(effect) || textAt(effect, 'effect_name') || schema;
        this.effects.set(name, (this.effects.get(name) ?? 0) + 1);
      }
    }
  }
}

/** What a clip shows: its active reference's address and range, and the shot's id where it was kept. */
function mediaOf(clip: Json): { names: string[]; shotId?: string; range: Json | undefined } {
  const key = textAt(clip, 'active_media_reference_key') || 'DEFAULT_MEDIA';
  const reference = objectAt(clip, 'media_reference') ?? objectAt(objectAt(clip, 'media_references'), key);
  const url = reference ? textAt(reference, 'target_url') : '';
  // Only of media that are our own files: somebody may have put another picture into the place of one.
  const shotId = objectAt(objectAt(reference, 'metadata'), 'directorstudio')?.['shotId'];
  return {
    names: url === '' ? [] : [url],
    ...(typeof shotId === 'string' ? { shotId } : {}),
    range: objectAt(reference, 'available_range'),
  };
}

/** Whether it has a range of its own that leaves something out. */
function isTrimmed(holder: Json | undefined): boolean {
  const range = objectAt(holder, 'source_range');
  return range !== undefined && (secondsAt(range, 'start_time') ?? 0) !== 0;
}

function secondsAt(range: Json | undefined, key: string): number | undefined {
  const time = objectAt(range, key);
  const [value, rate] = [time?.['value'], time?.['rate']];
  if (typeof value !== 'number' || typeof rate !== 'number' || !Number.isFinite(value) || !(rate > 0 && rate < 1e6)) return undefined;
  // 23.98 and 23.976 mean 24000/1001: over an hour that is a second.
  return value / perSecond(frameRateFrom(rate));
}

function kindOf(track: Json): string {
  return textAt(track, 'kind').toLowerCase();
}

/** `Clip` of `Clip.2`. */
function schemaOf(value: Json): string {
  return textAt(value, 'OTIO_SCHEMA').replace(/\.\d+$/, '');
}

function nameOf(value: Json): string {
  return textAt(value, 'name');
}

function textAt(value: Json, key: string): string {
  const found = value[key];
  return typeof found === 'string' ? found : '';
}

function childrenOf(value: Json | undefined): Json[] {
  return listAt(value, 'children');
}

function listAt(value: Json | undefined, key: string): Json[] {
  const list = value?.[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function objectAt(value: Json | undefined, key: string): Json | undefined {
  const found = value?.[key];
  return isObject(found) ? found : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
