import type { ApiCalls, Cut } from '../../src/protocol/api/index.ts';

/** A part as it is saved: a shot from in to out within its clip, or black. Times in seconds. */
export type EditPart = ApiCalls['changeCut']['body']['parts'][number];
/** A part as it is shown: with its place in the film's time. */
export type FilmPart = Cut['parts'][number];
export type ShotPart = Extract<FilmPart, { shotId: string }>;
/** A shot with what it shows, wherever it stands. */
export type ShownShot = Cut['leftOut'][number];

/** No part is shorter: two frames. */
export const SHORTEST_S = 1 / 12;
export const FRAME_S = 1 / 24;

export const isShot = (part: FilmPart): part is ShotPart => 'shotId' in part;
export const lengthOf = ({ startS, endS }: FilmPart): number => endS - startS;
/** Where a shot's part ends within its clip. */
export const outOf = ({ outS, clipS }: { outS?: number | undefined; clipS: number }): number => outS ?? clipS;
export const partName = (part: FilmPart): string => (isShot(part) ? part.name : 'Black');

/** The parts as they are saved. */
export function editOf(parts: readonly FilmPart[]): EditPart[] {
  return parts.map((part) => (isShot(part) ? editOfShot(part) : { blackS: part.blackS }));
}

export function editOfShot({ shotId, inS, outS }: Pick<ShotPart, 'shotId' | 'inS' | 'outS'>): EditPart {
  return { shotId, inS, ...(outS === undefined ? {} : { outS }) };
}

/** Saved parts as they are shown, each behind the one before it. A shot that is unknown is left away. */
export function filmOf(edit: readonly EditPart[], shots: ReadonlyMap<string, ShownShot>): FilmPart[] {
  let atS = 0;
  return edit.flatMap((part): FilmPart[] => {
    const startS = atS;
    if ('blackS' in part) {
      atS = rounded(atS + part.blackS);
      return [{ blackS: part.blackS, startS, endS: atS }];
    }
    const shot = shots.get(part.shotId);
    if (!shot) return [];
    const { outS: _, ...rest } = shot;
    atS = rounded(atS + (part.outS ?? shot.clipS) - part.inS);
    return [{ ...rest, inS: part.inS, ...(part.outS === undefined ? {} : { outS: part.outS }), startS, endS: atS }];
  });
}

/** Every shot of the film, those that are left out as well. */
export function shotsOf({ parts, leftOut }: { parts: readonly FilmPart[]; leftOut: readonly ShownShot[] }): Map<string, ShownShot> {
  return new Map([...leftOut, ...parts.filter(isShot)].map((shot) => [shot.shotId, shot]));
}

export function moved(edit: readonly EditPart[], from: number, to: number): EditPart[] {
  const part = edit[from];
  return part === undefined ? [...edit] : edit.toSpliced(from, 1).toSpliced(to, 0, part);
}

/** @returns nothing where it is the only shot: a film needs one. */
export function takenOut(edit: readonly EditPart[], index: number): EditPart[] | undefined {
  const rest = edit.toSpliced(index, 1);
  return rest.some((part) => 'shotId' in part) ? rest : undefined;
}

/** Behind the nearest earlier shot of the script that is in the film; else first of all. */
export function putBack(edit: readonly EditPart[], shot: ShownShot, scriptOrder: readonly string[]): { edit: EditPart[]; index: number } {
  const before = scriptOrder.slice(0, Math.max(0, scriptOrder.indexOf(shot.shotId))).toReversed();
  const places = before.map((id) => edit.findLastIndex((part) => 'shotId' in part && part.shotId === id));
  const index = (places.find((place) => place >= 0) ?? -1) + 1;
  return { edit: edit.toSpliced(index, 0, editOfShot(shot)), index };
}

export function blackBehind(edit: readonly EditPart[], index: number, blackS: number): EditPart[] {
  return edit.toSpliced(index + 1, 0, { blackS });
}

/** In and out within the clip, held inside it; an out at the clip's end is left open, as the script leaves it. */
export function trimmed(part: ShotPart, { inS = part.inS, outS = outOf(part) }: { inS?: number; outS?: number }): Extract<EditPart, { shotId: string }> {
  const isIn = inS !== part.inS;
  const lastIn = (isIn ? outOf(part) : part.clipS) - SHORTEST_S;
  const from = rounded(Math.max(0, Math.min(inS, lastIn)));
  const to = rounded(Math.min(part.clipS, Math.max(outS, from + SHORTEST_S)));
  return { shotId: part.shotId, inS: from, ...(to >= part.clipS - 0.001 && part.outS === undefined ? {} : { outS: to }) };
}

export function replaced(edit: readonly EditPart[], index: number, part: EditPart): EditPart[] {
  return edit.with(index, part);
}

export function sameEdit(one: readonly EditPart[], other: readonly EditPart[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The part that is on the screen at a time of the film; the later one where two meet. */
export function partAt(parts: readonly FilmPart[], timeS: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((parts[middle]?.startS ?? 0) <= timeS) low = middle;
    else high = middle - 1;
  }
  return low;
}

function rounded(timeS: number): number {
  return Math.round(timeS * 1000) / 1000;
}
