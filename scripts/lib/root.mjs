import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout these scripts belong to: an absolute path without a slash at its end. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
