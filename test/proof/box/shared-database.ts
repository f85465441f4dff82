import Database from 'libsql';
import { CompiledQuery, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type DatabaseConnection, type Dialect, type Driver, type QueryResult } from 'kysely';
import type { Db } from '../../../src/store/database.ts';
import { MIGRATIONS } from '../../../src/store/migrations.ts';
import type { StoreSchema } from '../../../src/store/schema.ts';
import { forever, Life } from './life.ts';

/** What a sentence is about, for the names of the moments at which a process may die. The journal names its own events. */
const WORDS: readonly { pattern: RegExp; word: (parameters: readonly unknown[], table: string) => string }[] = [
  { pattern: /^insert into "journal"/, word: (parameters) => String(parameters[2]) },
  { pattern: /^(insert into|update) "takes".*"selected"/, word: (parameters) => (parameters.length > 4 ? 'attach' : 'select') },
  { pattern: /^(insert into|update) "takes"/, word: () => 'attach' },
  { pattern: /^delete from "takes"/, word: () => 'leave' },
  { pattern: /^update "generations" set "lease" = \?, "version"/, word: () => 'claim' },
  { pattern: /^update "generations" set "lease" = \?/, word: () => 'release' },
  { pattern: /^insert into "slots"/, word: () => 'slots' },
  { pattern: /^insert into "credentials"/, word: () => 'bind' },
  // Told by the journal, or part of what is named.
  { pattern: /^(insert into|update) "(generations|metrics|accounts)"/, word: () => '' },
  { pattern: /^(?:insert into|update|delete from) "(\w+)"/, word: (_, table) => table },
];

/** All rows, by table. */
export type DatabaseCopy = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;

interface Statement {
  reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
}

/**
 * One SQLite database in memory for all processes of a box, each with a handle of its own. A process writes alone, as
 * under SQLite's write lock; its death in the middle of a transaction rolls that back and frees the lock.
 */
export class SharedDatabase {
  private readonly sqlite = new Database(':memory:');
  private readonly statements = new Map<string, Statement>();
  private holder: Life | undefined;
  private readonly waiting: { life: Life; go: () => void }[] = [];
  private tables: string[] = [];
  private readonly god = new Life('box', () => {}, () => {});

  static async open(): Promise<SharedDatabase> {
    const shared = new SharedDatabase();
    shared.sqlite.exec('pragma foreign_keys = on');
    const db = shared.handleOf(shared.god);
    for (const migration of Object.values(MIGRATIONS)) await migration.up(db);
    shared.sqlite.exec(`
      create table takeovers (row text, old_lease text);
      create trigger takeover after update of lease on generations when old.lease is not null and new.lease is not null and old.lease <> new.lease
      begin insert into takeovers values (old.id, old.lease); end;
    `);
    shared.tables = (shared.sqlite.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`).all() as { name: string }[]).map(({ name }) => name);
    return shared;
  }

  /** As new, for the next box. */
  clear(): void {
    if (this.sqlite.inTransaction) this.sqlite.exec('rollback');
    this.holder = undefined;
    this.waiting.length = 0;
    this.sqlite.exec(`pragma foreign_keys = off; begin; ${this.tables.map((table) => `delete from "${table}";`).join(' ')} commit; pragma foreign_keys = on;`);
  }

  /** What a copy of the file would hold. Between two moments nobody is in the middle of a transaction. */
  copy(): DatabaseCopy {
    if (this.sqlite.inTransaction) throw new Error('a copy in the middle of a transaction is no copy');
    return new Map(this.tables.map((table) => [table, this.ask<Record<string, unknown>>(`select * from "${table}"`)]));
  }

  /** Puts a copy in the place of all there is. */
  putBack(copy: DatabaseCopy): void {
    this.clear();
    this.sqlite.exec('pragma foreign_keys = off');
    for (const [table, rows] of copy) {
      for (const row of rows) this.prepare(`insert into "${table}" (${Object.keys(row).map((name) => `"${name}"`).join(', ')}) values (${Object.keys(row).map(() => '?').join(', ')})`).run(Object.values(row));
    }
    this.sqlite.exec('pragma foreign_keys = on');
  }

  /** The database as one process sees it. */
  handleOf(life: Life): Db {
    life.onDeath(() => this.died(life));
    const connect = () => new Connection(this, life);
    return new Kysely<StoreSchema>({ dialect: dialectOver(connect) });
  }

  /** For looking on from outside, between two moments: sees what is committed and what is not. */
  ask<Row>(sentence: string, ...parameters: unknown[]): Row[] {
    return this.prepare(sentence).all(parameters) as Row[];
  }

  /** Rows whose lease was written over by another's since this was last asked. */
  takeTakeovers(): { row: string; old_lease: string }[] {
    const found = this.ask<{ row: string; old_lease: string }>('select row, old_lease from takeovers');
    if (found.length > 0) this.sqlite.exec('delete from takeovers');
    return found;
  }

  async take(life: Life): Promise<void> {
    if (this.holder === undefined) this.holder = life;
    else await new Promise<void>((go) => this.waiting.push({ life, go }));
    if (!life.alive) await forever();
  }

  give(life: Life): void {
    if (this.holder !== life) return;
    this.holder = undefined;
    const next = this.waiting.shift();
    if (!next) return;
    this.holder = next.life;
    next.go();
  }

  execute(sentence: string, parameters: readonly unknown[]): QueryResult<unknown> {
    const statement = this.prepare(sentence);
    if (statement.reader) return { rows: statement.all(parameters) };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
  }

  private prepare(sentence: string): Statement {
    const known = this.statements.get(sentence);
    if (known) return known;
    const prepared = this.sqlite.prepare(sentence) as unknown as Statement;
    // Asked for once: it is worked out anew at each look.
    const { reader } = prepared;
    const statement: Statement = { reader, all: (parameters) => prepared.all(parameters), run: (parameters) => prepared.run(parameters) };
    this.statements.set(sentence, statement);
    return statement;
  }

  private died(life: Life): void {
    for (let place = this.waiting.length - 1; place >= 0; place -= 1) if (this.waiting[place]!.life === life) this.waiting.splice(place, 1);
    if (this.holder !== life) return;
    if (this.sqlite.inTransaction) this.sqlite.exec('rollback');
    this.give(life);
  }
}

class Connection implements DatabaseConnection {
  private readonly shared: SharedDatabase;
  private readonly life: Life;
  /** What the open transaction has written so far; `undefined` outside of one. */
  private words: Set<string> | undefined;

  constructor(shared: SharedDatabase, life: Life) {
    this.shared = shared;
    this.life = life;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { sql, parameters } = query;
    this.life.onWord();
    if (!this.life.alive) return await forever();
    return (await this.executeSentence(sql, parameters)) as QueryResult<Row>;
  }

  private async executeSentence(sentence: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>> {
    const { shared, life } = this;
    if (sentence === 'begin immediate') {
      await shared.take(life);
      this.words = new Set();
      return shared.execute(sentence, parameters);
    }
    if (this.words === undefined) return await this.alone(sentence, parameters);
    if (sentence === 'rollback') {
      this.words = undefined;
      const result = shared.execute(sentence, parameters);
      shared.give(life);
      return result;
    }
    if (sentence !== 'commit') {
      const result = shared.execute(sentence, parameters);
      this.note(sentence, parameters, this.words);
      return result;
    }
    // A transaction that only read is no moment to die at.
    const name = this.words.size > 0 ? `commit ${[...this.words].join('+')}` : undefined;
    if (name) await life.point(`${name} / before`);
    const result = shared.execute(sentence, parameters);
    this.words = undefined;
    shared.give(life);
    if (name) await life.point(`${name} / after`);
    return result;
  }

  /** A sentence without a transaction is one by itself. */
  private async alone(sentence: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>> {
    const { shared, life } = this;
    await shared.take(life);
    const words = new Set<string>();
    this.note(sentence, parameters, words);
    const name = words.size > 0 ? `commit ${[...words].join('+')}` : undefined;
    try {
      if (name) await life.point(`${name} / before`);
      const result = shared.execute(sentence, parameters);
      if (name) await life.point(`${name} / after`);
      return result;
    } finally {
      shared.give(life);
    }
  }

  private note(sentence: string, parameters: readonly unknown[], words: Set<string>): void {
    for (const { pattern, word } of WORDS) {
      const match = pattern.exec(sentence);
      if (!match) continue;
      const found = word(parameters, match[1] ?? '');
      if (found !== '') words.add(found);
      return;
    }
  }

  // oxlint-disable-next-line require-yield -- the store streams nothing
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the store streams nothing');
  }
}

/** One connection a handle, given to one user at a time, as Kysely's own for SQLite. */
function dialectOver(connect: () => Connection): Dialect {
  const createDriver = (): Driver => {
    const connection = connect();
    let free: Promise<void> = Promise.resolve();
    let release = () => {};
    return {
      init: async () => {},
      acquireConnection: async () => {
        const before = free;
        let mine = () => {};
        free = new Promise((resolve) => (mine = resolve));
        await before;
        release = mine;
        return connection;
      },
      releaseConnection: async () => release(),
      beginTransaction: async () => void (await connection.executeQuery(CompiledQuery.raw('begin immediate'))),
      commitTransaction: async () => void (await connection.executeQuery(CompiledQuery.raw('commit'))),
      rollbackTransaction: async () => void (await connection.executeQuery(CompiledQuery.raw('rollback'))),
      destroy: async () => {},
    };
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
