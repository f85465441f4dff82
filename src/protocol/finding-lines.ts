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

/** Every error that nobody accepted. */
export function errorLines(shots: readonly CheckedShot[]): string[] {
  return shots.flatMap((shot) => (shot.findings?.accepted === true ? [] : findingLines(shot, 'error')));
}
