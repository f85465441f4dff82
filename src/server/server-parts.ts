import type { Clock } from '../lib/clock.ts';
import type { Environment, Keychain } from '../credentials/index.ts';
import type { Studio } from '../studio.ts';
import type { Boards } from './boards.ts';
import type { ChangeWatch } from './change-watch.ts';
import type { EventLog } from './event-log.ts';
import type { Jobs } from './jobs.ts';
import type { Maker } from './making.ts';
import type { Passwords } from './passwords.ts';
import type { Pictures } from './pictures.ts';
import type { Turns } from './turns.ts';

/** What handlers work with. */
export interface ServerParts {
  studio: Studio;
  log: EventLog;
  boards: Boards;
  watch: ChangeWatch;
  jobs: Jobs;
  turns: Turns;
  maker: Maker;
  pictures: Pictures;
  passwords: Passwords | undefined;
  env: Environment;
  keychain: Keychain | undefined;
  clock: Clock;
  version: string;
  /** The folder of scripts to try. */
  examplesFolder: string;
}
