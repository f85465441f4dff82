import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadCanvas } from './codecs.ts';

const require = createRequire(import.meta.url);

// A web font comes in one file a script. Each gets a family name of its own, so that one list of families covers them all.
const SCRIPTS = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'] as const;
const SYSTEM_FALLBACK = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Hiragino Sans", "Microsoft YaHei", "Noto Sans", "DejaVu Sans", sans-serif';

let registered = false;

/** Registers the bundled fonts, once. A font that is not installed is no failure: the system's take its place. */
export function registerFonts(): void {
  if (registered) return;
  registered = true;
  for (const script of SCRIPTS) {
    for (const weight of [500, 700]) register(`@fontsource/inter/files/inter-${script}-${weight}-normal.woff2`, `Studio Inter ${script}`);
  }
  register('@fontsource/jetbrains-mono/files/jetbrains-mono-latin-500-normal.woff2', 'Studio Mono');
}

function register(file: string, family: string): void {
  try {
    loadCanvas().GlobalFonts.register(readFileSync(require.resolve(file)), family);
  } catch {
    // Not installed (optional): the families after it in the list are used.
  }
}

/** A CSS font of this size in pixels; Inter, then what the system has for other scripts. */
export function textFont(sizePx: number, weight: 500 | 700 = 500): string {
  return `${weight} ${sizePx}px ${SCRIPTS.map((script) => `"Studio Inter ${script}"`).join(', ')}, ${SYSTEM_FALLBACK}`;
}

/** A CSS font whose digits all have one width. */
export function codeFont(sizePx: number): string {
  return `500 ${sizePx}px "Studio Mono", "DejaVu Sans Mono", monospace`;
}
