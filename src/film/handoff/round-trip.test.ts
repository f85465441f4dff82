import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilm, knownShots, piecesOf, RATES, shotUnderTest, timelineUnderTest, type FilmUnderTest } from '../../../test/handoff/films.ts';
import type { EditPart } from '../../store/index.ts';
import { editOfTimeline, findClips } from './edit-of-timeline.ts';
import { readEdl } from './read-edl.ts';
import { readFcpxml } from './read-fcpxml.ts';
import { readOtio } from './read-otio.ts';
import type { ReadTimeline } from './read-timeline.ts';
import { timelineOfFilm } from './timeline-of-film.ts';
import type { Timeline } from './timeline.ts';
import { writeEdl } from './write-edl.ts';
import { writeFcpxml } from './write-fcpxml.ts';
import { writeOtio } from './write-otio.ts';

const FORMATS = {
  OpenTimelineIO: (timeline: Timeline) => readOtio(writeOtio(timeline), 'film.otio'),
  FCPXML: (timeline: Timeline) => readFcpxml(writeFcpxml(timeline), 'film.fcpxml'),
  EDL: (timeline: Timeline) => readEdl(writeEdl(timeline), 'film.edl', timeline.rate),
} satisfies Record<string, (timeline: Timeline) => ReadTimeline>;
const FORMAT_NAMES = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

/** At 24 frames a second the second and the third part begin in the same frame of their clip of 30. */
const TWO_PARTS_ALIKE_IN_AN_EDL: FilmUnderTest = {
  name: 'film',
  folder: '/films/story.handoff',
  shots: [
    { rate: { numerator: 24, denominator: 1 }, frameCount: 6, prompt: 'One', sound: true, heading: '' },
    { rate: { numerator: 30, denominator: 1 }, frameCount: 6, prompt: 'Two', sound: true, heading: '' },
  ],
  pieces: [
    { shot: 0, inFrame: 0 },
    { shot: 1, inFrame: 3 },
    { shot: 1, inFrame: 2, outFrame: 4 },
    { shot: 0, inFrame: 0 },
  ],
};

/** The parts that came back, read as the studio reads them. */
function throughFile(film: FilmUnderTest, format: keyof typeof FORMATS, options: { knowingTheFilm: boolean }): { read: ReadTimeline; parts: EditPart[] } {
  const timeline = timelineUnderTest(film);
  const read = FORMATS[format](timeline);
  expect(read.problems).toEqual([]);
  expect(read.leftOut).toEqual([]);
  const bySlate = new Map(timeline.media.map(({ shot }) => [shot.slate, shot.id]));
  const { found, problems } = findClips(read, ({ slate }) => bySlate.get(slate));
  const edit = editOfTimeline(read, found, knownShots(film, { withParts: options.knowingTheFilm }));
  expect([...problems, ...edit.problems]).toEqual([]);
  return { read, parts: edit.parts };
}

/** The film that these parts are cut to, as shots and frames. */
function framesOf(film: FilmUnderTest, parts: readonly EditPart[]): (string | number)[][] {
  const own = piecesOf(film);
  const prompts = new Map(own.pieces.flatMap((piece) => ('prompt' in piece ? [[piece.prompt.id, piece] as const] : [])));
  const pieces = parts.map((part) => {
    if ('blackS' in part) return part;
    const { prompt, take } = prompts.get(part.shotId)!;
    return { prompt, ...(take ? { take } : {}), inS: part.inS, ...(part.outS === undefined ? {} : { outS: part.outS }) };
  });
  return frames(timelineOfFilm({ name: film.name, ...own, pieces }));
}

function frames(timeline: Timeline): (string | number)[][] {
  return timeline.items.map((item) => (item.kind === 'gap' ? ['black', item.firstFrame, item.frameCount] : [item.shot.slate, item.sourceFrame, item.firstFrame, item.frameCount]));
}

describe.each(FORMAT_NAMES)('a film that goes out as %s and comes back', (format) => {
  it('has the same shots with the same in and out frames, whatever its order, trims, rate, names and words', () => {
    fc.assert(
      fc.property(anyFilm({ mixedRates: false }), (film) => {
        expect(framesOf(film, throughFile(film, format, { knowingTheFilm: false }).parts)).toEqual(frames(timelineUnderTest(film)));
      }),
      { numRuns: 100 },
    );
  });

  it('is to the last digit what it was when nobody touched it, also where clips have other rates than the film', () => {
    fc.assert(
      fc.property(anyFilm({ mixedRates: true }), (film) => {
        const { parts } = throughFile(film, format, { knowingTheFilm: true });
        const own = piecesOf(film).pieces;
        expect(framesOf(film, parts)).toEqual(frames(timelineUnderTest(film)));
        expect(parts).toHaveLength(own.length);
        // Two parts of one shot may look alike to the file; then either is right.
        for (const [index, part] of parts.entries()) {
          const piece = own[index]!;
          if ('shotId' in part && 'prompt' in piece) expect(piecesOf(film).pieces.filter((each) => 'prompt' in each && each.prompt.id === part.shotId).map((each) => ('prompt' in each ? [each.inS, each.outS] : []))).toContainEqual([part.inS, part.outS]);
        }
      }),
      { numRuns: 100, examples: [[TWO_PARTS_ALIKE_IN_AN_EDL]] },
    );
  });
});

it.each(FORMAT_NAMES)('a film of 1,200 shots, or of one, goes through %s to the frame', (format) => {
  const shots = Array.from({ length: 1200 }, (_, index) => shotUnderTest({ rate: RATES['23.976'], prompt: `Shot ${index}`, sound: index % 2 === 0 }));
  const pieces = shots.map((_, index) => ({ shot: 1199 - index, inFrame: index % 50, outFrame: 51 + (index % 70) }));
  for (const film of [{ name: 'Long', folder: '/f', shots, pieces }, { name: 'Short', folder: '/f', shots: shots.slice(0, 1), pieces: [{ shot: 0, inFrame: 120 }] }]) {
    expect(framesOf(film, throughFile(film, format, { knowingTheFilm: false }).parts)).toEqual(frames(timelineUnderTest(film)));
  }
});

describe.each(['OpenTimelineIO', 'FCPXML'] as const)('a film of several rates that goes out as %s', (format) => {
  it('keeps shots, in frames and lengths also when nothing is known of the film it came from', () => {
    fc.assert(
      fc.property(anyFilm({ mixedRates: true }), (film) => {
        expect(framesOf(film, throughFile(film, format, { knowingTheFilm: false }).parts)).toEqual(frames(timelineUnderTest(film)));
      }),
      { numRuns: 100 },
    );
  });
});
