import type { UnzipFileInfo } from 'fflate';

/** What is wrong with an archive, in words that end a sentence. */
export class ZipProblem extends Error {
  override readonly name = 'ZipProblem';
}

/** Most that the wanted parts of an archive may hold together, unpacked. A thick novel has a tenth of it. */
export const MAX_UNPACKED_BYTES = 32 * 1024 * 1024;
const MOST_PARTS = 20_000;

export interface Zip {
  names: string[];
  /** Unpacks the parts that are there. @throws ZipProblem when they are damaged or larger than {@link MAX_UNPACKED_BYTES} together. */
  open(names: readonly string[]): Map<string, Uint8Array>;
}

/**
 * Reads the table of an archive and unpacks nothing. What a part says about its size is held: it is given exactly that much
 * room, so a small file cannot become a large one.
 * @throws ZipProblem
 */
export async function openZip(bytes: Uint8Array): Promise<Zip> {
  // Loaded here: most scripts are no archives, and every command would wait for it.
  const { unzipSync } = await import('fflate');
  const unpack = (wanted: (file: UnzipFileInfo) => boolean): Record<string, Uint8Array> => {
    try {
      return unzipSync(bytes, { filter: wanted });
    } catch (error) {
      if (error instanceof ZipProblem) throw error;
      throw new ZipProblem('its archive is damaged or cut short');
    }
  };
  const names: string[] = [];
  unpack(({ name }) => {
    names.push(name);
    if (names.length > MOST_PARTS) throw new ZipProblem(`it holds more than ${MOST_PARTS} parts`);
    return false;
  });
  if (names.length === 0) throw new ZipProblem('its archive is damaged or cut short');
  return {
    names,
    open(wanted) {
      let total = 0;
      const seen = new Set<string>();
      const parts = unpack(({ name, originalSize }) => {
        if (!wanted.includes(name)) return false;
        if (seen.has(name)) throw new ZipProblem(`it holds ${name} twice`);
        seen.add(name);
        total += originalSize;
        if (total > MAX_UNPACKED_BYTES) throw new ZipProblem(`its words would unpack to more than ${MAX_UNPACKED_BYTES / 1024 / 1024} MB`);
        return true;
      });
      return new Map(Object.entries(parts));
    },
  };
}
