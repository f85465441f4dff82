import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiError, Forecast, Job, Plan, ProjectSummary, Shot, Take } from '../protocol/api/index.ts';
import { pngBase64 } from '../sandbox/sandbox-under-test.ts';
import { openServerLab, wordsOf, type Ask, type ServerLab } from './server-under-test.ts';

let lab: ServerLab;
beforeEach(async () => {
  lab = await openServerLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

interface Changed {
  anew: string[];
  forecast: Forecast;
  shot: Shot;
  changed: number;
  errors: string[];
}

const ask = async <Answer = unknown>(status: number, method: string, path: string, options: Ask = {}): Promise<Answer> => {
  const reply = await lab.ask(method, path, options);
  expect(reply.status, `${method} ${path}: ${reply.bytes.toString().slice(0, 800)}`).toBe(status);
  return reply.json() as Answer;
};
const newFilm = async (text: string, fileName = 'story.txt') => (await ask<{ project: ProjectSummary }>(201, 'POST', '/api/projects', { body: { title: 'Reeds', script: { fileName, text } } })).project.projectId;
const shotsOf = async (id: string) => (await ask<{ items: Shot[] }>(200, 'GET', `/api/projects/${id}/shots`)).items;
const takesOf = async (id: string, shotId = '') => (await ask<{ items: Take[] }>(200, 'GET', `/api/projects/${id}/shots/${shotId}/takes`)).items;
const reread = async (id: string, options: object = {}) => (await ask<{ plan: Plan }>(200, 'POST', `/api/projects/${id}/script/reread`, { body: { options } })).plan;
const begin = async (id: string) => await ask<Job>(202, 'POST', `/api/projects/${id}/generate`, { body: {} });
const made = async (id: string) => {
  const events = await lab.listen();
  const { jobId } = await begin(id);
  await events.find('job', ({ job }) => job.jobId === jobId && job.endedAt !== undefined);
  events.close();
};
const change = async (id: string, shotId: string | undefined, body: object, status = 200) => await ask<Changed>(status, 'PATCH', `/api/projects/${id}/shots/${shotId}`, { body });
const stored = async (id: string) => (await lab.studio.store.projects.loadPromptList(id)).map(({ findings: _findings, ...shot }) => shot);

const LIST = `scene,prompt,duration,takes,in,out,line,negative
1,A heron lifts off from the reeds while rain falls.,5,2,1,4,Wait for me.,blur
1,The heron lands on a pier and folds its wings.,5,1,,,,
2,A boy on the pier drops his rod and stares.,5,1,,,,
`;

describe('a shot that is changed in the studio', () => {
  it('is priced first, costs nothing by itself, and keeps the takes of its old words as such', async () => {
    const id = await newFilm(wordsOf(2));
    await made(id);
    const [first] = await shotsOf(id);
    const body = { prompt: 'A heron spears a fish at the edge of the reeds in heavy rain.' };
    const priced = await ask<Changed>(200, 'POST', `/api/projects/${id}/shots/${first?.shotId}/price`, { body });
    expect(priced).toMatchObject({ anew: ['S01_SH01'], forecast: { mostUnits: 1.5, toMake: [{ shot: 'S01_SH01' }] }, shot: { prompt: body.prompt } });
    expect((await shotsOf(id))[0]?.prompt).toBe(first?.prompt);
    const { shot, anew } = await change(id, first?.shotId, body);
    expect({ anew, prompt: shot.prompt, sent: shot.sentPrompt, byHand: shot.byHand }).toEqual({ anew: ['S01_SH01'], prompt: body.prompt, sent: body.prompt, byHand: ['prompt'] });
    expect(await takesOf(id, first?.shotId)).toMatchObject([{ number: 1, current: false, status: 'completed' }]);
    expect((await ask<ProjectSummary>(200, 'GET', `/api/projects/${id}`)).spentUnits).toBe(3);
    expect((await ask<Forecast>(200, 'GET', `/api/projects/${id}/forecast`)).mostUnits).toBe(1.5);
    // The old words again: the old take is the film's again, and nothing is to be made.
    expect((await change(id, first?.shotId, { prompt: first?.prompt })).forecast).toMatchObject({ mostUnits: 0, ready: 1 });
    expect(await takesOf(id, first?.shotId)).toMatchObject([{ number: 1, current: true, selected: true }]);
  });

  it('has a line that was a guess no longer as one once a person kept it, and it stays kept', async () => {
    const id = await newFilm('"Not now," said Mara and shut the door on the rain.');
    const [first] = await shotsOf(id);
    expect(first?.lines[0]?.confidence).toBeLessThan(1);
    const kept = { speaker: 'Mara', confidence: 1 };
    expect((await change(id, first?.shotId, { line: first?.line })).shot.lines).toMatchObject([kept]);
    expect((await reread(id)).shots[0]?.lines).toMatchObject([kept]);
  });

  it('stays so when its script is read again with the same words, in every one of its values, until --replan or other words', async () => {
    const id = await newFilm(LIST, 'list.csv');
    const [first, second, third] = await shotsOf(id);
    const { sha256 } = await ask<{ sha256: string }>(201, 'POST', `/api/projects/${id}/frames?name=pier.png`, { bytes: Buffer.from(pngBase64(400, 400), 'base64') });
    await change(id, first?.shotId, { prompt: 'A heron lifts off from the water.', negativePrompt: null, takes: 3, inS: null, outS: 3, line: null });
    await change(id, second?.shotId, { model: '1.6', mode: 'pro', durationS: 10, startFrame: { sha256, name: 'pier.png' }, endFrame: null, takes: 2 });
    await change(id, third?.shotId, { startFrame: { continues: true }, line: 'Look!' });
    const before = await stored(id);
    expect(before.map(({ settings, inS, outS, line, takesWanted }) => ({ model: settings.model, mode: settings.mode, negative: settings.negativePrompt, durationS: settings.durationS, kind: settings.kind, startFrame: settings.startFrame, aspectRatio: settings.aspectRatio, inS, outS, line, takesWanted }))).toEqual([
      { model: 'kling-v2-5-turbo', mode: 'std', negative: undefined, durationS: 5, kind: 'text2video', startFrame: undefined, aspectRatio: '16:9', inS: 0, outS: 3, line: undefined, takesWanted: 3 },
      { model: 'kling-v1-6', mode: 'pro', negative: undefined, durationS: 10, kind: 'image2video', startFrame: { sha256, format: 'png', name: 'pier.png' }, aspectRatio: undefined, inS: 0, outS: undefined, line: undefined, takesWanted: 2 },
      { model: 'kling-v2-5-turbo', mode: 'std', negative: undefined, durationS: 5, kind: 'image2video', startFrame: { lastFrameOf: 'previous' }, aspectRatio: undefined, inS: 0, outS: undefined, line: 'Look!', takesWanted: 1 },
    ]);
    const again = await reread(id);
    expect(again.shots.map(({ change: what }) => what)).toEqual(['kept', 'kept', 'kept']);
    expect(again.notes.join(' ')).toContain('Filmed as changed in the studio, not as the script says: S01_SH01, S01_SH02, S02_SH01.');
    expect(await stored(id)).toEqual(before);

    // Other words of the script hold; the other shots stay as they were changed.
    const text = LIST.replace('A boy on the pier drops', 'A girl on the pier drops');
    const { plan } = await ask<{ plan: Plan }>(200, 'PUT', `/api/projects/${id}/script`, { body: { script: { fileName: 'list.csv', text } } });
    expect(plan.shots.map(({ change: what, byHand }) => `${what} ${byHand?.length ?? 0}`)).toEqual(['kept 6', 'kept 5', 'edited 0']);
    expect(plan.notes.join(' ')).toContain("is the script's again, which says something else there by now: S02_SH01.");
    const anew = await reread(id, { replan: true });
    expect(anew.shots.map(({ change: what, prompt, takesWanted, byHand }) => ({ what, prompt, takesWanted, byHand }))).toMatchObject([{ what: 'replanned', prompt: first?.prompt, takesWanted: 2, byHand: undefined }, { what: 'replanned', takesWanted: 1 }, { what: 'kept' }]);
  });

  it('goes on from the shot before, which is then part of its price; the first one cannot', async () => {
    const id = await newFilm(wordsOf(3));
    const [first, second, third] = await shotsOf(id);
    await change(id, second?.shotId, { startFrame: { continues: true } });
    await change(id, third?.shotId, { startFrame: { continues: true } });
    await made(id);
    expect((await change(id, first?.shotId, { durationS: 10 })).anew).toEqual(['S01_SH01', 'S01_SH02', 'S01_SH03']);
    expect((await change(id, first?.shotId, { durationS: 5 })).forecast).toMatchObject({ mostUnits: 0, ready: 3 });
    expect((await change(id, first?.shotId, { startFrame: { continues: true } }, 422) as unknown as ApiError).message).toContain('it is the first shot');
    expect((await change(id, third?.shotId, { startFrame: null })).shot).toMatchObject({ continues: false, settings: { aspectRatio: '16:9' } });
    // Without the shots before it, it is the first: then all is the script's again.
    const { plan } = await ask<{ plan: Plan }>(200, 'PUT', `/api/projects/${id}/script`, { body: { script: { fileName: 'story.txt', text: wordsOf(3).split('\n\n').slice(1).join('\n\n') } } });
    expect(plan.shots.map(({ continues, byHand }) => ({ continues, byHand }))).toEqual([{ continues: false, byHand: undefined }, { continues: false, byHand: ['startFrame'] }]);
  });

  it('is refused whole for what its model cannot make, and for errors in its words until somebody accepts them', async () => {
    const id = await newFilm(wordsOf(1));
    const [shot] = await shotsOf(id);
    const before = await stored(id);
    const cannot = (await change(id, shot?.shotId, { durationS: 7, model: '1.6' }, 422)) as unknown as ApiError;
    expect(cannot).toMatchObject({ code: 'SHOTS_REFUSED', message: expect.stringContaining('not 7 s') as string });
    const words = { prompt: 'A heron lifts off beside [LOCATION] in the rain.' };
    const wrong = (await change(id, shot?.shotId, words, 409)) as unknown as ApiError;
    expect(wrong).toMatchObject({ code: 'PROMPTS_REFUSED', next: expect.stringContaining('accept') as string });
    const priced = await ask<Changed>(200, 'POST', `/api/projects/${id}/shots/${shot?.shotId}/price`, { body: words });
    expect(priced.shot.issues.map(({ code, severity }) => `${code} ${severity}`)).toContain('PLACEHOLDER_UNRESOLVED error');
    expect(await stored(id)).toEqual(before);
    expect((await change(id, shot?.shotId, { ...words, accepted: true })).shot.accepted).toBe(true);
    expect((await reread(id)).shots[0]).toMatchObject({ accepted: true, prompt: words.prompt, change: 'kept' });
    await begin(id);
    expect((await change(id, shot?.shotId, { accepted: false })).shot.accepted).toBeUndefined();
    await ask(404, 'PATCH', `/api/projects/${id}/shots/nobody`, { body: { takes: 2 } });
    await ask(400, 'PATCH', `/api/projects/${id}/shots/${shot?.shotId}`, { body: { promt: 'x' } });
  });

  it('is heard as it speaks now, and carries the words of who is in it now', async () => {
    const id = await newFilm('Mara waits at the window. "Not now," said Mara.');
    await ask(200, 'PUT', `/api/projects/${id}/cast`, { body: { cast: [{ name: 'Mara', words: 'a woman in a red coat' }, { name: 'Tom', words: 'a boy of nine' }], look: {} } });
    const [shot] = await shotsOf(id);
    expect(shot).toMatchObject({ line: 'Not now,', cast: ['Mara'] });
    const { shot: changed } = await change(id, shot?.shotId, { prompt: 'Tom waits at the window. "Soon," said Tom.' });
    expect(changed).toMatchObject({ line: 'Soon,', cast: ['Tom'], sentPrompt: 'Tom waits at the window. "Soon," said Tom.\n\nTom: a boy of nine.' });
    const before = await stored(id);
    expect((await reread(id)).shots[0]).toMatchObject({ change: 'kept', line: 'Soon,', cast: ['Tom'] });
    expect(await stored(id)).toEqual(before);
  });

  it('is not changed while it is about to be sent with its old words; what only waits is given up', async () => {
    const id = await newFilm(wordsOf(1));
    const [shot] = await shotsOf(id);
    await ask(200, 'POST', '/api/pause');
    const events = await lab.listen(`?projectId=${id}`);
    const { jobId } = await begin(id);
    await events.find('clip', ({ stage }) => stage === 'waitingForSlot');
    expect((await change(id, shot?.shotId, { mode: 'pro' }, 409)) as unknown as ApiError).toMatchObject({ code: 'SHOT_AT_WORK' });
    await change(id, shot?.shotId, { takes: 2 });
    await ask(200, 'POST', `/api/jobs/${jobId}/stop`);
    await events.find('job', ({ job }) => job.jobId === jobId && job.endedAt !== undefined);
    await change(id, shot?.shotId, { mode: 'pro' });
    expect((await takesOf(id, shot?.shotId)).map(({ stage, current }) => `${stage} ${current}`)).toEqual(['cancelled false']);
    expect((await ask<Forecast>(200, 'GET', `/api/projects/${id}/forecast`)).toMake).toHaveLength(2);
  });

  it('is told to every window, and not written over one that was changed meanwhile', async () => {
    const id = await newFilm(wordsOf(2));
    const [shot] = await shotsOf(id);
    const events = await lab.listen(`?projectId=${id}`);
    const [before, other] = await lab.studio.store.projects.loadPromptList(id);
    if (!before || !other) throw new Error('no shot');
    await change(id, shot?.shotId, { takes: 4 });
    await events.find('card', ({ card }) => card.takesWanted === 4);
    await events.find('plan', ({ projectId }) => projectId === id);
    await expect(lab.studio.store.projects.changePrompts(id, [{ before: other, after: { ...other, takesWanted: 7 } }, { before, after: { ...before, takesWanted: 9 } }])).rejects.toMatchObject({ code: 'SHOT_CHANGED' });
    expect((await shotsOf(id)).map(({ takesWanted }) => takesWanted)).toEqual([4, 1]);
  });

  it('goes into an exported film and a copy', async () => {
    const id = await newFilm(wordsOf(1));
    const [shot] = await shotsOf(id);
    await change(id, shot?.shotId, { takes: 2, mode: 'pro' });
    const { bytes } = await lab.ask('GET', `/api/projects/${id}/export`);
    const copy = await ask<ProjectSummary>(201, 'POST', '/api/projects/import', { bytes });
    expect((await shotsOf(copy.projectId))[0]).toMatchObject({ byHand: ['takes', 'mode'], takesWanted: 2, settings: { mode: 'pro' } });
  });
});

describe('many shots', () => {
  it('get another model at once, priced before, or none of them does', async () => {
    const id = await newFilm(wordsOf(3));
    const priced = await ask<Changed>(200, 'POST', `/api/projects/${id}/shots/price`, { body: { model: '1.6', mode: 'pro', durationS: 10 } });
    expect(priced).toMatchObject({ changed: 3, anew: ['S01_SH01', 'S01_SH02', 'S01_SH03'], forecast: { toMake: [{}, {}, {}] } });
    const [first, second] = await shotsOf(id);
    expect(first?.settings.model).toBe('kling-v2-5-turbo');
    expect(await ask<Changed>(200, 'PATCH', `/api/projects/${id}/shots`, { body: { shotIds: [first?.shotId, second?.shotId], model: '1.6', takes: 2 } })).toMatchObject({ changed: 2, errors: [] });
    expect((await shotsOf(id)).map(({ settings, takesWanted }) => `${settings.modelWord} ${takesWanted}`)).toEqual(['1.6 2', '1.6 2', '2.5-turbo 1']);
    await change(id, second?.shotId, { negativePrompt: 'blur' });
    const before = await stored(id);
    const refusal = await ask<ApiError>(422, 'PATCH', `/api/projects/${id}/shots`, { body: { durationS: 9 } });
    expect(refusal.message).toContain('S01_SH03');
    expect(await stored(id)).toEqual(before);
    expect((await ask<Changed>(200, 'PATCH', `/api/projects/${id}/shots`, { body: { model: null } })).changed).toBe(2);
    expect((await shotsOf(id)).map(({ settings }) => settings.modelWord)).toEqual(['2.5-turbo', '2.5-turbo', '2.5-turbo']);
  });
});

describe('pictures', () => {
  it('are kept by their hash, shown, and taken into the cast; or refused as the command line refuses them', async () => {
    const id = await newFilm(wordsOf(1));
    const bytes = Buffer.from(pngBase64(400, 300), 'base64');
    const kept = await ask<{ sha256: string; url: string }>(201, 'POST', `/api/projects/${id}/frames?name=..%2Fpier.png`, { bytes });
    expect(kept).toMatchObject({ format: 'png', name: 'pier.png', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, url: `/api/frames/${kept.sha256}` });
    const shown = await lab.ask('GET', kept.url);
    expect([shown.status, shown.headers['content-type'], shown.bytes.equals(bytes)]).toEqual([200, 'image/png', true]);
    for (const [wrong, why] of [[Buffer.from('<svg/>'), 'no picture that is known'], [Buffer.from(pngBase64(20, 20), 'base64'), '20×20'], [bytes.subarray(0, 60), 'cut off']] as const) {
      expect(await ask<ApiError>(422, 'POST', `/api/projects/${id}/frames`, { bytes: wrong })).toMatchObject({ code: 'FRAME_REFUSED', message: expect.stringContaining(why) as string });
    }
    const cast = { cast: [{ name: 'Heron', words: 'a grey heron', pictures: [{ sha256: kept.sha256 }] }], look: {} };
    expect((await ask<Plan>(200, 'POST', `/api/projects/${id}/cast/price`, { body: cast })).castAndLook.cast).toMatchObject([{ pictures: [{ frame: { sha256: kept.sha256 } }] }]);
    await ask(200, 'PUT', `/api/projects/${id}/cast`, { body: cast });
    const { castAndLook } = await ask<{ castAndLook: Plan['castAndLook'] }>(200, 'GET', `/api/projects/${id}/cast`);
    expect(castAndLook.cast).toMatchObject([{ name: 'Heron', pictures: [{ frame: { sha256: kept.sha256, format: 'png' } }] }]);
    expect((await reread(id)).castAndLook).toEqual(castAndLook);
    expect(await ask<ApiError>(404, 'PUT', `/api/projects/${id}/cast`, { body: { cast: [{ name: 'Heron', pictures: [{ sha256: 'b'.repeat(64) }] }], look: {} } })).toMatchObject({ code: 'FRAME_UNKNOWN' });
    await ask(413, 'POST', `/api/projects/${id}/frames`, { bytes: Buffer.alloc(10 * 1024 * 1024 + 1) });
    const [shot] = await shotsOf(id);
    expect((await change(id, shot?.shotId, { startFrame: { sha256: 'a'.repeat(64) } }, 404)) as unknown as ApiError).toMatchObject({ code: 'FRAME_UNKNOWN' });
  });
});
