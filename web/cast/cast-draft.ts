import type { ApiCalls } from '../../src/protocol/api/index.ts';
import type { CastAndLook, CastRecord, Look } from '../../src/protocol/cast-and-look.ts';

export type CastChange = ApiCalls['changeCast']['body'];
type Picture = NonNullable<CastChange['cast'][number]['pictures']>[number];

/** A character as it is being written. `id` tells rows apart while names change. */
export interface WrittenCharacter {
  id: number;
  /** As it is saved; missing for a new one. */
  savedName?: string;
  name: string;
  words: string;
  colour: string;
  pictures: readonly Picture[];
}

export interface CastDraft {
  characters: readonly WrittenCharacter[];
  look: Required<Look>;
  /** What was saved when it was begun, to notice what somebody else saves meanwhile. */
  base: string;
}

export const LOOK_FIELDS = ['style', 'lens', 'light', 'palette'] as const satisfies readonly (keyof Look)[];

export function draftOf(saved: CastAndLook): CastDraft {
  return { characters: saved.cast.map((record, id) => writtenOf(record, id)), look: { style: '', lens: '', light: '', palette: '', ...saved.look }, base: baseOf(saved) };
}

/** Names a state of what is saved. */
export function baseOf(saved: CastAndLook): string {
  return JSON.stringify(saved);
}

function writtenOf({ name, words = '', colour = '', pictures = [] }: CastRecord, id: number): WrittenCharacter {
  return { id, savedName: name, name, words, colour, pictures: pictures.flatMap(({ frame }): Picture[] => ('sha256' in frame ? [{ sha256: frame.sha256, name: frame.name }] : 'url' in frame ? [{ url: frame.url }] : [])) };
}

/** As the studio takes it. */
export function changeOf({ characters, look }: CastDraft): CastChange {
  return {
    cast: characters.map(({ name, words, colour, pictures }) => ({ name: name.trim(), ...(words.trim() === '' ? {} : { words: words.trim() }), ...(colour === '' ? {} : { colour }), ...(pictures.length === 0 ? {} : { pictures: [...pictures] }) })),
    look: Object.fromEntries(LOOK_FIELDS.flatMap((field) => (look[field].trim() === '' ? [] : [[field, look[field].trim()]]))),
  };
}

/** Why a name cannot be saved. */
export function nameProblem(characters: readonly WrittenCharacter[], { id, name }: WrittenCharacter): string | undefined {
  const wanted = name.trim().toLowerCase();
  if (wanted === '') return 'A character needs a name.';
  return characters.some((other) => other.id !== id && other.name.trim().toLowerCase() === wanted) ? 'Another character has this name.' : undefined;
}

export function isCastDraft(value: unknown): value is CastDraft {
  return typeof value === 'object' && value !== null && 'characters' in value && Array.isArray(value.characters) && 'look' in value && 'base' in value && typeof value.base === 'string';
}
