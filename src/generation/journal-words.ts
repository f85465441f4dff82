import { formatMoney } from '../kling/index.ts';
import { bytes } from '../lib/amount-words.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { GenerationEvent } from './transition.ts';

/** Everything the journal of a take can hold. */
type JournalEvent = 'asked' | GenerationEvent['type'];

/** What happened to a take, for a person; `{Kling}` is the sandbox in its films. */
const JOURNAL_WORDS: Readonly<Record<JournalEvent, string>> = {
  asked: 'Asked for',
  send: 'Sent to {Kling}',
  held: 'Not sent',
  accepted: 'Taken by {Kling}',
  unsent: '{Kling} was not reached; nothing was sent',
  refused: 'Refused by {Kling}',
  deferred: 'Put off by {Kling}',
  'id-taken': '{Kling} knows this id already',
  lost: 'The answer was lost',
  found: 'Looked for at {Kling}: found',
  absent: 'Looked for at {Kling}: not there',
  'not-known': 'Looked for at {Kling}: no answer that decides',
  'cannot-know': 'What {Kling} did cannot be known from here',
  'next-attempt': 'Given a new id',
  processing: '{Kling} works on it',
  succeeded: 'Made by {Kling}',
  'task-failed': '{Kling} could not make it',
  'download-failed': 'Could not be fetched',
  unobtainable: 'No playable file to be had for now',
  'gave-up': 'Given up: {Kling} no longer keeps it',
  stored: 'Checked and stored',
  'file-lost': 'Its file was gone or damaged',
  'other-account': 'Needs the key of another account',
  recovered: 'Found on the account',
  unpark: 'Taken up again',
  retry: 'Asked for again',
  cancel: 'Withdrawn before it was sent',
};

/** The words of an event; one of a newer version stays as it was written. */
export function journalWords(event: string, engine: Engine): string {
  const words = Object.hasOwn(JOURNAL_WORDS, event) ? JOURNAL_WORDS[event as JournalEvent] : event;
  return engine === 'kling' ? words.replace('{Kling}', 'Kling') : sentence(words.replace('{Kling}', 'the sandbox'));
}

type Tell = (value: unknown, engine: Engine) => string;

/** Facts beside an event that a person wants to see. What is not named here stands in `--json`. */
const FACTS: Readonly<Record<string, Tell>> = {
  taskId: (value) => `task ${String(value)}`,
  attempt: (value) => (value === 1 ? '' : `attempt ${String(value)}`),
  estimateUnits: (value, engine) => (typeof value === 'number' ? `price ${money(engine, value)}` : ''),
  billedUnits: (value, engine) => (typeof value === 'number' ? `billed ${money(engine, value)}` : ''),
  charged: (value) => ({ no: 'not charged', yes: 'charged', unknown: 'whether it was charged is not known' })[String(value)] ?? '',
  sizeBytes: (value) => (typeof value === 'number' ? bytes(value) : ''),
  from: (value) => (value === 'cache' ? 'was on this disk' : ''),
  error: (value) => (typeof value === 'object' && value !== null && 'message' in value ? String(value.message) : ''),
};

function money(engine: Engine, units: number): string {
  return formatMoney(units, { play: engine === 'sandbox' });
}

/** ` · task 123 · billed $0.21 (1.5 units)`; some of it are foreign words. */
export function journalFacts(detail: Readonly<Record<string, unknown>>, engine: Engine): string {
  return Object.entries(FACTS)
    .map(([name, tell]) => (detail[name] === undefined || detail[name] === null ? '' : tell(detail[name], engine)))
    .filter((fact) => fact !== '')
    .map((fact) => ` · ${fact}`)
    .join('');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
