/** The address of a picture at a width that the studio makes. */
export function withWidth(url: string, width: 160 | 320 | 640 | 1280): string {
  return `${url}${url.includes('?') ? '&' : '?'}width=${width}`;
}
