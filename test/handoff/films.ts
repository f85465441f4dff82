import fc from 'fast-check';
import type { CutPiece, CutShot } from '../../src/film/cut-plan.ts';
import { edlSourceFrame } from '../../src/film/handoff/write-edl.ts';
import type { KnownShot } from '../../src/film/handoff/edit-of-timeline.ts';
import { secondsOf, type FrameRate } from '../../src/film/handoff/frame-rate.ts';
import { takeName } from '../../src/film/handoff/take-name.ts';
import { timelineOfFilm, timelineShot } from '../../src/film/handoff/timeline-of-film.ts';
import { clipsOf, type Timeline, type TimelineMedia } from '../../src/film/handoff/timeline.ts';

export const RATES = {
  '23.976': { numerator: 24_000, denominator: 1001 },
  '24': { numerator: 24, denominator: 1 },
  '25': { numerator: 25, denominator: 1 },
  '29.97': { numerator: 30_000, denominator: 1001 },
  '30': { numerator: 30, denominator: 1 },
} as const satisfies Record<string, FrameRate>;

export interface ShotUnderTest {
  rate: FrameRate;
  frameCount: number;
  prompt: string;
  line?: string;
  heading?: string;
  sound: boolean;
}

/** A film out of nothing: shots, and pieces that name them by number, with in and out in frames of their clips. */
export interface FilmUnderTest {
  name: string;
  folder: string;
  shots: ShotUnderTest[];
  pieces: ({ shot: number; inFrame: number; outFrame?: number } | { blackFrames: number })[];
}

export function shotUnderTest(more: Partial<ShotUnderTest> = {}): ShotUnderTest {
  return { rate: RATES['24'], frameCount: 121, prompt: 'A paper boat.', sound: false, ...more };
}

/** The pieces of a film as its cut has them, and each shot's file. */
export function piecesOf(film: FilmUnderTest): { pieces: CutPiece[]; media: TimelineMedia[]; mediaOf: (shot: CutShot) => TimelineMedia } {
  const prompts = film.shots.map((shot, index) => {
    const [sceneNumber, numberInScene] = [Math.floor(index / 3) + 1, (index % 3) + 1];
    return {
      id: `shot-${index}`,
      projectId: 'film',
      name: `S${String(sceneNumber).padStart(2, '0')}_SH${String(numberInScene).padStart(2, '0')}`,
      index: index + 1,
      sceneNumber,
      ...(shot.heading === undefined ? {} : { sceneHeading: shot.heading }),
      numberInScene,
      text: shot.prompt,
      prompt: shot.prompt,
      startLine: index + 1,
      endLine: index + 1,
      settings: { kind: 'text2video' as const, model: 'kling-v2-5-turbo', prompt: shot.prompt, durationS: Math.round(secondsOf(shot.frameCount, shot.rate)), sound: shot.sound },
      inS: 0,
      ...(shot.line === undefined ? {} : { line: shot.line }),
      takesWanted: 1,
    };
  });
  const media = film.shots.map((shot, index): TimelineMedia => {
    const known = timelineShot(prompts[index]!);
    const name = takeName(known.slate, 1);
    const sound = shot.sound ? { sound: { sampleRate: 44_100, channels: 2 } } : {};
    return { shot: known, take: 1, name, file: `${name}.mp4`, path: `${film.folder}/media/${name}.mp4`, rate: shot.rate, frameCount: shot.frameCount, width: 1280, height: 720, ...sound };
  });
  const rate = film.shots.find((_, index) => film.pieces.some((piece) => 'shot' in piece && piece.shot === index))?.rate ?? RATES['24'];
  const first = film.pieces.find((piece) => 'shot' in piece);
  const filmRate = (first && 'shot' in first ? film.shots[first.shot]?.rate : undefined) ?? rate;
  const pieces = film.pieces.map((piece): CutPiece => {
    if ('blackFrames' in piece) return { blackS: secondsOf(piece.blackFrames, filmRate) };
    const own = film.shots[piece.shot]!.rate;
    const out = piece.outFrame === undefined ? {} : { outS: secondsOf(piece.outFrame, own) };
    return { prompt: prompts[piece.shot]!, take: { number: 1, fingerprint: `${piece.shot}`, contentHash: `${piece.shot}`, current: true }, inS: secondsOf(piece.inFrame, own), ...out };
  });
  return { pieces, media, mediaOf: (shot) => media.find((each) => each.shot.id === shot.prompt.id)! };
}

export function timelineUnderTest(film: FilmUnderTest): Timeline {
  return timelineOfFilm({ name: film.name, ...piecesOf(film) });
}

/** The shots as reading an edit knows them. @param withParts also what the film has of each now. */
export function knownShots(film: FilmUnderTest, options: { withParts: boolean }): Map<string, KnownShot> {
  const { pieces, media } = piecesOf(film);
  const timeline = timelineUnderTest(film);
  const shots = pieces.filter((piece) => 'prompt' in piece);
  return new Map(
    media.map((each) => {
      const parts = clipsOf(timeline).flatMap((clip, index) => {
        const piece = shots[index];
        if (!options.withParts || !piece || clip.shot.id !== each.shot.id) return [];
        const out = piece.outS === undefined ? {} : { outS: piece.outS };
        return [{ inS: piece.inS, ...out, sourceFrame: clip.sourceFrame, durationS: secondsOf(clip.frameCount, timeline.rate), timecodeS: secondsOf(edlSourceFrame(clip, timeline.rate), timeline.rate) }];
      });
      return [each.shot.id, { id: each.shot.id, slate: each.shot.slate, media: { rate: each.rate, frameCount: each.frameCount }, parts }];
    }),
  );
}

const words = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'A "kettle" & <tea> #1 100% ]]> \u0000 \ud800 é', 'Zeile eins\nZeile zwei\t* FROM CLIP NAME: x', '-->', '&amp;&#0;'));

/** Films of random orders, trims, names and odd words. @param mixedRates clips of several rates in one film. */
export function anyFilm({ mixedRates }: { mixedRates: boolean }): fc.Arbitrary<FilmUnderTest> {
  const anyRate = fc.constantFrom(...Object.values(RATES));
  return fc.record({ rate: anyRate, rates: fc.array(anyRate, { minLength: 8, maxLength: 8 }), count: fc.integer({ min: 1, max: 8 }) }).chain(({ rate, rates, count }) => {
    const shots = rates.slice(0, count).map((own) =>
      fc.record({ rate: fc.constant(mixedRates ? own : rate), frameCount: fc.integer({ min: 1, max: 300 }), prompt: words, sound: fc.boolean(), line: fc.option(words, { nil: undefined }), heading: fc.option(words, { nil: undefined }) }),
    );
    return fc.tuple(...shots).chain((list) => {
      const shot = fc.integer({ min: 0, max: count - 1 }).chain((index) => {
        const { frameCount } = list[index]!;
        return fc.integer({ min: 0, max: frameCount - 1 }).chain((inFrame) =>
          fc.option(fc.integer({ min: inFrame + 1, max: frameCount }), { nil: undefined }).map((outFrame) => ({ shot: index, inFrame, ...(outFrame === undefined ? {} : { outFrame }) })),
        );
      });
      const piece = fc.oneof({ weight: 8, arbitrary: shot }, { weight: 1, arbitrary: fc.record({ blackFrames: fc.integer({ min: 1, max: 100 }) }) });
      const folder = fc.constantFrom('/films/story.handoff', '/Filme/Mein Film #1 100% ü?/a&b', '/电影/"x"', "/it's; 50%25 done");
      const compact = list.map(({ line, heading, ...others }) => ({ ...others, ...(line === undefined ? {} : { line }), ...(heading === undefined ? {} : { heading }) }));
      return fc.record({ name: words, folder, shots: fc.constant(compact), pieces: fc.tuple(fc.array(piece, { maxLength: 12 }), shot).map(([before, last]) => joinedBlack([...before, last])) });
    });
  });
}

/** Two black parts in a row are one. */
function joinedBlack(pieces: FilmUnderTest['pieces']): FilmUnderTest['pieces'] {
  return pieces.filter((piece, index) => 'shot' in piece || !('blackFrames' in (pieces[index - 1] ?? {})));
}
