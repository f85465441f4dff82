import { messageOf, StudioError } from '../lib/errors.ts';

/** The codec's own set-up bytes (avcC, AudioSpecificConfig) out of a decoder configuration, whatever view they come in. */
export function descriptionBytes(config: VideoDecoderConfig | AudioDecoderConfig): Uint8Array | undefined {
  const description = config.description as unknown;
  if (ArrayBuffer.isView(description)) return new Uint8Array(description.buffer, description.byteOffset, description.byteLength);
  return description instanceof ArrayBuffer ? new Uint8Array(description) : undefined;
}

/** What a decoder that gives up means for the person whose clip it is. */
export function undecodable(path: string, what: 'picture' | 'sound', error: unknown): StudioError {
  return new StudioError('MEDIA_UNREADABLE', `Cannot use ${path} as a clip: its ${what} could not be decoded (${messageOf(error)}).`, { cause: error, detail: { path } });
}

/** Whatever a clip's packets or its decoder throw names the clip; our own errors pass. */
export async function* namingClip<Item>(items: AsyncGenerator<Item>, path: string, what: 'picture' | 'sound'): AsyncGenerator<Item> {
  try {
    for (;;) {
      const next = await items.next().catch((error: unknown) => {
        throw StudioError.is(error) ? error : undecodable(path, what, error);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await items.return(undefined);
  }
}
