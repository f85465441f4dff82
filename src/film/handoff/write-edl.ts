import { timecode, type FrameRate } from './frame-rate.ts';
import { markersOf, type Timeline, type TimelineClip } from './timeline.ts';

/** Some readers stop at a line longer than this. */
const LONGEST_COMMENT = 220;

/**
 * A CMX 3600 edit decision list: cuts only, non-drop time code that counts in the film's rate, also for clips of another one.
 * The reel is the clip's file name without its ending; `FROM CLIP NAME` is the file.
 */
export function writeEdl(timeline: Timeline): string {
  const { rate, startFrame } = timeline;
  const events = timeline.items.map((item, index) => {
    const place = `${timecode(startFrame + item.firstFrame, rate)} ${timecode(startFrame + item.firstFrame + item.frameCount, rate)}`;
    const head = (reel: string, channels: string, source: number) =>
      `${String(index + 1).padStart(3, '0')}  ${reel.padEnd(8)} ${channels.padEnd(5)} C        ${timecode(source, rate)} ${timecode(source + item.frameCount, rate)} ${place}`;
    if (item.kind === 'gap') return head('BL', 'V', 0);
    return [head(item.media.name, item.media.sound ? 'AA/V' : 'V', edlSourceFrame(item, rate)), ...comments(item, timeline)].join('\n');
  });
  return [`TITLE: ${oneLine(timeline.name, 70)}`, 'FCM: NON-DROP FRAME', '', ...events, ''].join('\n');
}

/** Where a clip begins in its media, counted in the film's rate: the only rate an edit decision list has. */
export function edlSourceFrame({ sourceFrame, media }: Pick<TimelineClip, 'sourceFrame' | 'media'>, rate: FrameRate): number {
  return Math.round((sourceFrame * media.rate.denominator * rate.numerator) / (media.rate.numerator * rate.denominator));
}

function comments(clip: TimelineClip, { rate, startFrame }: Timeline): string[] {
  const { media, shot } = clip;
  const colours = { scene: 'PURPLE', shot: 'GREEN', line: 'YELLOW' } as const;
  return [
    `* FROM CLIP NAME: ${media.file}`,
    `* SOURCE FILE: ${media.file}`,
    ...markersOf(clip).map(({ kind, name }) => `* LOC: ${timecode(startFrame + clip.firstFrame, rate)} ${colours[kind].padEnd(7)} ${oneLine(name, LONGEST_COMMENT)}`),
    `* COMMENT: ${oneLine(shot.prompt, LONGEST_COMMENT)}`,
  ];
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function oneLine(text: string, most: number): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Surrogate}]+/gu, ' ').trim();
  if (line.length <= most) return line;
  let cut = '';
  for (const { segment } of letters.segment(line)) {
    if (cut.length + segment.length >= most) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
