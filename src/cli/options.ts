import { InvalidArgumentError } from 'commander';

/** What `--cap` says: units, dollars, or no cap any more. */
export type CapOption = { units: number } | { usd: number } | 'none';

/** `12` or `12u`: units; `$5`: dollars; `none`: take the cap away. */
export function parseCap(text: string): CapOption {
  if (text.trim().toLowerCase() === 'none') return 'none';
  const match = /^\s*(\$?)\s*(\d+(?:\.\d+)?)\s*(units?|u)?\s*$/i.exec(text);
  const amount = Number(match?.[2]);
  if (!match || !Number.isFinite(amount) || (match[1] === '$' && match[3] !== undefined)) {
    throw new InvalidArgumentError("Write units (12), dollars with their sign in quotes ('$5'), or none.");
  }
  return match[1] === '$' ? { usd: amount } : { units: amount };
}

/** `-12`: decibels. */
export function parseGain(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= -60 && value <= 20) return value;
  throw new InvalidArgumentError('Allowed: decibels from -60 to 20, such as -12.');
}

/** A parser for whole numbers of a range, both ends included. */
export function wholeNumber(least: number, most: number, hint = ''): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\s*\d+\s*$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Allowed: a whole number from ${least} to ${most}.${hint === '' ? '' : ` ${hint}`}`);
  };
}

/** A folder's name; an empty one (`--home "$UNSET"`) would be the working folder. */
export function folderName(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Name a folder.');
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0) return value;
  throw new InvalidArgumentError('Allowed: a number above 0.');
}

const SIZE_UNITS: Record<string, number> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3, tib: 1024 ** 4 };

/** `500MB`, `5GB`, `2GiB`: bytes. */
export function parseSize(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text);
  const unit = SIZE_UNITS[(match?.[2] ?? '').toLowerCase()];
  if (!match || unit === undefined) throw new InvalidArgumentError('Write a number with its unit: 500MB, 5GB.');
  return Math.floor(Number(match[1]) * unit);
}

const AGE_UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** `12h`, `30d`, `4w`: milliseconds. */
export function parseAge(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([hdw])\s*$/i.exec(text);
  const unit = AGE_UNITS[(match?.[2] ?? '').toLowerCase()];
  if (!match || unit === undefined) throw new InvalidArgumentError('Write a number with h (hours), d (days) or w (weeks): 30d.');
  return Number(match[1]) * unit;
}
