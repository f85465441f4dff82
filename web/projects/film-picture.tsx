import { useState, type PointerEvent, type ReactNode } from 'react';
import type { ProjectSummary } from '../../src/protocol/api/index.ts';
import { useAnswer } from '../api/use-api.ts';
import { withWidth } from '../ui/picture-address.ts';

/** So many shots are looked through; of longer films the first ones. */
const MOST_SHOTS = 60;

/** The first picture of a film; under the mouse one goes through its shots from left to right, as through a strip. */
export function FilmPicture({ film: { projectId, pictureUrl, shots } }: { film: ProjectSummary }): ReactNode {
  const [at, setAt] = useState<number>();
  const board = useAnswer('getBoard', { params: { projectId }, query: { limit: MOST_SHOTS } }, { enabled: at !== undefined && shots > 1 });
  const cards = board.data?.items ?? [];
  const shown = at === undefined ? undefined : cards[Math.min(cards.length - 1, Math.floor(at * cards.length))];
  const look = ({ nativeEvent, currentTarget, pointerType }: PointerEvent<HTMLElement>) => {
    if (pointerType === 'mouse') setAt(Math.max(0, Math.min(0.999, nativeEvent.offsetX / currentTarget.clientWidth)));
  };
  if (pictureUrl === undefined) return null;
  return (
    <span className="absolute inset-0" onPointerMove={look} onPointerLeave={() => setAt(undefined)}>
      <img src={withWidth(pictureUrl, 640)} alt="" loading="lazy" decoding="async" className="pointer-events-none absolute inset-0 size-full object-cover" />
      {shown === undefined ? null : (
        <>
          <img src={withWidth(shown.pictureUrl, 320)} alt="" decoding="async" className="pointer-events-none absolute inset-0 size-full object-cover" />
          <span className="pointer-events-none absolute bottom-2 left-2 rounded-md bg-black/70 px-1.5 py-0.5 font-mono text-xs text-white">{shown.name}</span>
          <span aria-hidden className="pointer-events-none absolute bottom-0 h-1 bg-warm" style={{ width: `${100 / cards.length}%`, left: `${(cards.indexOf(shown) / cards.length) * 100}%` }} />
        </>
      )}
    </span>
  );
}
