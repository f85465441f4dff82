import { nearestWord } from '../lib/nearest-word.ts';
import type { CastAndLook } from '../protocol/cast-and-look.ts';
import { foldedName, type ScriptShot } from '../script/index.ts';

/**
 * What a person should hear about cast and look before anything is filmed.
 * @param reworded slates of shots whose own words are as they were, and that are sent with others all the same.
 */
export function castNotes(shots: readonly ScriptShot[], castAndLook: CastAndLook, planned: readonly { name: string; cast?: string[] }[], reworded: readonly string[]): string[] {
  const changed = reworded.length === 0 ? [] : [`Cast or look changed, and with them what is sent for ${listed(reworded)}; what is not there yet is filmed anew.`];
  return [...changed, ...nameNotes(shots, castAndLook, planned)];
}

/** Slips in names, and characters that are nowhere. */
function nameNotes(shots: readonly ScriptShot[], { cast }: CastAndLook, planned: readonly { name: string; cast?: string[] }[]): string[] {
  if (cast.length === 0) return [];
  const names = cast.map(({ name }) => name);
  const known = new Set(names.map(foldedName));
  const slips = new Map<string, string>();
  for (const [index, shot] of shots.entries()) {
    for (const name of shot.cast ?? []) {
      const meant = known.has(foldedName(name)) ? undefined : nearestWord(name, names);
      if (meant !== undefined && !slips.has(name)) slips.set(name, `${planned[index]?.name ?? ''} names ${name}, who has no record in the cast; did you mean ${meant}?`);
    }
  }
  const present = new Set(planned.flatMap((shot) => (shot.cast ?? []).map(foldedName)));
  const absent = names.filter((name) => !present.has(foldedName(name)));
  return [...slips.values(), ...(absent.length === 0 ? [] : [`In no shot: ${listed(absent)}.`])];
}

function listed(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
}
