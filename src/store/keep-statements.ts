import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** The program has a few dozen sentences; a list of ids of changing length makes more. */
const MOST_KEPT = 200;

/** A database that prepares each sentence once: Kysely asks for every sentence anew, and preparing costs more than most of them. */
export function keepStatements(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare(sentence) {
      const known = kept.get(sentence);
      if (known) return known;
      const prepared = database.prepare(sentence);
      const { reader } = prepared;
      const statement: SqliteStatement = { reader, all: (parameters) => prepared.all(parameters), run: (parameters) => prepared.run(parameters), iterate: (parameters) => prepared.iterate(parameters) };
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(sentence, statement);
      return statement;
    },
  };
}
