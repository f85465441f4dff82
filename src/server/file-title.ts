/** A title as a file's name. */
export function fileTitle(title: string): string {
  return title.replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, ' ').replaceAll(/\.[a-z]{2,8}$/gi, '').trim().slice(0, 100) || 'film';
}
