import { createRequire } from 'node:module';
import { messageOf, StudioError } from '../lib/errors.ts';

export type Codecs = typeof import('@napi-rs/webcodecs');
export type CanvasLibrary = typeof import('@napi-rs/canvas');

const require = createRequire(import.meta.url);

// Both packages are CommonJS and native: `require` gives the same object as `import`, without the wait, and only when asked.
function loadNative(name: string, purpose: string): unknown {
  try {
    return require(name);
  } catch (error) {
    throw new StudioError('MEDIA_CODECS_MISSING', `${purpose} needs the optional package ${name}, which did not load here: ${firstLine(messageOf(error))}`, {
      next: `Install it with "npm install --include=optional" on a platform it is built for (Linux, macOS, Windows; x64 or arm64; Node 20 or later).`,
      cause: error,
      detail: { package: name, platform: process.platform, arch: process.arch, node: process.version },
    });
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

/**
 * The H.264 and AAC encoders and decoders.
 * @throws StudioError `MEDIA_CODECS_MISSING` when the optional package is not installed or has no build for this platform.
 */
export function loadCodecs(): Codecs {
  return loadNative('@napi-rs/webcodecs', 'Encoding and decoding video') as Codecs;
}

/**
 * The drawing library.
 * @throws StudioError `MEDIA_CODECS_MISSING` when the optional package is not installed or has no build for this platform.
 */
export function loadCanvas(): CanvasLibrary {
  return loadNative('@napi-rs/canvas', 'Drawing pictures') as CanvasLibrary;
}
