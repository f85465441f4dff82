import { isPortBlocked } from '../lib/blocked-ports.ts';
import { StudioError } from '../lib/errors.ts';
import type { SandboxOptions } from './sandbox.ts';

/** Far more than anyone films, and sums of it stay exact. */
const MOST_UNITS = 1_000_000_000;
const MOST_FOREIGN_TASKS = 10_000;

/** @throws StudioError `SANDBOX_OPTION_INVALID`, before anything is made. */
export function checkOptions(options: SandboxOptions): void {
  const { speed = 1, slots = 0, balanceUnits = 0, port = 0, urlLifetimeMs = 1, foreignTasks = 0, skewMs = 0, durationsMs, tasksIn = 'folder', clips } = options;
  requireInRange('speed', speed, { above: 0 });
  requireInRange('balanceUnits', balanceUnits, { from: 0, most: MOST_UNITS });
  requireSlots(slots);
  requireInRange('port', port, { from: 0, whole: true });
  if (isPortBlocked(port)) throw invalid('port', `must not be ${port}: no client calls that port by fetch`);
  requireInRange('urlLifetimeMs', urlLifetimeMs, { above: 0 });
  requireInRange('foreignTasks', foreignTasks, { from: 0, most: MOST_FOREIGN_TASKS, whole: true });
  requireSkew(skewMs);
  if (typeof durationsMs === 'number') requireInRange('durationsMs', durationsMs, { from: 0 });
  if (tasksIn === 'folder' && options.dataFolder === undefined) throw invalid('dataFolder', "is missing: give a folder, or tasksIn: 'memory'");
  if (tasksIn === 'memory' && clips === 'rendered') throw invalid('clips', "must be 'tiny' when tasks are in memory: drawn clips are files");
  const apiKeys = [options.apiKey ?? []].flat();
  if (options.apiKey !== undefined && (apiKeys.length === 0 || apiKeys.includes(''))) throw invalid('apiKey', 'is empty');
}

export function requireSlots(slots: number): void {
  requireInRange('slots', slots, { from: 0, whole: true });
}

export function requireUnits(units: number): void {
  requireInRange('units', units, { from: 0, most: MOST_UNITS });
}

/** A year at most: beyond it, it is a mistake. */
export function requireSkew(skewMs: number): void {
  requireInRange('skewMs', skewMs, { from: -365 * 24 * 3600 * 1000, most: 365 * 24 * 3600 * 1000 });
}

function requireInRange(name: string, value: number, rule: { from?: number; above?: number; most?: number; whole?: boolean }): void {
  const ok =
    !Number.isNaN(value) &&
    value >= (rule.from ?? -Infinity) &&
    value > (rule.above ?? -Infinity) &&
    value <= (rule.most ?? Infinity) &&
    (rule.whole !== true || Number.isInteger(value));
  if (ok) return;
  const kind = rule.whole === true ? 'a whole number' : 'a number';
  const least = rule.above === undefined ? `of at least ${rule.from ?? 0}` : `above ${rule.above}`;
  throw invalid(name, `must be ${kind} ${least}${rule.most === undefined ? '' : ` and at most ${rule.most}`}, not ${value}`);
}

function invalid(name: string, what: string): StudioError {
  return new StudioError('SANDBOX_OPTION_INVALID', `The sandbox cannot start: ${name} ${what}.`, {
    next: `Give another ${name}.`,
    detail: { option: name },
  });
}
