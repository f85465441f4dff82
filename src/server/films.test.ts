import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cut, Job, Plan, ProjectDetail, ProjectSummary, Shot, Take } from '../protocol/api/index.ts';
import { openServerLab, wordsOf, type Ask, type ServerLab } from './server-under-test.ts';

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
const newFilm = async (shots = 2, title = 'Reeds') => {
  const { project, plan } = (await ask(201, 'POST', '/api/projects', { body: { title, script: { fileName: 'story.txt', text: wordsOf(shots) } } })) as { project: ProjectSummary; plan: Plan };
  return { id: project.projectId, project, plan };
};
const finished = async (job: Job): Promise<Job> => {
  const events = await lab.listen();
  await events.find('snapshot');
  const now = (await ask(200, 'GET', `/api/jobs/${job.jobId}`)) as Job;
  const done = now.endedAt === undefined ? (await events.find('job', (each) => each.job.jobId === job.jobId && each.job.endedAt !== undefined)).job : now;
  events.close();
  return done;
};
const make = async (id: string, body: object = {}) => await finished((await ask(202, 'POST', `/api/projects/${id}/generate`, { body })) as Job);
const shotsOf = async (id: string) => ((await ask(200, 'GET', `/api/projects/${id}/shots`)) as { items: Shot[] }).items;
const takesOf = async (id: string, shotId = '') => ((await ask(200, 'GET', `/api/projects/${id}/shots/${shotId}/takes`)) as { items: Take[] }).items;

describe('a film in the page', () => {
  it('goes from a pasted script to clips, a film and a hand-off that can be saved', async () => {
    const { id, plan } = await newFilm(2);
    expect(plan).toMatchObject({ projectId: id, forecast: { engine: 'sandbox', mostUnits: 3, ready: 0 }, shots: [{ name: 'S01_SH01', change: 'new', startLine: 1 }, { name: 'S01_SH02' }] });
    const job = await make(id);
    expect(job).toMatchObject({ state: 'done', done: 1, summary: { shots: 2, completed: 2, billedUnits: 3 } });
    const film = await finished((await ask(202, 'POST', `/api/projects/${id}/film`, { body: {} })) as Job);
    expect(film, JSON.stringify(film)).toMatchObject({ state: 'done', resultUrl: `/api/projects/${id}/film` });
    const saved = await lab.ask('GET', `/api/projects/${id}/film?download=true`);
    expect([saved.status, saved.headers['content-disposition'], saved.bytes.subarray(4, 8).toString()]).toEqual([200, `attachment; filename="Reeds.mp4"; filename*=UTF-8''Reeds.mp4`, 'ftyp']);
    expect(((await ask(200, 'GET', `/api/projects/${id}`)) as ProjectDetail).film).toMatchObject({ state: 'current', sizeBytes: saved.bytes.length });
    await finished((await ask(202, 'POST', `/api/projects/${id}/handoff`, { body: {} })) as Job);
    const zip = await lab.ask('GET', `/api/projects/${id}/handoff`);
    expect(zip.bytes.subarray(0, 4).toString('hex')).toBe('504b0304');
    expect(zip.bytes.includes('Reeds.handoff/Reeds.otio')).toBe(true);
    const clips = await lab.ask('GET', `/api/projects/${id}/clips`);
    expect(clips.bytes.includes('S01_SH02_T01.mp4')).toBe(true);
    expect((await lab.ask('GET', `/api/projects/${id}/subtitles/vtt`)).bytes.toString()).toContain('WEBVTT');
  });

  it('keeps what did not change when the script is edited, and nothing when it cannot be filmed', async () => {
    const { id } = await newFilm(2);
    await make(id);
    const script = (await ask(200, 'GET', `/api/projects/${id}/script`)) as { text: string; revision: string; editable: boolean };
    expect(script).toMatchObject({ text: wordsOf(2), editable: true });
    const edited = script.text.replace('puddle number 2', 'lake number 2');
    const { plan, revision } = (await ask(200, 'PUT', `/api/projects/${id}/script`, { body: { script: { fileName: 'story.txt', text: edited }, ifRevision: script.revision } })) as { plan: Plan; revision: string };
    expect(plan.shots.map(({ change }) => change)).toEqual(['kept', 'edited']);
    expect(plan.forecast).toMatchObject({ ready: 1, mostUnits: 1.5 });
    expect(((await ask(409, 'PUT', `/api/projects/${id}/script`, { body: { script: { fileName: 'story.txt', text: 'Older.' }, ifRevision: script.revision } })) as { code: string }).code).toBe('SCRIPT_CHANGED');
    expect(((await ask(422, 'PUT', `/api/projects/${id}/script`, { body: { script: { fileName: 'story.txt', text: '  ' }, ifRevision: revision } })) as { code: string }).code).toBe('SCRIPT_EMPTY');
    expect(((await ask(200, 'GET', `/api/projects/${id}/script`)) as { text: string }).text).toBe(edited);
  });

  it('is kept as a shot list that makes the same film: its clips are there, and cost nothing', async () => {
    const { id } = await newFilm(2);
    await make(id);
    for (const [format, mediaType] of [['csv', 'text/csv; charset=utf-8'], ['md', 'text/markdown; charset=utf-8'], ['json', 'application/json; charset=utf-8']] as const) {
      const list = await lab.ask('GET', `/api/projects/${id}/shot-list/${format}`);
      expect([list.status, list.headers['content-type'], list.headers['content-disposition']]).toEqual([200, mediaType, expect.stringContaining(`Reeds.shots.${format}`)]);
      const { plan } = (await ask(201, 'POST', '/api/projects', { body: { title: `From ${format}`, script: { fileName: `reeds.${format}`, text: list.bytes.toString() } } })) as { plan: Plan };
      expect(plan.shots.map(({ name }) => name)).toEqual(['S01_SH01', 'S01_SH02']);
      expect(plan.forecast).toMatchObject({ ready: 2, mostUnits: 0 });
    }
    await ask(400, 'GET', `/api/projects/${id}/shot-list/xlsx`);
  });

  it('is brought back beside a film that has taken its title since', async () => {
    const { id } = await newFilm(1);
    await make(id);
    const { trashId } = (await ask(200, 'DELETE', `/api/projects/${id}`)) as { trashId: string };
    const { id: other } = await newFilm(1);
    expect(await ask(200, 'POST', `/api/trash/${trashId}/restore`)).toMatchObject({ projectId: id, title: 'Reeds (2)', ready: 1 });
    expect(other).not.toBe(id);
    expect(await ask(200, 'GET', '/api/projects')).toMatchObject({ total: 2 });
  });

  it('is brought back once when the process died before the trash was emptied', async () => {
    const { id } = await newFilm(1);
    const { trashId } = (await ask(200, 'DELETE', `/api/projects/${id}`)) as { trashId: string };
    const inTrash = join(lab.home, 'trash', `${trashId}.json`);
    const kept = await readFile(inTrash);
    await ask(200, 'POST', `/api/trash/${trashId}/restore`);
    await writeFile(inTrash, kept);
    expect(await ask(200, 'POST', `/api/trash/${trashId}/restore`)).toMatchObject({ projectId: id, title: 'Reeds' });
    expect(await ask(200, 'GET', '/api/projects')).toMatchObject({ total: 1 });
  });

  it('is removed, brought back with its takes, copied and carried to another home', async () => {
    const { id } = await newFilm(1);
    await make(id);
    const copy = (await ask(201, 'POST', `/api/projects/${id}/duplicate`, { body: {} })) as ProjectSummary;
    expect(copy).toMatchObject({ title: 'Reeds (2)', ready: 1 });
    const file = await lab.ask('GET', `/api/projects/${id}/export`);
    expect(file.bytes.toString()).not.toContain(lab.home);
    const { trashId } = (await ask(200, 'DELETE', `/api/projects/${id}`)) as { trashId: string };
    await ask(404, 'GET', `/api/projects/${id}`);
    expect(await ask(200, 'GET', '/api/trash')).toMatchObject({ items: [{ trashId, title: 'Reeds' }], total: 1 });
    expect(await ask(200, 'POST', `/api/trash/${trashId}/restore`)).toMatchObject({ projectId: id, title: 'Reeds', ready: 1 });
    await ask(404, 'POST', `/api/trash/${trashId}/restore`);
    expect(await ask(200, 'GET', '/api/trash')).toMatchObject({ items: [] });
    await using other = await openServerLab();
    const there = await other.ask('POST', '/api/projects/import', { bytes: file.bytes });
    expect([there.status, there.json()]).toEqual([201, expect.objectContaining({ title: 'Reeds', shots: 1, ready: 0 })]);
    const { projectId } = there.json() as ProjectSummary;
    expect(((await other.ask('GET', `/api/projects/${projectId}/script`)).json() as { text: string }).text).toBe(wordsOf(1));
  });

  it('takes a second take, a note, a choice, another order and trims, and gives them back', async () => {
    const { id } = await newFilm(2);
    await make(id);
    const [first, second] = await shotsOf(id);
    await make(id, { shotIds: [first?.shotId], newTake: true });
    const takes = await takesOf(id, first?.shotId);
    expect(takes.map(({ number, selected }) => `${number} ${selected}`)).toEqual(['1 false', '2 true']);
    expect(await ask(200, 'POST', `/api/takes/${takes[0]?.takeId}/select`)).toMatchObject({ number: 1, selected: true });
    expect(await ask(200, 'PATCH', `/api/takes/${takes[1]?.takeId}`, { body: { note: 'The wing is cut off.', rejected: true } })).toMatchObject({ note: 'The wing is cut off.', rejected: true });
    const cut = (await ask(200, 'PUT', `/api/projects/${id}/cut`, { body: { parts: [{ shotId: second?.shotId, inS: 1, outS: 3 }, { shotId: first?.shotId, inS: 0 }] } })) as Cut;
    expect(cut).toMatchObject({ edited: true, editedBy: 'the page', parts: [{ name: 'S01_SH02', startS: 0, endS: 2, shows: 'clip' }, { name: 'S01_SH01', startS: 2, take: 1 }] });
    expect(((await ask(422, 'PUT', `/api/projects/${id}/cut`, { body: { parts: [{ shotId: second?.shotId, inS: 4, outS: 9 }] } })) as { code: string }).code).toBe('EDIT_TRIM_INVALID');
    expect(await ask(200, 'DELETE', `/api/projects/${id}/cut`)).toMatchObject({ edited: false, parts: [{ name: 'S01_SH01' }, { name: 'S01_SH02' }] });
  });

  it('gets a cast, priced before it is saved', async () => {
    const { id } = await newFilm(1);
    await make(id);
    const cast = { cast: [{ name: 'Heron', words: 'a grey heron with one bent feather', colour: '#2563eb' }], look: { light: 'soft rain light' } };
    const priced = (await ask(200, 'POST', `/api/projects/${id}/cast/price`, { body: cast })) as Plan;
    expect(priced.forecast.mostUnits).toBe(1.5);
    expect(((await ask(200, 'GET', `/api/projects/${id}/cast`)) as { castAndLook: { cast: unknown[] } }).castAndLook.cast).toEqual([]);
    await ask(200, 'PUT', `/api/projects/${id}/cast`, { body: cast });
    expect(await ask(200, 'GET', `/api/projects/${id}/cast`)).toMatchObject({ castAndLook: { cast: [{ name: 'Heron' }], look: { light: 'soft rain light' } } });
  });

  it('is drawn before it is filmed, with a storyboard', async () => {
    const { id } = await newFilm(1);
    expect(await ask(200, 'GET', `/api/projects/${id}`)).not.toHaveProperty('animatic');
    const job = await finished((await ask(202, 'POST', `/api/projects/${id}/animatic`, { body: { sheet: 'a4' } })) as Job);
    expect(job, JSON.stringify(job)).toMatchObject({ state: 'done' });
    expect((await lab.ask('GET', `/api/projects/${id}/animatic`)).bytes.subarray(4, 8).toString()).toBe('ftyp');
    expect((await lab.ask('GET', `/api/projects/${id}/storyboard`)).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const animaticNow = async () => ((await ask(200, 'GET', `/api/projects/${id}`)) as ProjectDetail).animatic;
    expect(await animaticNow()).toMatchObject({ state: 'current', url: expect.stringContaining(`/api/projects/${id}/animatic?v=`) });
    await ask(200, 'PUT', `/api/projects/${id}/script`, { body: { script: { fileName: 'story.txt', text: 'Another picture: a red fox crosses the snow at dawn.' } } });
    expect(await animaticNow(), 'of words that are gone').toMatchObject({ state: 'outOfDate' });
  }, 120_000);

  it('begins with an example, and says what is wrong with a prompt while it is written', async () => {
    const { items } = (await ask(200, 'GET', '/api/examples')) as { items: { name: string }[] };
    expect(items.map(({ name }) => name)).toContain('brass-key.fountain');
    expect(await ask(200, 'POST', '/api/plan', { body: { script: { example: 'brass-key.fountain' }, sandbox: true } })).toMatchObject({ forecast: { engine: 'sandbox', ready: 0 }, warnings: [] });
    await ask(201, 'POST', '/api/projects', { body: { title: 'The brass key', script: { example: 'brass-key.fountain' } } });
    await ask(404, 'POST', '/api/projects', { body: { title: 'Other', script: { example: '../package.json' } } });
    const checked = (await ask(200, 'POST', '/api/prompts/check', { body: { prompt: 'The woman does not smile. --ar 16:9' } })) as { issues: { code: string }[]; advice: { choice: { word: string } } };
    expect(checked.issues.map(({ code }) => code)).toContain('FOREIGN_PARAMETERS');
    expect(checked.advice.choice.word).not.toBe('');
    expect(await ask(200, 'POST', '/api/prompts/dialogue', { body: { text: '"Not now," said Mara.' } })).toMatchObject({ lines: [{ speaker: 'Mara' }] });
  });

  it('tells what pruning would free, and then frees just that', async () => {
    const { id } = await newFilm(2);
    await make(id);
    await ask(200, 'DELETE', `/api/projects/${id}`);
    const body = { maxSizeBytes: 0 };
    const told = (await ask(200, 'POST', '/api/cache/prune', { body: { ...body, onlyTell: true } })) as { removed: number; freedBytes: number };
    expect(told).toMatchObject({ removed: 2, keptInUse: 0 });
    expect(await ask(200, 'GET', '/api/cache')).toMatchObject({ clips: 2, sizeBytes: told.freedBytes });
    expect(await ask(200, 'POST', '/api/cache/prune', { body })).toEqual(told);
    expect(await ask(200, 'GET', '/api/cache')).toMatchObject({ clips: 0, sizeBytes: 0 });
  });

  it('says which files are scripts, and what to do with others', async () => {
    const { scripts } = (await ask(200, 'GET', '/api/about')) as { scripts: { ending: string; instead?: string }[] };
    expect(scripts).toContainEqual({ ending: 'fountain' });
    expect(scripts).toContainEqual({ ending: 'doc', instead: 'Save it as .docx.' });
  });

  it('advises a model for the film, with what the cheaper and the better one would cost', async () => {
    const text = 'A crowd of soldiers storms a burning bridge at night in heavy rain, swords flash, horses rear, the camera orbits them while a girl reads a letter aloud and weeps, and behind her three towers fall one after the other.';
    const { project } = (await ask(201, 'POST', '/api/projects', { body: { title: 'Siege', script: { fileName: 'siege.txt', text } } })) as { project: ProjectSummary };
    const { choice, cheaper, better } = (await ask(200, 'GET', `/api/projects/${project.projectId}/advice`)) as { choice: { quality: number; priceUsd: number }; cheaper: { priceUsd: number }; better: { quality: number } };
    expect(cheaper.priceUsd).toBeLessThan(choice.priceUsd);
    expect(better.quality).toBeGreaterThan(choice.quality);
  });

  it('keeps preferences, and tells the cache and this machine', async () => {
    expect(await ask(200, 'PUT', '/api/preferences', { body: { model: '2.5-turbo', capUnits: 20 } })).toEqual({ model: '2.5-turbo', capUnits: 20 });
    expect(await ask(200, 'GET', '/api/preferences')).toEqual({ model: '2.5-turbo', capUnits: 20 });
    await newFilm(1);
    expect(await ask(200, 'GET', '/api/cache')).toMatchObject({ clips: 0 });
    expect(await ask(200, 'POST', '/api/cache/prune', { body: { maxAgeMs: 0 } })).toMatchObject({ removed: 0 });
    expect(await ask(200, 'GET', '/api/diagnostics')).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ what: 'Node', state: 'ok' })]) });
    if (process.platform !== 'win32') expect((await stat(`${lab.home}/preferences.json`)).mode & 0o777).toBe(0o600);
  });
});
