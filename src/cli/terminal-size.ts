import type { Output } from './session.ts';

/** Below this, in cells, the packages that wrap lines at the terminal's edge never come to an end. */
const FEWEST_COLUMNS = 20;
const FEWEST_ROWS = 5;
const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;

/**
 * A terminal whose size can be worked with: some say 0 where they don't know it (a serial line, `script`, a container's
 * first moments). What is no terminal comes back as it is. The size is asked for anew each time, since it changes.
 */
export function withUsableSize(stream: Output): Output {
  if (stream.isTTY !== true) return stream;
  return new Proxy(stream, {
    get(terminal, name) {
      if (name === 'columns') return Math.max(FEWEST_COLUMNS, terminal.columns || USUAL_COLUMNS);
      if (name === 'rows') return Math.max(FEWEST_ROWS, terminal.rows || USUAL_ROWS);
      const value: unknown = Reflect.get(terminal, name, terminal);
      // A method works on the terminal itself: its class may have private parts.
      return typeof value === 'function' ? (value.bind(terminal) as unknown) : value;
    },
  });
}
