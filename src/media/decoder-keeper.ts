/** What decoders of pictures and of sound have in common. */
interface Decoder {
  readonly state: string;
  flush(): Promise<unknown>;
  close(): void;
}

/** A decoder in use: what came out of it, and why it gave up. */
export interface OpenDecoder<Kind extends Decoder, Out> {
  readonly decoder: Kind;
  readonly out: Out[];
  failure: unknown;
}

/** Makes a decoder and configures it. */
export type MakeDecoder<Kind extends Decoder, Out> = (callbacks: { output: (out: Out) => void; error: (error: Error) => void }) => Kind;

/** Kinds of clips in a film for which one is kept; a decoder of large pictures holds some 20 MB. */
const MOST_KEPT = 3;

/**
 * Decoders for clips that follow each other. The codecs keep a tenth of a megabyte and more of every decoder that was ever
 * open, which adds up in a film of many short clips. So one that came to the end of its clip in good order goes on with the
 * next clip of the same configuration.
 */
export class DecoderKeeper<Kind extends Decoder, Out> {
  /** By configuration; the one used last stands last. */
  readonly #idle = new Map<string, OpenDecoder<Kind, Out>>();
  readonly #discard: (out: Out) => void;

  constructor(discard: (out: Out) => void) {
    this.#discard = discard;
  }

  take(configuration: string, make: MakeDecoder<Kind, Out>): OpenDecoder<Kind, Out> {
    const idle = this.#idle.get(configuration);
    this.#idle.delete(configuration);
    if (idle && inOrder(idle)) return idle;
    closeDecoder(idle?.decoder);
    return openDecoder(make);
  }

  /** Takes it back, whatever is still inside. */
  async giveBack(configuration: string, open: OpenDecoder<Kind, Out>): Promise<void> {
    if (inOrder(open)) await open.decoder.flush().catch((error: unknown) => (open.failure ??= error));
    for (const one of open.out.splice(0)) this.#discard(one);
    if (!inOrder(open) || this.#idle.has(configuration)) {
      closeDecoder(open.decoder);
      return;
    }
    this.#idle.set(configuration, open);
    for (const [oldest, { decoder }] of this.#idle) {
      if (this.#idle.size <= MOST_KEPT) break;
      closeDecoder(decoder);
      this.#idle.delete(oldest);
    }
  }

  close(): void {
    for (const { decoder } of this.#idle.values()) closeDecoder(decoder);
    this.#idle.clear();
  }
}

export function openDecoder<Kind extends Decoder, Out>(make: MakeDecoder<Kind, Out>): OpenDecoder<Kind, Out> {
  const out: Out[] = [];
  const state: { failure: unknown } = { failure: undefined };
  const decoder = make({ output: (one) => out.push(one), error: (error) => (state.failure ??= error) });
  return Object.assign(state, { decoder, out });
}

/** A decoder that failed is closed at once, and says why some turns later. */
function inOrder({ decoder, failure }: OpenDecoder<Decoder, unknown>): boolean {
  return failure === undefined && decoder.state === 'configured';
}

export function closeDecoder(decoder: Decoder | undefined): void {
  if (decoder && decoder.state !== 'closed') decoder.close();
}
