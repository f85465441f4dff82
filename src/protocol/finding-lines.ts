import type { FoundIssue, PromptFindings } from './prompt-findings.ts';

/** A shot with what was found in it. */
export interface CheckedShot {
  name: string;
  startLine: number;
  findings?: PromptFindings;
}

/** The issues of one severity as a person reads them: where, what, and what would help. */
export function findingLines({ name, startLine, findings }: CheckedShot, severity: FoundIssue['severity']): string[] {
  return (findings?.issues ?? []).filter((issue) => issue.severity === severity).map(({ code, message, fix }) => `${name} (line ${startLine}): ${message} (${code})${fix === undefined ? '' : `; ${fix.label}`}`);
}

/** From so many shots on, what they have in common is said once. */
export const SHOTS_TO_SAY_ONCE = 4;
const NAMED_SHOTS = 3;

/** The warnings of all shots; one that many shots have is a line for all of them. */
export function warningLines(shots: readonly CheckedShot[]): string[] {
  const byCode = new Map<string, CheckedShot[]>();
  for (const shot of shots) {
    const codes = new Set((shot.findings?.issues ?? []).filter(({ severity }) => severity === 'warning').map(({ code }) => code));
    for (const code of codes) byCode.set(code, [...(byCode.get(code) ?? []), shot]);
  }
  const repeated = new Map([...byCode].filter(([, having]) => having.length >= SHOTS_TO_SAY_ONCE));
  const own = shots.flatMap(({ findings, ...shot }) => findingLines({ ...shot, ...(findings === undefined ? {} : { findings: { ...findings, issues: findings.issues.filter(({ code }) => !repeated.has(code)) } }) }, 'warning'));
  return [...[...repeated].map(([code, having]) => linesOfMany(code, having)), ...own];
}

function linesOfMany(code: string, shots: readonly CheckedShot[]): string {
  const [first] = shots;
  const { message, fix } = first?.findings?.issues.find((issue) => issue.code === code && issue.severity === 'warning') ?? {};
  const named = shots.slice(0, NAMED_SHOTS).map(({ name }) => name).join(', ');
  return `${shots.length} shots (${named}${shots.length > NAMED_SHOTS ? ` and ${shots.length - NAMED_SHOTS} more` : ''}), as in ${first?.name} (line ${first?.startLine}): ${message} (${code})${fix === undefined ? '' : `; ${fix.label}`}`;
}

/** Every error that nobody accepted. */
export function errorLines(shots: readonly CheckedShot[]): string[] {
  return shots.flatMap((shot) => (shot.findings?.accepted === true ? [] : findingLines(shot, 'error')));
}
