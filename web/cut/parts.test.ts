import { describe, expect, it } from 'vitest';
import { blackBehind, editOf, filmOf, moved, partAt, putBack, shotsOf, takenOut, trimmed, type FilmPart, type ShotPart } from './parts.ts';

const shot = (shotId: string, startS: number, more: Partial<ShotPart> = {}): ShotPart => ({ shotId, name: shotId.toUpperCase(), inS: 0, clipS: 5, startS, endS: startS + 5, shows: 'clip', pictureUrl: '/p', ...more });
const parts: FilmPart[] = [shot('a', 0), shot('b', 5, { inS: 1, outS: 3, endS: 7 }), { blackS: 1, startS: 7, endS: 8 }, shot('c', 8, { endS: 13 })];
const shots = shotsOf({ parts, leftOut: [] });

describe('parts of the film', () => {
  it('are shown as they are saved', () => {
    expect(filmOf(editOf(parts), shots)).toEqual(parts);
  });

  it('follow each other without a gap when they change places', () => {
    const film = filmOf(moved(editOf(parts), 3, 0), shots);
    expect(film.map(({ startS, endS }) => [startS, endS])).toEqual([[0, 5], [5, 10], [10, 12], [12, 13]]);
  });

  it('are never all taken out', () => {
    expect(takenOut([{ shotId: 'a', inS: 0 }, { blackS: 1 }], 0)).toBeUndefined();
    expect(takenOut(editOf(parts), 0)).toHaveLength(3);
  });

  it('come back behind the shot before them in the script', () => {
    const without = takenOut(moved(editOf(parts), 3, 0), 2)!;
    expect(putBack(without, shots.get('b')!, ['a', 'b', 'c'])).toMatchObject({ index: 2, edit: [{ shotId: 'c' }, { shotId: 'a' }, { shotId: 'b', inS: 1, outS: 3 }, { blackS: 1 }] });
    expect(putBack([{ shotId: 'c', inS: 0 }], shots.get('a')!, ['a', 'b', 'c']).index).toBe(0);
  });

  it('keep their trims inside the clip, and something to see', () => {
    const [part] = parts as [ShotPart];
    expect(trimmed(part, { inS: -1 })).toEqual({ shotId: 'a', inS: 0 });
    expect(trimmed(part, { inS: 9 })).toEqual({ shotId: 'a', inS: 4.917 });
    expect(trimmed(part, { outS: 0 })).toEqual({ shotId: 'a', inS: 0, outS: 0.083 });
    expect(trimmed(part, { outS: 9 })).toEqual({ shotId: 'a', inS: 0 });
    expect(trimmed(parts[1] as ShotPart, { outS: 9 })).toEqual({ shotId: 'b', inS: 1, outS: 5 });
  });

  it('are found by the time of the film', () => {
    expect([0, 4.99, 5, 7.5, 12, 99].map((timeS) => partAt(parts, timeS))).toEqual([0, 0, 1, 2, 3, 3]);
  });

  it('get black between them', () => {
    expect(blackBehind(editOf(parts), 0, 2)[1]).toEqual({ blackS: 2 });
  });
});
