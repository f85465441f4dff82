import { useCallback, type ReactNode } from 'react';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { moneyWords } from '../../src/protocol/money-words.ts';
import { useAnswer } from '../api/use-api.ts';

/** How amounts are said, for sentences. Dollars with units; the sandbox's are play money. */
export function useMoneyWords(engine: Engine): (units: number) => string {
  const about = useAnswer('about', {});
  const usdPerUnit = about.data?.usdPerUnit;
  return useCallback((units) => (usdPerUnit === undefined ? `${units} units` : moneyWords(units, { usdPerUnit, play: engine === 'sandbox' })), [usdPerUnit, engine]);
}

/** An amount, the dollars first to the eye. */
export function Money({ units, engine }: { units: number; engine: Engine }): ReactNode {
  const words = useMoneyWords(engine)(units);
  const cut = words.indexOf(' (');
  return (
    <span className="whitespace-nowrap tabular-nums">
      {cut === -1 ? words : words.slice(0, cut)} <span className="text-quiet">{cut === -1 ? '' : words.slice(cut + 1)}</span>
    </span>
  );
}
