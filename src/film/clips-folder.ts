/** Where a film's clips lie as files of their own: `story.clips` beside `story.mp4`, whatever the case of the ending. */
export function clipsFolderOf(filmPath: string): string {
  return `${filmPath.replace(/\.mp4$/i, '')}.clips`;
}
