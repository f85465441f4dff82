import type Database from 'libsql';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { STORE_DAMAGED_NEXT } from './stored-json.ts';

/** What SQLite's words mean for a person; anything else is a bug of ours and stays as it is. */
const MEANINGS: readonly { pattern: RegExp; code: string; message: string; next: string }[] = [
  {
    pattern: /^SQLITE_FULL/,
    code: 'DISK_FULL',
    message: 'The disk is full; the store could not write the next step, and so it was not taken.',
    next: 'Make room, then directorstudio resume. What was paid for is written down.',
  },
  {
    pattern: /^SQLITE_(CORRUPT|NOTADB)/,
    code: 'STORE_DAMAGED',
    message: 'The store (studio.sqlite in the home) is damaged.',
    next: STORE_DAMAGED_NEXT,
  },
  {
    pattern: /^SQLITE_(IOERR|READONLY|CANTOPEN)/,
    code: 'STORE_UNUSABLE',
    message: 'The store (studio.sqlite in the home) cannot be read or written.',
    next: 'Check the disk and who owns the home: directorstudio doctor.',
  },
  {
    pattern: /^SQLITE_BUSY/,
    code: 'STORE_BUSY',
    message: 'Another process has kept the store locked for too long.',
    next: 'Try again; directorstudio status shows what runs.',
  },
];

/** A database for Kysely whose troubles are said in words that a person can act on. */
export function explainErrors(database: Database.Database): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(sentence) {
      const statement: SqliteStatement = explained(() => database.prepare(sentence));
      return {
        reader: statement.reader,
        all: (parameters) => explained(() => statement.all(parameters)),
        run: (parameters) => explained(() => statement.run(parameters)),
        iterate: (parameters) => explained(() => statement.iterate(parameters)),
      };
    },
  };
}

function explained<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw explainedError(error) ?? error;
  }
}

/** The error for a person behind one of SQLite's; undefined for one that is no trouble of the store's. */
export function explainedError(error: unknown): StudioError | undefined {
  if (StudioError.is(error)) return error;
  const code = systemErrorCode(error) ?? '';
  const meaning = MEANINGS.find(({ pattern }) => pattern.test(code));
  if (!meaning) return undefined;
  return new StudioError(meaning.code, meaning.message, { next: meaning.next, cause: error, detail: { sqlite: `${code}: ${messageOf(error)}` } });
}
