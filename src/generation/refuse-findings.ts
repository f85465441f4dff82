import type { ClipCacheManager } from '../cache/index.ts';
import { count } from '../lib/amount-words.ts';
import { StudioError } from '../lib/errors.ts';
import { errorLines, findingLines, warningLines, type CheckedShot } from '../protocol/finding-lines.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Store } from '../store/index.ts';
import { forecastRun } from './forecast.ts';
import type { WantedRequest } from './wanted-takes.ts';

/** How much is shown of what can be hundreds. */
const SHOWN = 20;
const ERRORS_NEXT = 'Nothing was saved or spent. Change the script, or let --fix do what it can; --anyway films it as it is, and Kling decides.';
const WARNINGS_NEXT = 'Nothing was saved or spent. Change the script, let --fix do what it can, or leave --strict out.';
const STORED_NEXT = 'Nothing was spent. Change the script and run film again; film SCRIPT --fix does what it can, film SCRIPT --anyway films it as it is, and Kling decides.';

/**
 * Why shots are not sent: what was found in their prompts, all at once. `undefined`: nothing stands against it.
 * @param options.strict warnings count as well. @param options.warnings of the whole film, with `strict`. @param options.brief the issues were shown already. @param options.stored the shots were planned by an earlier run.
 */
export function refusalOf(shots: readonly CheckedShot[], { strict = false, warnings = [], brief = false, stored = false }: { strict?: boolean; warnings?: readonly string[]; brief?: boolean; stored?: boolean } = {}): StudioError | undefined {
  const errors = errorLines(shots);
  const warned = strict ? [...warnings, ...shots.flatMap((shot) => findingLines(shot, 'warning'))] : [];
  if (errors.length + warned.length === 0) return undefined;
  const all = [...errors, ...warned];
  const shown = [...errors, ...(strict ? [...warnings, ...warningLines(shots)] : [])];
  const list = shown.slice(0, SHOWN).map((line) => `\n  ${line}`).join('');
  const what = [errors.length > 0 ? count(errors.length, 'error') : '', warned.length > 0 ? `${count(warned.length, 'warning')}${errors.length > 0 ? '' : ', and --strict stops on them'}` : ''].filter((part) => part !== '').join(' and ');
  return new StudioError('PROMPTS_REFUSED', `${brief ? 'This film would not be sent' : 'Nothing is sent'}: the prompts have ${what}${brief ? '.' : `:${list}${shown.length > SHOWN ? `\n  and ${shown.length - SHOWN} more` : ''}`}`, {
    next: stored ? STORED_NEXT : errors.length > 0 ? ERRORS_NEXT : WARNINGS_NEXT,
    detail: { errors: errors.length, warnings: warned.length, shots: [...new Set(shots.filter((shot) => errorLines([shot]).length > 0).map(({ name }) => name))], issues: all.slice(0, 100) },
  });
}

/**
 * Stops a run before it writes or sends anything, when shots that it would pay for have errors in their words.
 * @throws StudioError PROMPTS_REFUSED with all of them. Shots that are there, or at Kling, are never a reason.
 */
export async function requireSendable(parts: { store: Store; cache: ClipCacheManager }, engine: Engine, request: WantedRequest & { retries?: number }): Promise<void> {
  const withErrors = await parts.store.projects.loadPromptsWithErrors(request.projectId);
  if (withErrors.length === 0) return;
  const { toMake } = await forecastRun(parts, engine, request);
  const toSend = new Set(toMake.map(({ shot }) => shot));
  const refusal = refusalOf(withErrors.filter(({ name }) => toSend.has(name)), { stored: true });
  if (refusal) throw refusal;
}
