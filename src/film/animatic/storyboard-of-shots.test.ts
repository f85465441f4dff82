import { expect, test } from 'vitest';
import { FilmDrawings, type ShotToDraw } from '../drawing.ts';
import { placeDrawings } from '../place-drawings.ts';
import { reelShotOf } from '../reel-of-drawings.ts';
import { storyboardOf } from './storyboard-of-shots.ts';

const shot = (name: string, prompt: string, continues = false): ShotToDraw => ({
  name,
  sceneNumber: 1,
  prompt,
  settings: { kind: continues ? 'image2video' : 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt, durationS: 5, aspectRatio: '16:9', sound: false, ...(continues ? { startFrame: { lastFrameOf: 'previous' } } : {}) },
  inS: 0,
  takesWanted: 1,
});

test('a storyboard says which shot goes on from which, before how it is framed', async () => {
  const shots = [shot('S01_SH01', 'Wide shot of a boat on the sea.'), shot('S01_SH02', 'Close-up of Mara. Slow push-in.', true)];
  const drawings = new FilmDrawings(shots, []);
  const { placed } = await placeDrawings(shots.map((each) => ({ drawing: drawings.make(each), inS: 0 })), []);
  const board = storyboardOf(shots, placed.map((each) => reelShotOf(each, 24, { stamp: '', clock: '' })), { title: 'Film', paper: 'a4', frameRate: 24 });
  expect(board.cells.map(({ kind }) => kind)).toEqual(['wide', 'goes on from S01_SH01 · close-up · push in']);
});
