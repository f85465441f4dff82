import type { ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { Failure, Note } from '../ui/notes.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { regionWords } from './regions.ts';

/** What Kling said of the key, and what is left on the account where it tells. */
export function KeyCheckResult({ checked: { ok, error, baseUrl, packs } }: { checked: ApiCalls['checkKey']['answer'] }): ReactNode {
  if (!ok) return <Failure failure={error ?? { message: 'Kling does not take this key.' }} />;
  return (
    <Note kind="done">
      <p className="text-good-text" role="status">
        Kling takes this key.{baseUrl === undefined ? '' : ` It is of ${regionWords(baseUrl)}.`}
      </p>
      {packs.length === 0 ? <p className="text-sm text-quiet">Kling tells no prepaid packs of this account.</p> : null}
      <ul className="mt-2 flex flex-col gap-3">
        {packs.map(({ name, remainingUnits, totalUnits, validUntil }) => (
          <li key={`${name} ${validUntil ?? ''}`}>
            <p className="flex flex-wrap justify-between gap-x-4">
              <span>{name}</span>
              <span className="tabular-nums">
                {remainingUnits === undefined ? 'units not told' : `${remainingUnits.toLocaleString()} units left`}
                {totalUnits === undefined ? '' : ` of ${totalUnits.toLocaleString()}`}
              </span>
            </p>
            {remainingUnits === undefined || totalUnits === undefined || totalUnits === 0 ? null : <ProgressBar label={`${name}: units left`} done={remainingUnits / totalUnits} className="mt-1" />}
            {validUntil === undefined ? null : <p className="text-sm text-quiet">until {new Date(validUntil).toLocaleDateString()}</p>}
          </li>
        ))}
      </ul>
      {packs.length > 0 ? <p className="mt-2 text-sm text-quiet">Kling&apos;s numbers can be 12 hours old; what films here spent is counted by the studio itself.</p> : null}
    </Note>
  );
}
