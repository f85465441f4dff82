import Database from 'libsql';

/** Shots in each of the made-up films. */
const SHOTS_A_FILM = 50;

/**
 * Fills a store with copies of the one take it holds, journal and metrics included, as if so many had been filmed over
 * the years. Ids and fingerprints are random, as real ones are; tables, columns and indexes are whatever the migrations made.
 */
export async function multiplyTakes(path: string, takes: number): Promise<void> {
  const database = new Database(path);
  try {
    database.pragma('busy_timeout = 10000');
    database.exec(`
      create temp table copies (number integer primary key, film integer, generation text, shot text, take text, fingerprint text);
      insert into copies
        with recursive numbers (number) as (select 1 union all select number + 1 from numbers where number < ${takes - 1})
        select number, (number - 1) / ${SHOTS_A_FILM}, hex(randomblob(16)), hex(randomblob(16)), hex(randomblob(16)), lower(hex(randomblob(32))) from numbers;
      create temp table films_made as select distinct film from copies;
    `);
    const film = `'film-' || c.film`;
    const scene = `'scene-' || c.film`;
    const place = `c.number - c.film * ${SHOTS_A_FILM}`;
    database.exec('begin');
    copyRows(database, 'projects', 'films_made', { id: film, name: film });
    copyRows(database, 'scenes', 'films_made', { id: scene, project_id: film });
    copyRows(database, 'shots', 'copies', { id: 'c.shot', project_id: film, scene_id: scene, position: place, number_in_scene: place });
    copyRows(database, 'generations', 'copies', { id: 'c.generation', project_id: film, fingerprint: 'c.fingerprint', external_task_id: `'ds1-' || c.fingerprint` });
    copyRows(database, 'takes', 'copies', { id: 'c.take', shot_id: 'c.shot', generation_id: 'c.generation' });
    copyRows(database, 'metrics', 'copies', { generation_id: 'c.generation' });
    copyRows(database, 'journal', 'copies', { id: 'null', generation_id: 'c.generation' });
    database.exec('commit');
    database.exec(`drop table copies; drop table films_made; pragma wal_checkpoint(truncate)`);
  } finally {
    database.close();
  }
}

/** Every row of a table once for every row `c` of another, with some columns' values replaced. */
function copyRows(database: Database.Database, table: string, times: string, replaced: Readonly<Record<string, string>>): void {
  const columns = (database.prepare(`select name from pragma_table_info('${table}')`).all() as { name: string }[]).map(({ name }) => name);
  const values = columns.map((name) => replaced[name] ?? `original.${name}`);
  // The originals are read into a table of their own first: what is being written must not be copied again.
  database.exec(`
    create temp table originals as select * from ${table};
    insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${times} c cross join originals original;
    drop table originals;
  `);
}
