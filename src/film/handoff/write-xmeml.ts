import { absoluteUrl } from './media-url.ts';
import { nominalRate, timecode, type FrameRate } from './frame-rate.ts';
import { clipsOf, lengthOf, markersOf, sourceFrameCount, type Timeline, type TimelineClip, type TimelineMedia } from './timeline.ts';
import { xmlDocument, type XmlElement } from './xml-text.ts';

/** Final Cut Pro 7 XML (xmeml 5), which Premiere Pro, DaVinci Resolve and many others read: one track of picture, two of sound. */
export function writeXmeml(timeline: Timeline): string {
  const { rate, name } = timeline;
  const files = new FileElements();
  const clips = clipsOf(timeline);
  const pictures = clips.map((clip, index) => videoItem(clip, index, timeline, files));
  const channels = Math.min(2, Math.max(0, ...clips.map(({ media }) => media.sound?.channels ?? 0)));
  const sounds = Array.from({ length: channels }, (_, channel) =>
    track(clips.flatMap((clip, index) => ((clip.media.sound?.channels ?? 0) > channel ? [audioItem(clip, index, channel, timeline, files)] : []))),
  );
  const audioFormat = { name: 'format', content: [{ name: 'samplecharacteristics', content: [leaf('depth', 16), leaf('samplerate', clips.find(({ media }) => media.sound)?.media.sound?.sampleRate ?? 48_000)] }] };
  return xmlDocument('xmeml', {
    name: 'xmeml',
    attributes: { version: '5' },
    content: [
      {
        name: 'sequence',
        attributes: { id: 'sequence-1' },
        content: [
          leaf('name', name),
          leaf('duration', lengthOf(timeline)),
          rateOf(rate),
          timecodeOf(timeline.startFrame, rate),
          {
            name: 'media',
            content: [
              { name: 'video', content: [{ name: 'format', content: [pictureCharacteristics(timeline)] }, track(pictures)] },
              { name: 'audio', content: [...(channels > 0 ? [leaf('numOutputChannels', channels), audioFormat] : []), ...sounds] },
            ],
          },
        ],
      },
    ],
  });
}

function leaf(name: string, content: string | number): XmlElement {
  return { name, content };
}

function track(items: XmlElement[]): XmlElement {
  return { name: 'track', content: [...items, leaf('enabled', 'TRUE'), leaf('locked', 'FALSE')] };
}

/** 23.976 is 24 of NTSC. */
function rateOf(rate: FrameRate): XmlElement {
  return { name: 'rate', content: [leaf('timebase', nominalRate(rate)), leaf('ntsc', rate.denominator === 1001 ? 'TRUE' : 'FALSE')] };
}

function timecodeOf(frame: number, rate: FrameRate): XmlElement {
  return { name: 'timecode', content: [rateOf(rate), leaf('string', timecode(frame, rate)), leaf('frame', frame), leaf('displayformat', 'NDF')] };
}

function pictureCharacteristics({ rate, width, height }: { rate: FrameRate; width: number; height: number }): XmlElement {
  return {
    name: 'samplecharacteristics',
    content: [rateOf(rate), leaf('width', width), leaf('height', height), leaf('anamorphic', 'FALSE'), leaf('pixelaspectratio', 'square'), leaf('fielddominance', 'none')],
  };
}

/** A file is described where it is used first; from then on its id alone stands for it. */
class FileElements {
  private readonly ids = new Map<TimelineMedia, string>();

  of(media: TimelineMedia): XmlElement {
    const known = this.ids.get(media);
    if (known !== undefined) return { name: 'file', attributes: { id: known } };
    const id = `file-${this.ids.size + 1}`;
    this.ids.set(media, id);
    const { sound } = media;
    const audio: XmlElement[] = sound ? [{ name: 'audio', content: [{ name: 'samplecharacteristics', content: [leaf('depth', 16), leaf('samplerate', sound.sampleRate)] }, leaf('channelcount', sound.channels)] }] : [];
    return {
      name: 'file',
      attributes: { id },
      content: [
        leaf('name', media.file),
        leaf('pathurl', absoluteUrl(media).replace('file:///', 'file://localhost/')),
        rateOf(media.rate),
        leaf('duration', media.frameCount),
        timecodeOf(0, media.rate),
        { name: 'media', content: [{ name: 'video', content: [leaf('duration', media.frameCount), pictureCharacteristics(media)] }, ...audio] },
      ],
    };
  }
}

/** In and out count in the media's rate, start and end in the film's. */
function common(clip: TimelineClip, timeline: Timeline): { head: XmlElement[]; place: XmlElement[] } {
  const { media, sourceFrame, firstFrame, frameCount } = clip;
  const sourceEnd = Math.min(media.frameCount, sourceFrame + Math.max(1, Math.round(sourceFrameCount(clip, timeline.rate))));
  return {
    head: [leaf('masterclipid', `masterclip-${media.name}`), leaf('name', media.file), leaf('enabled', 'TRUE'), leaf('duration', media.frameCount), rateOf(media.rate)],
    place: [leaf('start', firstFrame), leaf('end', firstFrame + frameCount), leaf('in', sourceFrame), leaf('out', sourceEnd)],
  };
}

function videoItem(clip: TimelineClip, index: number, timeline: Timeline, files: FileElements): XmlElement {
  const { head, place } = common(clip, timeline);
  const { shot, media, sourceFrame } = clip;
  const markers = markersOf(clip).map(({ name, note }) => ({ name: 'marker', content: [leaf('name', name), leaf('comment', note ?? ''), leaf('in', sourceFrame), leaf('out', -1)] }));
  return {
    name: 'clipitem',
    attributes: { id: videoId(index) },
    content: [
      ...head,
      ...place,
      files.of(media),
      leaf('compositemode', 'normal'),
      ...markers,
      { name: 'logginginfo', content: [leaf('description', shot.prompt), leaf('scene', String(shot.sceneNumber)), leaf('shottake', media.name), leaf('lognote', shot.line ?? '')] },
      ...links(clip, index, timeline),
    ],
  };
}

function audioItem(clip: TimelineClip, index: number, channel: number, timeline: Timeline, files: FileElements): XmlElement {
  const { head, place } = common(clip, timeline);
  const source = { name: 'sourcetrack', content: [leaf('mediatype', 'audio'), leaf('trackindex', channel + 1)] };
  return { name: 'clipitem', attributes: { id: audioId(index, channel) }, content: [...head, ...place, files.of(clip.media), source, ...links(clip, index, timeline)] };
}

/** Picture and sound of a clip move together in the editor. Every link names its place in its own track. */
function links({ media }: TimelineClip, index: number, timeline: Timeline): XmlElement[] {
  if (!media.sound) return [];
  const link = (id: string, kind: 'video' | 'audio', trackIndex: number, clipIndex: number) => ({
    name: 'link',
    content: [leaf('linkclipref', id), leaf('mediatype', kind), leaf('trackindex', trackIndex), leaf('clipindex', clipIndex)],
  });
  const before = clipsOf(timeline).slice(0, index);
  const place = (channel: number) => before.filter((clip) => (clip.media.sound?.channels ?? 0) > channel).length + 1;
  return [link(videoId(index), 'video', 1, index + 1), ...Array.from({ length: Math.min(2, media.sound.channels) }, (_, channel) => link(audioId(index, channel), 'audio', channel + 1, place(channel)))];
}

const videoId = (index: number) => `clipitem-${index + 1}`;
const audioId = (index: number, channel: number) => `clipitem-${index + 1}-a${channel + 1}`;
