import type { GenerateRequest } from '../../src/generation/index.ts';
import type { Box, BoxOptions } from './box/box.ts';
import type { PlannedShot } from './box/shots.ts';
import type { Expectation } from './checks.ts';
import type { Setting } from './exhaustive.ts';

/** What a process is started for. */
export type Errand = 'film' | 'recover' | 'withdraw';

/** A film and what goes wrong with it. Every step of it is a place to die at. */
export interface Story {
  name: string;
  shots: readonly PlannedShot[];
  options?: Partial<BoxOptions>;
  capUnits?: number;
  /** What is asked of the first process. */
  request?: Partial<GenerateRequest>;
  /** Before anything runs. */
  prepare?: (box: Box) => void | Promise<void>;
  /** What goes wrong in the life before. */
  prepareEarlier?: (box: Box) => void | Promise<void>;
  /** A life before: another process runs to its end, or to `firstDiesAt`, and then this happens. */
  earlier?: (box: Box) => void | Promise<void>;
  /** What is asked of the process of the life before. */
  earlierRequest?: Partial<GenerateRequest>;
  /** The moment at which the process of the life before dies. */
  firstDiesAt?: string;
  /** The moment of the life before at which the home is copied. */
  backupAt?: string;
  /** What the process does that dies; default it films. */
  mortal?: Errand;
  /** What the process does that runs beside it in that setting; default it films. */
  beside?: Errand;
  /** Whether the home is lost or an older one put back: then one more recovery at the end must find everything here. */
  homeIsLost?: boolean;
  /** Which process it is that dies, when there was more than one before it; default the second after a life before, else the first. */
  mortalIs?: number;
  /** How a clip is stored is the same here as elsewhere: nobody dies at the disk. */
  sparesDisk?: boolean;
  /** Other settings than all: what runs beside it may need what is not there. */
  settings?: readonly Setting[];
  /** The key that the process uses which dies; default the account's first. */
  apiKey?: string;
  /** Between the death and the runs that bring everything home. */
  repair?: (box: Box) => void | Promise<void>;
  /** What the runs that bring it home may do. */
  finish?: Partial<GenerateRequest>;
  /** How often it is started again at most; default until nothing changes any more. */
  mostRuns?: number;
  expected: Expectation;
}
