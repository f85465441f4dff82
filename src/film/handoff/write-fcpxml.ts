import { absoluteUrl } from './media-url.ts';
import { nominalRate, rationalSeconds, sameRate, type FrameRate } from './frame-rate.ts';
import { lengthOf, markersOf, type Timeline, type TimelineClip, type TimelineItem, type TimelineMedia, type TimelineSound } from './timeline.ts';
import { xmlDocument, type XmlElement } from './xml-text.ts';

/** FCPXML 1.11, which Final Cut Pro has read since 10.6.6 and DaVinci Resolve reads: an event with every take and the film. */
export function writeFcpxml(timeline: Timeline): string {
  const formats = new Formats(timeline);
  const ids = new Map(timeline.media.map((media, index) => [media, `r${index + 1 + formats.count}`]));
  const idOf = (media: TimelineMedia) => ids.get(media) ?? '';
  const { rate } = timeline;
  const sequence: XmlElement = {
    name: 'sequence',
    attributes: {
      format: formats.idOf(timeline),
      duration: rationalSeconds(lengthOf(timeline), rate),
      tcStart: rationalSeconds(timeline.startFrame, rate),
      tcFormat: 'NDF',
      audioLayout: 'stereo',
      audioRate: '48k',
    },
    content: [{ name: 'spine', content: timeline.items.map((item, index) => itemOf(item, timeline, formats, idOf, index === 0 ? timeline.under : undefined)) }],
  };
  const takes = timeline.media.map((media) => browserClip(media, idOf(media), formats.idOf(media)));
  return xmlDocument('fcpxml', {
    name: 'fcpxml',
    attributes: { version: '1.11' },
    content: [
      { name: 'resources', content: [...formats.elements(), ...timeline.media.map((media) => asset(media, idOf(media), formats.idOf(media))), ...(timeline.under ? [soundAsset(timeline.under, timeline.rate)] : [])] },
      { name: 'library', content: [{ name: 'event', attributes: { name: timeline.name }, content: [...takes, { name: 'project', attributes: { name: timeline.name }, content: [sequence] }] }] },
    ],
  });
}

interface Picture {
  rate: FrameRate;
  width: number;
  height: number;
}

/** Each size and rate once; the film's own is the first. */
class Formats {
  private readonly pictures = new Map<string, Picture>();

  constructor(timeline: Timeline) {
    for (const picture of [timeline, ...timeline.media]) this.pictures.set(keyOf(picture), picture);
  }

  get count(): number {
    return this.pictures.size;
  }

  idOf(picture: Picture): string {
    return `r${[...this.pictures.keys()].indexOf(keyOf(picture)) + 1}`;
  }

  elements(): XmlElement[] {
    return [...this.pictures.values()].map((picture) => ({
      name: 'format',
      attributes: { id: this.idOf(picture), name: formatName(picture), frameDuration: frameDuration(picture.rate), width: picture.width, height: picture.height, colorSpace: '1-1-1 (Rec. 709)' },
    }));
  }
}

function keyOf({ rate, width, height }: Picture): string {
  return `${width}x${height}@${rate.numerator}/${rate.denominator}`;
}

/** Final Cut's own names, which it shows to people; a size or rate without one is a custom format. */
function formatName({ rate, width, height }: Picture): string | undefined {
  const sizes: Record<string, string> = { '1280x720': '720', '1920x1080': '1080', '3840x2160': '3840x2160' };
  const size = sizes[`${width}x${height}`];
  const rates: Record<string, string> = { '24000/1001': '2398', '24/1': '24', '25/1': '25', '30000/1001': '2997', '30/1': '30', '50/1': '50', '60000/1001': '5994', '60/1': '60' };
  const speed = rates[`${rate.numerator}/${rate.denominator}`];
  return size === undefined || speed === undefined ? undefined : `FFVideoFormat${size}p${speed}`;
}

/** As Final Cut writes it, in hundredths of a tick: `100/2400s`, `1001/24000s`. */
function frameDuration({ numerator, denominator }: FrameRate): string {
  return denominator === 1 ? `100/${numerator * 100}s` : `${denominator}/${numerator}s`;
}

function asset(media: TimelineMedia, id: string, format: string): XmlElement {
  const { sound, shot, take } = media;
  const facts = { reel: media.name, scene: String(shot.sceneNumber), shot: `${shot.slate}${take === undefined ? '' : ` take ${take}`}` };
  return {
    name: 'asset',
    attributes: {
      id,
      name: media.name,
      start: '0s',
      duration: rationalSeconds(media.frameCount, media.rate),
      hasVideo: 1,
      format,
      videoSources: 1,
      ...(sound ? { hasAudio: 1, audioSources: 1, audioChannels: sound.channels, audioRate: sound.sampleRate } : {}),
    },
    content: [
      { name: 'media-rep', attributes: { kind: 'original-media', src: absoluteUrl(media) } },
      { name: 'metadata', content: Object.entries(facts).map(([key, value]) => ({ name: 'md', attributes: { key: `com.apple.proapps.studio.${key}`, value } })) },
    ],
  };
}

const UNDER_ID = 'under';

function soundAsset(under: TimelineSound, rate: FrameRate): XmlElement {
  return {
    name: 'asset',
    attributes: { id: UNDER_ID, name: under.file, start: '0s', duration: rationalSeconds(under.frameCount, rate), hasAudio: 1, audioSources: 1, audioChannels: under.channels, audioRate: under.sampleRate },
    content: [{ name: 'media-rep', attributes: { kind: 'original-media', src: absoluteUrl(under) } }],
  };
}

/** Hangs below the film's first item, at that item's start in its own time, and lies under all that follow. */
function underItem(under: TimelineSound, timeline: Timeline, offset: string): XmlElement {
  const duration = rationalSeconds(Math.min(under.frameCount, lengthOf(timeline)), timeline.rate);
  return { name: 'asset-clip', attributes: { ref: UNDER_ID, lane: -1, offset, name: under.file, duration, audioRole: 'music' } };
}

/** A take as a clip of the event, whole, so that the editor can choose another one. */
function browserClip(media: TimelineMedia, ref: string, format: string): XmlElement {
  return {
    name: 'asset-clip',
    attributes: { ref, name: media.name, duration: rationalSeconds(media.frameCount, media.rate), format, tcFormat: 'NDF', audioRole: media.sound && 'dialogue' },
    content: [{ name: 'note', content: media.shot.prompt }],
  };
}

function itemOf(item: TimelineItem, timeline: Timeline, formats: Formats, idOf: (media: TimelineMedia) => string, under: TimelineSound | undefined): XmlElement {
  const { rate, startFrame } = timeline;
  const attributes = { offset: rationalSeconds(startFrame + item.firstFrame, rate), duration: rationalSeconds(item.frameCount, rate) };
  if (item.kind === 'gap') return { name: 'gap', attributes: { name: 'Gap', ...attributes, start: '3600s' }, ...(under && { content: [underItem(under, timeline, '3600s')] }) };
  const { media, shot, sourceFrame } = item;
  const start = rationalSeconds(sourceFrame, media.rate);
  return {
    name: 'asset-clip',
    attributes: { ref: idOf(media), ...attributes, name: media.name, start, format: formats.idOf(media), tcFormat: 'NDF', audioRole: media.sound && 'dialogue' },
    content: [
      { name: 'note', content: shot.prompt },
      // Without this, a clip of nearly the film's rate would be played slower or faster to fit it.
      ...(sameRate(media.rate, rate) ? [] : [{ name: 'conform-rate', attributes: { scaleEnabled: 0, srcFrameRate: conformRate(media.rate) } }]),
      ...(under ? [underItem(under, timeline, start)] : []),
      ...markers(item, start, rationalSeconds(1, rate)),
    ],
  };
}

const CONFORM_RATES = ['23.98', '24', '25', '29.97', '30', '60', '47.95', '48', '50', '59.94'];

/** As the format names rates; one that it has no name for is left out. */
function conformRate({ numerator, denominator }: FrameRate): string | undefined {
  const name = denominator === 1 ? String(numerator) : (Math.floor((numerator / denominator) * 100 + 0.5) / 100).toFixed(2);
  return CONFORM_RATES.includes(name) ? name : CONFORM_RATES.find((known) => nominalRate({ numerator, denominator }) === Number(known));
}

function markers(clip: TimelineClip, start: string, duration: string): XmlElement[] {
  return markersOf(clip).map(({ kind, name, note }) => ({ name: kind === 'scene' ? 'chapter-marker' : 'marker', attributes: { start, duration, value: name, note } }));
}
