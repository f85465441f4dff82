import { relativeUrl } from './media-url.ts';
import { perSecond, type FrameRate } from './frame-rate.ts';
import { lengthOf, markersOf, type Timeline, type TimelineClip, type TimelineItem, type TimelineMedia, type TimelineSound } from './timeline.ts';

type Json = Record<string, unknown>;

/** OpenTimelineIO: `Timeline.1` with schemas that every version since 0.14 reads. Media are named from the file's own folder. */
export function writeOtio(timeline: Timeline): string {
  const video = track('Video', 'V1', timeline.items.map((item) => itemOf(item, timeline, true)));
  const hasSound = timeline.media.some(({ sound }) => sound);
  const audio = track('Audio', 'A1', timeline.items.map((item) => itemOf(item.kind === 'clip' && !item.media.sound ? { ...item, kind: 'gap' } : item, timeline, false)));
  const { numerator, denominator } = timeline.rate;
  const written = {
    OTIO_SCHEMA: 'Timeline.1',
    name: timeline.name,
    metadata: { directorstudio: { frameRate: `${numerator}/${denominator}`, width: timeline.width, height: timeline.height } },
    global_start_time: time(timeline.startFrame, timeline.rate),
    tracks: { OTIO_SCHEMA: 'Stack.1', name: 'tracks', metadata: {}, source_range: null, effects: [], markers: [], enabled: true, children: [video, ...(hasSound ? [audio] : []), ...(timeline.under ? [track('Audio', hasSound ? 'A2' : 'A1', [underItem(timeline.under, timeline)])] : [])] },
  };
  return `${JSON.stringify(written, undefined, 2)}\n`;
}

function track(kind: 'Video' | 'Audio', name: string, children: Json[]): Json {
  return { OTIO_SCHEMA: 'Track.1', name, kind, metadata: {}, source_range: null, effects: [], markers: [], enabled: true, children };
}

function itemOf(item: TimelineItem, { rate }: Timeline, withMarkers: boolean): Json {
  const common = { metadata: {}, effects: [], markers: [], enabled: true };
  if (item.kind === 'gap') return { OTIO_SCHEMA: 'Gap.1', name: '', ...common, source_range: range(0, item.frameCount, rate, rate) };
  const { media, shot } = item;
  return {
    OTIO_SCHEMA: 'Clip.2',
    name: media.name,
    ...common,
    metadata: { directorstudio: factsOf(media) },
    // The start counts in the media's rate and the length in the film's: both are whole frames, also where the rates differ.
    source_range: range(item.sourceFrame, item.frameCount, media.rate, rate),
    markers: withMarkers ? markers(item, rate) : [],
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'ExternalReference.1',
        name: media.name,
        metadata: { directorstudio: { ...factsOf(media), prompt: shot.prompt } },
        available_range: range(0, media.frameCount, media.rate, media.rate),
        available_image_bounds: null,
        target_url: relativeUrl(media),
      },
    },
    active_media_reference_key: 'DEFAULT_MEDIA',
  };
}

function underItem(under: TimelineSound, { rate, items }: Timeline): Json {
  return {
    OTIO_SCHEMA: 'Clip.2',
    name: under.file,
    metadata: {},
    effects: [],
    markers: [],
    enabled: true,
    source_range: range(0, Math.min(under.frameCount, lengthOf({ items })), rate, rate),
    media_references: {
      DEFAULT_MEDIA: { OTIO_SCHEMA: 'ExternalReference.1', name: under.file, metadata: {}, available_range: range(0, under.frameCount, rate, rate), available_image_bounds: null, target_url: relativeUrl(under) },
    },
    active_media_reference_key: 'DEFAULT_MEDIA',
  };
}

/** What says which shot a clip is, also after somebody renamed it. */
function factsOf({ shot, take }: TimelineMedia): Json {
  return { shotId: shot.id, shot: shot.slate, scene: shot.sceneNumber, ...(take === undefined ? { slate: true } : { take }) };
}

const COLOURS = { scene: 'PURPLE', shot: 'GREEN', line: 'YELLOW' } as const;

function markers(clip: TimelineClip, rate: FrameRate): Json[] {
  return markersOf(clip).map(({ kind, name, note }) => ({
    OTIO_SCHEMA: 'Marker.2',
    name,
    color: COLOURS[kind],
    comment: note ?? '',
    marked_range: range(clip.sourceFrame, 1, clip.media.rate, rate),
    metadata: { directorstudio: { kind } },
  }));
}

function range(start: number, count: number, startRate: FrameRate, countRate: FrameRate): Json {
  return { OTIO_SCHEMA: 'TimeRange.1', start_time: time(start, startRate), duration: time(count, countRate) };
}

function time(frames: number, rate: FrameRate): Json {
  return { OTIO_SCHEMA: 'RationalTime.1', rate: perSecond(rate), value: frames };
}
