import { expect, it } from 'vitest';
import { isPortBlocked } from './blocked-ports.ts';

const all = Array.from({ length: 65_535 }, (_, index) => index + 1);

it('knows the ports that this Node’s fetch refuses, so that none of them is taken for a lost connection', async () => {
  const blocked = all.filter(isPortBlocked);
  expect(blocked).toHaveLength(82);
  for (const port of blocked) {
    const thrown: unknown = await fetch(`http://127.0.0.1:${port}`).catch((error: unknown) => error);
    expect(thrown, `port ${port}`).toMatchObject({ cause: { message: 'bad port' } });
  }
});
