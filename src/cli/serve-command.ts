import { StudioError } from '../lib/errors.ts';
import type { CommandResult } from './session.ts';

/** `serve`: a word of a later version. */
export async function serveCommand(): Promise<CommandResult> {
  throw new StudioError('SERVE_LATER', 'The studio in the browser is not there yet.', { next: 'Use the command line today: directorstudio film SCRIPT, directorstudio status.' });
}
