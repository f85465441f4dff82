import { open } from 'node:fs/promises';
import type { Clock } from '../lib/clock.ts';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { writeAll } from '../lib/write-all.ts';

export interface FetchClipOptions {
  fetch: typeof fetch;
  clock: Clock;
  /** Longest pause between two pieces, in milliseconds. */
  idleMs: number;
  /** Plain http is taken from loopback only, and only when the configured Kling is itself that. */
  allowLoopbackHttp: boolean;
  signal: AbortSignal;
  /** Called as bytes come in; the total is missing when the server does not say. */
  onProgress?: (receivedBytes: number, totalBytes: number | undefined) => void;
}

/** A 15 s clip in 4k stays far below; more is not a clip. */
const MAX_CLIP_BYTES = 4 * 1024 ** 3;
const MAX_REDIRECTS = 3;
/** What the system says of a full disk, or of a used-up share of it. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Downloads a finished clip into a new file; whoever keeps it syncs it. No credential goes along: the address is signed by itself.
 * @returns the number of bytes.
 * @throws StudioError DISK_FULL, CLIP_ADDRESS_REFUSED, CLIP_DOWNLOAD_FAILED (with the HTTP status), CLIP_CUT_SHORT; the signal's
 * reason unchanged. The address never stands in an error: it opens the clip to anyone who reads it.
 */
export async function fetchClip(url: string, path: string, options: FetchClipOptions): Promise<number> {
  const idle = new AbortController();
  const signal = AbortSignal.any([options.signal, idle.signal]);
  let stopTimer = new AbortController();
  const alive = () => {
    stopTimer.abort();
    stopTimer = new AbortController();
    options.clock.sleep(options.idleMs, stopTimer.signal).then(
      () => idle.abort(new Error(`no data for ${Math.round(options.idleMs / 1000)} s`)),
      () => {},
    );
  };
  alive();
  try {
    const response = await followRedirects(url, options, signal);
    const announced = response.headers.get('content-length');
    const totalBytes = announced === null ? undefined : Number(announced);
    if (totalBytes !== undefined && totalBytes > MAX_CLIP_BYTES) throw new StudioError('CLIP_DOWNLOAD_FAILED', `The clip is announced as ${totalBytes} bytes, which no clip is.`);
    const receivedBytes = await save(response, path, totalBytes, options, alive);
    if (totalBytes !== undefined && receivedBytes !== totalBytes) {
      throw new StudioError('CLIP_CUT_SHORT', `The download of the clip ended after ${receivedBytes} of ${totalBytes} bytes.`);
    }
    return receivedBytes;
  } catch (error) {
    options.signal.throwIfAborted();
    if (StudioError.is(error)) throw error;
    // This machine's trouble, not the clip's.
    if (FULL.has(systemErrorCode(error) ?? '')) {
      throw new StudioError('DISK_FULL', 'The disk is full; the clip could not be stored.', { cause: error, next: 'Make room, then directorstudio resume. The clip waits at Kling.' });
    }
    const reason = idle.signal.aborted ? messageOf(idle.signal.reason) : messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
    throw new StudioError('CLIP_DOWNLOAD_FAILED', `The clip could not be downloaded: ${reason}.`, { cause: error });
  } finally {
    stopTimer.abort();
  }
}

async function followRedirects(url: string, options: FetchClipOptions, signal: AbortSignal): Promise<Response> {
  let address = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    checkAddress(address, options.allowLoopbackHttp);
    const response = await options.fetch(address, { signal, redirect: 'manual', headers: { accept: 'video/mp4,*/*' } });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) {
      if (response.ok && response.body !== null) return response;
      await response.body?.cancel();
      throw new StudioError('CLIP_DOWNLOAD_FAILED', `The clip could not be downloaded: HTTP ${response.status}.`, { detail: { httpStatus: response.status } });
    }
    await response.body?.cancel();
    address = new URL(location, address).href;
  }
  throw new StudioError('CLIP_DOWNLOAD_FAILED', `The clip could not be downloaded: more than ${MAX_REDIRECTS} redirects.`);
}

function checkAddress(address: string, allowLoopbackHttp: boolean): void {
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  const loopback = parsed !== undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(parsed.hostname);
  if (parsed?.protocol === 'https:' && !loopback) return;
  if (allowLoopbackHttp && loopback && (parsed.protocol === 'http:' || parsed.protocol === 'https:')) return;
  throw new StudioError('CLIP_ADDRESS_REFUSED', `Kling named an address for the clip that is not fetched: ${parsed ? `${parsed.protocol}//${parsed.hostname}` : 'no URL'}.`, {
    next: 'Clips are fetched over https only. If you use a proxy in front of Kling, let it pass the addresses through unchanged.',
  });
}

async function save(response: Response, path: string, totalBytes: number | undefined, options: FetchClipOptions, alive: () => void): Promise<number> {
  const file = await open(path, 'wx');
  let receivedBytes = 0;
  try {
    // Iterating a fetch body is in every Node we support; its type is missing from the DOM-shaped declaration.
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      alive();
      receivedBytes += piece.byteLength;
      if (receivedBytes > MAX_CLIP_BYTES) throw new StudioError('CLIP_DOWNLOAD_FAILED', 'The download does not end.');
      await writeAll(file, piece);
      options.onProgress?.(receivedBytes, totalBytes);
    }
  } finally {
    await file.close();
  }
  return receivedBytes;
}
