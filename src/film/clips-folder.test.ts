import { expect, it } from 'vitest';
import { clipsFolderOf } from './clips-folder.ts';

it.each([
  ['/films/story.mp4', '/films/story.clips'],
  ['/films/STORY.MP4', '/films/STORY.clips'],
  ['/films/a.mp4.mp4', '/films/a.mp4.clips'],
])('the clips of %s lie in %s', (film, folder) => {
  expect(clipsFolderOf(film)).toBe(folder);
});
