import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxRecord } from '../sandbox/index.ts';
import { openCliLab, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

describe('sandbox --faults', () => {
  it('plays them, says how to meet the same again, and shows what struck', async () => {
    const stop = new AbortController();
    let record: Promise<SandboxRecord> | undefined;
    const run = await lab.run(['sandbox', '--port', '0', '--faults', 'poll-502=1, create-hidden=0.5:8000', '--seed', 'seven'], {
      onPrint: (printed) => {
        const [, baseUrl] = /Base URL: (\S+)/.exec(printed) ?? [];
        if (!baseUrl || !printed.includes('Ctrl-C ends it') || record) return;
        record = (async () => {
          const polled = await fetch(`${baseUrl}/v1/videos/text2video`, { headers: { authorization: 'Bearer sandbox-api-key' } });
          expect(polled.status).toBe(502);
          return (await (await fetch(`${baseUrl}/sandbox/record`)).json()) as SandboxRecord;
        })();
        void record.finally(() => stop.abort());
      },
      stopSignal: stop.signal,
    });
    expect(run.exit).toBe(0);
    expect(await record).toMatchObject({ seed: 'seven', faults: { struckByKind: { 'poll-502': 1 }, seed: 'seven' } });
    expect(run.out).toContain('--faults poll-502=1,create-hidden=0.5:8000 --seed seven');
    expect(run.err).toContain('GET /v1/videos/text2video 502 (fault: poll-502)');
  });

  it('refuses a kind that it does not know, naming the one that was meant and all there are', async () => {
    const run = await lab.run(['sandbox', '--port', '0', '--faults', 'create-reset-afer=0.2']);
    expect(run.exit).toBe(2);
    expect(run.err).toMatch(/create-reset-afer/);
    expect(run.err).toMatch(/Did you mean create-reset-after\?/);
    expect(run.err).toMatch(/download-slow/);
    expect(run.out).not.toContain('Base URL');
  });
});
