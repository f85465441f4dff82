import type { CapOption } from './options.ts';
import type { CommonOptions } from './session.ts';

/** What the words that make films and work on their shots take, as the command line hands it over. */
export interface ProjectOption extends CommonOptions {
  project?: string;
}

/** How a script is planned. */
export interface PlanOptions extends ProjectOption {
  as?: 'shots' | 'prose' | 'screenplay';
  model?: string;
  mode?: 'std' | 'pro' | '4k';
  duration?: number;
  aspect?: '16:9' | '9:16' | '1:1';
  negative?: string;
  takes?: number;
  pace?: 'calm' | 'even' | 'brisk';
  cast?: string;
  replan?: boolean;
  prefer?: 'cheap' | 'balanced' | 'best';
  fix?: boolean;
  strict?: boolean;
  anyway?: boolean;
  sandbox?: boolean;
  cap?: CapOption;
}

export interface PlanCommandOptions extends PlanOptions {
  output?: string;
  shots?: string;
  all?: boolean;
}

/** How money is spent. */
export interface SpendOptions extends ProjectOption {
  yes?: boolean;
  cap?: CapOption;
  retries?: number;
  concurrency?: number;
  sandbox?: boolean;
}

export interface FilmOptions extends PlanOptions, SpendOptions, UnderOptions {
  output?: string;
  shots?: string;
  partial?: boolean;
}

/** What lies under a film. */
export interface UnderOptions {
  under?: string;
  underDb?: number;
}

export interface AnimaticOptions extends PlanOptions, UnderOptions {
  output?: string;
  sheet?: string;
  paper?: 'a4' | 'letter';
}

export interface GenerateOptions extends SpendOptions {
  shots?: string;
}

export interface RetakeOptions extends SpendOptions {
  withdraw?: boolean;
}

export interface ResumeOptions extends SpendOptions {
  partial?: boolean;
}

export interface HandOffOptions extends ProjectOption {
  output?: string;
  partial?: boolean;
  read?: string;
  scriptOrder?: boolean;
}
