import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { sizeWords } from '../../src/protocol/amount-words.ts';

type About = ApiCalls['about']['answer'];

/** A file that somebody chose or dropped: a script, or a film that was exported. */
export interface GivenFile {
  is: 'script' | 'film';
  fileName: string;
  sizeBytes: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Why a file is not taken, in words, and what to do. */
export interface Refusal {
  message: string;
  next?: string | undefined;
}

/** Reads a file, once it is known that the studio takes such a one: what is refused is not sent. */
export async function readGiven(file: File, { scripts, limits }: Pick<About, 'scripts' | 'limits'>): Promise<GivenFile | Refusal> {
  const { name, size } = file;
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  const known = scripts.find((each) => each.ending === ending);
  const readable = scripts.filter(({ instead }) => instead === undefined).map((each) => `.${each.ending}`);
  if (!known) return { message: `${name} is no script.`, next: `A script is a file of the kind ${readable.join(', ')}.` };
  if (known.instead !== undefined) return { message: `${name} cannot be read.`, next: known.instead };
  if (size === 0) return { message: `${name} is empty.` };
  const most = ending === 'json' ? limits.projectBytes : limits.scriptBytes;
  if (size > most) return { message: `${name} has ${sizeWords(size)}; at most ${sizeWords(most)} are taken.`, next: 'Check that this is the script and not a video.' };
  const bytes = await file.arrayBuffer().then((buffer) => new Uint8Array(buffer)).catch(() => undefined);
  if (!bytes) return { message: `${name} could not be read.`, next: 'It may have been moved, or be a folder. Choose it again.' };
  return { is: ending === 'json' && isFilm(bytes) ? 'film' : 'script', fileName: name, sizeBytes: size, bytes };
}

/** "Export" writes this at the beginning of its file; a list of shots has no such field. */
function isFilm(bytes: Uint8Array): boolean {
  return /^\s*\{\s*"format"\s*:\s*"directorstudio-project"/.test(new TextDecoder().decode(bytes.subarray(0, 200)));
}

/** Of bytes, for JSON. In pieces, because a call takes only so many arguments. */
export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x80_00) binary += String.fromCodePoint(...bytes.subarray(at, at + 0x80_00));
  return btoa(binary);
}
