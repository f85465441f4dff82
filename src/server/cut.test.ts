import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cut, ProjectDetail, ProjectSummary } from '../protocol/api/index.ts';
import { openServerLab, silence, wordsOf, type Ask, type ServerLab } from './server-under-test.ts';

let lab: ServerLab;
beforeEach(async () => {
  lab = await openServerLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const ask = async (status: number, method: string, path: string, options: Ask = {}): Promise<unknown> => {
  const reply = await lab.ask(method, path, options);
  expect(reply.status, `${method} ${path}: ${reply.bytes.toString().slice(0, 500)}`).toBe(status);
  return reply.json();
};
const newFilm = async (shots: number) => ((await ask(201, 'POST', '/api/projects', { body: { title: 'Reeds', script: { fileName: 'story.txt', text: wordsOf(shots) } } })) as { project: ProjectSummary }).project.projectId;

describe('the cut', () => {
  it('tells of a shot that is left out what it takes to put it back as it was', async () => {
    const id = await newFilm(2);
    const { parts } = (await ask(200, 'GET', `/api/projects/${id}/cut`)) as Cut;
    const [first, second] = parts as Extract<Cut['parts'][number], { shotId: string }>[];
    const cut = (await ask(200, 'PUT', `/api/projects/${id}/cut`, { body: { parts: [{ shotId: second!.shotId, inS: 1, outS: 3 }] } })) as Cut;
    const { startS: _, endS: __, ...asItWas } = first!;
    expect(cut).toMatchObject({ edited: true, durationS: 2, leftOut: [asItWas] });
  });

  it('has a sound under it that can be heard and made louder, and keeps it when another one cannot be played', async () => {
    const id = await newFilm(1);
    const sound = silence();
    await ask(404, 'PATCH', `/api/projects/${id}/sound`, { body: { gainDb: -6 } });
    const laid = (await ask(200, 'PUT', `/api/projects/${id}/sound?name=wind.wav`, { bytes: sound })) as ProjectDetail;
    expect(laid.sound).toMatchObject({ fileName: 'wind.wav' });
    expect(((await ask(200, 'PATCH', `/api/projects/${id}/sound`, { body: { gainDb: -6 } })) as ProjectDetail).sound).toMatchObject({ gainDb: -6 });
    await ask(422, 'PUT', `/api/projects/${id}/sound?name=wind.wav`, { bytes: Buffer.from('no sound at all') });
    const heard = await lab.ask('GET', laid.sound!.url, { headers: { range: 'bytes=0-3' } });
    expect([heard.status, heard.headers['content-type'], heard.bytes.toString()]).toEqual([206, 'audio/wav', 'RIFF']);
    expect(((await ask(200, 'PATCH', `/api/projects/${id}/sound`, { body: { gainDb: null } })) as ProjectDetail).sound).not.toHaveProperty('gainDb');
    expect(await ask(200, 'DELETE', `/api/projects/${id}/sound`)).not.toHaveProperty('sound');
  });
});
