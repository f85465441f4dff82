import type { Writable } from 'node:stream';

/** A reader that has seen enough (`film ... | head`) ends the printing, not the work: clips under way are paid for. */
export function stayQuietWhenClosed(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}
