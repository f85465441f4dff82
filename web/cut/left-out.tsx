import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { withWidth } from '../ui/picture-address.ts';
import type { ShownShot } from './parts.ts';

/** Shots of the script that are not in the film; a press puts one back to its place. */
export function LeftOut({ shots, onPutBack }: { shots: readonly ShownShot[]; onPutBack: (shot: ShownShot) => void }): ReactNode {
  if (shots.length === 0) return null;
  return (
    <section aria-label="Left out" className="flex items-center gap-2 overflow-x-auto border-t border-line bg-panel px-3 py-2 sm:px-5">
      <h3 className="shrink-0 text-sm font-medium">Left out</h3>
      {shots.map((shot) => (
        <button key={shot.shotId} type="button" aria-label={`Put ${shot.name} back`} onClick={() => onPutBack(shot)} className="flex shrink-0 items-center gap-2 rounded-lg border border-line bg-raised pr-2 text-sm hover:border-edge">
          <img src={withWidth(shot.pictureUrl, 160)} alt="" loading="lazy" className="h-9 rounded-l-lg" />
          <span className="font-mono">{shot.name}</span>
          <Plus size={14} aria-hidden />
        </button>
      ))}
    </section>
  );
}
