import type { ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { Money } from '../ui/money.tsx';

type Effect = Pick<ApiCalls['priceShots']['answer'], 'anew' | 'forecast'>;

/** What a change makes anew and costs when the film is made; the change itself costs nothing. */
export function EffectWords({ effect: { anew, forecast }, engine }: { effect: Effect; engine: Engine }): ReactNode {
  if (anew.length === 0 && forecast.toMake.length === 0) return <p className="text-sm text-quiet">No picture changes; nothing is to be made.</p>;
  return (
    <p className="text-sm">
      {anew.length === 0 ? 'No picture changes.' : anew.length === 1 ? `${anew[0]} gets a new picture.` : `${anew.length} shots get new pictures.`} To make:{' '}
      {forecast.toMake.length === 0 ? 'nothing, the clips are there.' : <><Money units={forecast.estimateUnits} engine={engine} />, {forecast.toMake.length === 1 ? '1 clip' : `${forecast.toMake.length} clips`}, when you ask for it.</>} <span className="text-quiet">Takes that are there stay.</span>
    </p>
  );
}
