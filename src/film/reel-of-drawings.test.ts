import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partFrames, readStaging, type Reel } from '../media/index.ts';
import { clipLengthOf, FilmDrawings, type ShotToDraw } from './drawing.ts';
import { placeDrawings } from './place-drawings.ts';
import { partReel, reelShotOf, shapeOfDrawing } from './reel-of-drawings.ts';
import { storyboardOf } from './animatic/storyboard-of-shots.ts';

const SHAPE = { width: 1280, height: 720 };
const WORDS = { stamp: 'ANIMATIC', clock: 'film' };
const shot = (changes: Partial<ShotToDraw> = {}, settings: Partial<ShotToDraw['settings']> = {}): ShotToDraw => ({
  name: 'S01_SH01',
  sceneNumber: 1,
  prompt: settings.prompt ?? 'A boat.',
  settings: { kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt: 'A boat.', durationS: 5, aspectRatio: '16:9', sound: false, ...settings },
  inS: 0,
  takesWanted: 1,
  ...changes,
});
const drawingsOf = (shots: readonly ShotToDraw[], records: { name: string; colour?: string }[]) => {
  const drawings = new FilmDrawings(shots, records);
  return shots.map((each) => drawings.make(each));
};
const drawingOf = (planned: ShotToDraw) => drawingsOf([planned], [])[0]!;
const times = fc.record({ inS: fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 10), lengthS: fc.integer({ min: 1, max: 50 }).map((tenths) => tenths / 10) });

describe('a drawn shot', () => {
  it('has as many frames as the cut will show of its clip, whatever its in and out and the rate of the film', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(5, 10), fc.constantFrom(24, 30, 25, 24_000 / 1001), fc.boolean(), ({ inS, lengthS }, durationS, frameRate, whole) => {
        const part = whole ? { inS: 0 } : { inS, outS: Math.min(durationS, inS + lengthS) };
        const planned = shot(part, { durationS });
        const placed = { drawing: drawingOf(planned), shape: SHAPE, inS: planned.inS, outS: planned.outS };
        const drawn = reelShotOf(placed, frameRate, WORDS);
        expect(drawn.frameCount).toBe(partFrames(part, clipLengthOf(planned.settings), frameRate).frameCount);
        expect(drawn.fromFrame + drawn.frameCount).toBeLessThanOrEqual(drawn.picture.frameCount);
      }),
    );
  });

  it('speaks within its time, one subtitle at a time', () => {
    const line = 'I never thought that he would really come back, not after all these years, and certainly not like this, in the middle of the night.';
    const { subtitles, frameCount } = reelShotOf({ drawing: drawingOf(shot({ inS: 1, outS: 4, line })), shape: SHAPE, inS: 1, outS: 4 }, 24, WORDS);
    expect(frameCount).toBe(72);
    expect(subtitles[0]?.fromFrame).toBe(0);
    expect(subtitles.at(-1)?.toFrame).toBe(72);
    for (const [index, { fromFrame, toFrame }] of subtitles.entries()) {
      expect(toFrame).toBeGreaterThan(fromFrame);
      expect(fromFrame).toBe(index === 0 ? 0 : subtitles[index - 1]!.toFrame);
    }
  });

  it('says in its margin what it is, how long, and what a take costs', () => {
    const { margin } = reelShotOf({ drawing: drawingOf(shot({ inS: 0.5, outS: 3, takesWanted: 3, sceneHeading: 'INT. KITCHEN' })), shape: SHAPE, inS: 0.5, outS: 3 }, 24, WORDS);
    expect(margin).toEqual({ slate: 'S01_SH01', heading: 'INT. KITCHEN', facts: 'Scene 1  ·  3 takes planned  ·  2.50 s on screen, of a clip of 5 s', price: '$0.21 (1.5 units) a take', ...WORDS });
  });

  it('that goes on from another begins with what the film shows of that one last, framed as that one where its words do not say', async () => {
    const goesOn: Partial<ShotToDraw['settings']> = { kind: 'image2video', startFrame: { lastFrameOf: 'previous' } };
    const shots = [shot({ outS: 3, prompt: 'Close-up of Mara, low angle.' }), shot({ name: 'S01_SH02', prompt: 'Mara turns away.' }, goesOn), shot({ name: 'S01_SH03', prompt: 'Wide shot of Mara.' }, goesOn), shot({ name: 'S01_SH04', prompt: 'A boat.' })];
    const { placed } = await placeDrawings(drawingsOf(shots, []).map((drawing, index) => ({ drawing, inS: 0, outS: shots[index]?.outS })), []);
    const [first, second, third, fourth] = placed.map((each) => reelShotOf(each, 24, WORDS));
    expect(second?.picture.begins).toEqual({ picture: first?.picture, frame: 71 });
    expect(third?.picture.begins?.picture).toMatchObject({ prompt: 'Mara turns away.' });
    expect(third?.picture.begins?.picture.begins).toBeUndefined();
    expect(fourth?.picture.begins).toBeUndefined();
    const whole = await placeDrawings(drawingsOf(shots, []).map((drawing, index) => ({ drawing, inS: 0, lastS: shots[index]?.outS })), []);
    expect(whole.placed.map((each) => reelShotOf(each, 24, WORDS)).map(({ picture, frameCount }) => [frameCount, picture.begins?.frame]).slice(0, 2)).toEqual([[121, undefined], [121, 71]]);
    expect([second, third].map((each) => each && readStaging(each.picture))).toMatchObject([{ size: 'close', angle: 'low' }, { size: 'wide' }]);
  });

  it('is another one as soon as the shot that it goes on from is', () => {
    const goesOn = shot({ name: 'S01_SH02', prompt: 'Mara turns away.' }, { kind: 'image2video', startFrame: { lastFrameOf: 'previous' } });
    const keys = [2, 3].map((outS) => new FilmDrawings([shot({ prompt: 'Mara waits.', settings: { ...shot().settings, cameraControl: { type: 'simple', config: { zoom: outS } } } }), goesOn], []).keyOf(goesOn));
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('has the shape of its start frame, else the ratio it asks for; one that continues has that of the shot before', async () => {
    expect(shapeOfDrawing(drawingOf(shot()), { path: 'x.png', width: 1000, height: 1000 })).toEqual({ width: 960, height: 960 });
    expect(shapeOfDrawing(drawingOf(shot({}, { aspectRatio: '9:16' })))).toEqual({ width: 720, height: 1280 });
    const continuing = shot();
    delete continuing.settings.aspectRatio;
    const shots = [shot({}, { aspectRatio: '9:16' }), { ...continuing, settings: { ...continuing.settings, kind: 'image2video' as const, startFrame: { lastFrameOf: 'previous' } } }];
    const { placed, absent } = await placeDrawings(drawingsOf(shots, []).map((drawing) => ({ drawing, inS: 0 })), []);
    expect({ shapes: placed.map(({ shape }) => shape.height), absent }).toEqual({ shapes: [1280, 1280], absent: [] });
  });

  it('is another drawing as soon as anything that is seen of it changes', () => {
    const keys = [shot(), shot({ line: 'Now.' }), shot({ sceneHeading: 'EXT. SEA' }), shot({ outS: 2 }), shot({}, { prompt: 'A ship.' }), shot({}, { durationS: 10 }), shot({}, { cameraControl: { type: 'down_back' } }), shot({ takesWanted: 2 })].map((each) => new FilmDrawings([each], []).keyOf(each));
    expect(new Set(keys).size).toBe(keys.length);
    expect(new FilmDrawings([shot()], []).keyOf(shot())).toBe(keys[0]);
  });
});

describe('the people of a film', () => {
  const shots = [shot({}, { prompt: 'Mara opens the door.' }), shot({ cast: ['Jonah'] }, { prompt: 'A man in the rain.' }), shot({}, { prompt: 'Mara and Jonah argue.' })].map((each) => ({ ...each, prompt: each.settings.prompt }));

  it('have one colour and one side in every shot they are in, that of their record where it has one', () => {
    const drawings = drawingsOf(shots, [{ name: 'mara', colour: '#00aa55' }, { name: 'Jonah' }]);
    const [one, two, both] = drawings.map(({ cast }) => cast ?? []);
    expect(one).toMatchObject([{ name: 'Mara', colour: '#00aa55' }]);
    expect(both).toEqual([one![0], two![0]]);
    expect(new Set(both!.map(({ side }) => side)).size).toBe(2);
  });

  it('make another film when their colour changes, and when somebody comes into another shot of it', () => {
    const keyOf = (film: readonly ShotToDraw[], records: { name: string; colour?: string }[]) => new FilmDrawings(film, records).keyOf(film[0]!);
    const key = keyOf(shots, []);
    expect(keyOf(shots, [])).toBe(key);
    expect(keyOf(shots, [{ name: 'Mara', colour: '#00aa55' }])).not.toBe(key);
    expect(keyOf([...shots, shot({ cast: ['Zoe'] })], [])).not.toBe(key);
  });
});

describe('parts of a reel', () => {
  it('hold every shot once, in order, and each begins at its frame of the film', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 500 }), (frames, most) => {
        const shots = frames.map((frameCount, index) => ({ ...reelShotOf({ drawing: drawingOf(shot({ name: `S01_SH${index}` })), shape: SHAPE, inS: 0 }, 24, WORDS), frameCount }));
        const reel: Reel = { width: 64, height: 36, frameRate: 24, firstFrame: 0, shots };
        const parts = partReel(reel, most);
        expect(parts.flatMap((part) => part.shots)).toEqual(shots);
        let at = 0;
        for (const part of parts) {
          expect(part.firstFrame).toBe(at);
          const length = part.shots.reduce((sum, { frameCount }) => sum + frameCount, 0);
          expect(length <= most || part.shots.length === 1).toBe(true);
          at += length;
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a storyboard', () => {
  it('has a cell for every shot, with the last frame where the camera moves, and says what all of them are', () => {
    const shots = [shot({ takesWanted: 2, line: 'Go.' }, { prompt: 'The camera pans left.' }), shot({ name: 'S01_SH02', outS: 2 })];
    const reelShots = shots.map((each) => reelShotOf({ drawing: drawingOf(each), shape: SHAPE, inS: each.inS, outS: each.outS }, 24, WORDS));
    const board = storyboardOf(shots, reelShots, { title: 'Story', paper: 'a4', frameRate: 24 });
    expect(board.totals).toBe('2 shots · 3 takes · 7.04 s · $0.63 (4.5 units)');
    expect(board.cells.map(({ kind }) => kind)).toEqual([expect.stringMatching(/pan left$/), expect.any(String)]);
    expect(board.cells.map(({ slate, moves, line, fact }) => ({ slate, moves, line, fact }))).toEqual([
      { slate: 'S01_SH01', moves: true, line: 'Go.', fact: '5.04 s · $0.21 (1.5 units)' },
      { slate: 'S01_SH02', moves: false, line: undefined, fact: '2.00 s · $0.21 (1.5 units)' },
    ]);
  });
});
