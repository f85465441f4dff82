import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

describe('serve', () => {
  it('says where the studio is open, answers there, and closes in order on Ctrl-C', async () => {
    const stop = new AbortController();
    let answer: Promise<unknown> | undefined;
    const run = await lab.run(['serve', '--port', '0', '--json'], {
      stopSignal: stop.signal,
      onPrint(printed) {
        const url = /"url":"([^"]+)"/.exec(printed)?.[1];
        if (url === undefined || answer) return;
        answer = fetch(`${url}/api/about`)
          .then(async (response) => await response.json())
          .finally(() => stop.abort(new Error('Ctrl-C')));
      },
    });
    expect(await answer).toMatchObject({ engine: 'sandbox' });
    expect(run.exit).toBe(0);
  });

  it('opens the page for the person at the terminal, and for nobody where output is read by a program or --no-open is said', async () => {
    const opened = async (argv: string[], terminal: boolean) => {
      const stop = new AbortController();
      const urls: string[] = [];
      const run = await lab.run(argv, {
        stopSignal: stop.signal,
        openPage: (url: string) => urls.push(url),
        ...(terminal ? { terminal: { columns: 100, rows: 40 } } : {}),
        onPrint: (printed) => {
          if (printed.includes('Ctrl-C closes it')) setImmediate(() => stop.abort(new Error('Ctrl-C')));
        },
      });
      expect(run.exit).toBe(0);
      return urls.length;
    };
    expect(await opened(['serve', '--port', '0'], true)).toBe(1);
    expect(await opened(['serve', '--port', '0', '--no-open'], true)).toBe(0);
    expect(await opened(['serve', '--port', '0'], false)).toBe(0);
  });

  it('refuses to listen beyond this machine without a password', async () => {
    const run = await lab.run(['serve', '--port', '0', '--host', '0.0.0.0']);
    expect([run.exit, run.err]).toEqual([2, expect.stringContaining('DIRECTORSTUDIO_PASSWORD')]);
  });
});
