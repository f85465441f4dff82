import type { CommonOptions } from './session.ts';

/** What the words that keep house take, as the command line hands it over. */
export interface PruneOptions extends CommonOptions {
  maxSize?: number;
  maxAge?: number;
  force?: boolean;
  yes?: boolean;
}

export interface KeysSetOptions extends CommonOptions {
  pair?: boolean;
  baseUrl?: string;
  where?: 'keychain' | 'file';
}

export interface SandboxCommandOptions extends CommonOptions {
  port?: number;
  folder?: string;
  speed?: number;
  slots?: number;
  units?: number;
  retired?: 'as-seen' | 'served' | 'refused';
}

export interface RecoverCommandOptions extends CommonOptions {
  sandbox?: boolean;
}
