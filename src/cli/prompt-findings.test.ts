import { sql } from 'kysely';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../store/database.ts';
import { openStore, type ProjectPrompt } from '../store/index.ts';
import { openCliLab, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const NEGATION = 'A man walks along the beach at dawn, no people, slow push-in.';
const PLACEHOLDER = '{{hero}} climbs a hill in the rain.';
const SPOKEN = 'Mara opens the door and says: "We should go now." The wind howls.';
const PLAIN = 'A candle burns on a table.';

const created = () => lab.kling.requests().filter(({ method, path }) => method === 'POST' && path.startsWith('/v1/videos/')).length;
const script = async (...paragraphs: string[]) => await lab.write('story.txt', paragraphs.join('\n\n'));
const atKling = async (...words: string[]) => await lab.run([...words, '--yes'], { env: lab.klingEnv });
const plan = async (...words: string[]) => await lab.run(['plan', 'story.txt', ...words]);

async function stored(): Promise<ProjectPrompt[]> {
  const store = await openStore({ home: lab.home });
  try {
    const [project] = await store.projects.listProjects();
    return project ? await store.projects.loadPromptList(project.id) : [];
  } finally {
    await store.close();
  }
}

/** What the store says of the findings of all shots from now on, as another version would have written it. */
async function rewriteFindings(findings: object | null): Promise<void> {
  const db = await openDatabase(join(lab.home, 'studio.sqlite'));
  await sql`update shots set findings = ${findings === null ? null : JSON.stringify(findings)}`.execute(db);
  await db.destroy();
}

describe('plan', () => {
  it('says below each shot who speaks, what is amiss and what would help, and which model suits the film', async () => {
    await script(NEGATION, SPOKEN, PLAIN);
    const { out, exit } = await plan();
    expect(exit).toBe(0);
    expect(out).toContain('warning: “no people” puts into the picture what it names');
    expect(out).toContain('fix: name people in the negative prompt');
    expect(out).toContain('Mara says: “We should go now.”');
    expect(out).toContain('Prompts checked: 2 warnings in 2 of 3 shots.');
    expect(out).toMatch(/Advised model: \S+ \w+, \$0\.63 .*--model auto takes it\./);
    expect(out).toMatch(/Next better: /);
  });

  it('exits as film would, with everything shown, and leaves nothing behind', async () => {
    await script(PLACEHOLDER, NEGATION);
    const run = await plan();
    expect(run.exit).toBe(2);
    expect(run.out).toContain('error: “{{hero}}” was to be filled in');
    expect(run.out).toContain('Filming it now would cost');
    expect(run.err).toContain('the prompts have 1 error');
    await script(NEGATION);
    expect([(await plan()).exit, (await plan('--strict')).exit]).toEqual([0, 2]);
    expect(await stored()).toEqual([]);
  });

  it('keeps what is only worth knowing for who asks', async () => {
    await script('Ein Mann geht am Strand entlang und hebt eine Muschel auf, die im Sand liegt.');
    const brief = await plan('--strict');
    expect(brief.exit).toBe(0);
    expect(brief.out).toContain('Prompts checked: nothing amiss; 1 note; -v shows them.');
    expect(brief.out).toContain('Note: Every shot: the prompt is in German');
    expect((await plan('-v')).out).toContain('(LANGUAGE)');
  });

  it('says once what many shots have in common', async () => {
    await script(...[1, 2, 3, 4, 5].map((number) => `Mara opens door ${number} and says: "We should go now."`));
    const { out } = await plan();
    expect(out.match(/DIALOGUE_NO_AUDIO/g)).toHaveLength(1);
    expect(out).toContain('warning in 5 shots (S01_SH01, S01_SH02, S01_SH03, S01_SH04, S01_SH05), as in S01_SH01');
  });

  it('says a code once also where each shot has its own fix for it, with how many they are; -v says each', async () => {
    await script(...['people', 'cars', 'dogs', 'boats'].map((thing) => `A man walks along a beach at dawn, no ${thing}, slow push-in.`));
    const { out } = await plan();
    expect(out.match(/NEGATION_IN_PROMPT/g)).toHaveLength(1);
    expect(out).toContain('warning in 4 shots (S01_SH01, S01_SH02, S01_SH03, S01_SH04), as in S01_SH01');
    expect(out).toMatch(/name people in the negative prompt, in S01_SH01; -v\s+shows each/);
    const every = (await plan('-v')).out;
    expect(every.match(/NEGATION_IN_PROMPT/g)).toHaveLength(4);
    expect(every).toContain('fix: name boats in the negative prompt');
    const strict = await plan('--strict');
    expect(strict).toMatchObject({ exit: 2 });
    expect(strict.err).toContain('the prompts have 4 warnings');
  });

  it('says every error, however many shots have one', async () => {
    await script(...[1, 2, 3, 4, 5].map((number) => `{{hero}} climbs hill ${number} in the rain.`));
    const { out } = await plan();
    expect(out.match(/\(PLACEHOLDER_UNRESOLVED\)/g)).toHaveLength(5);
  });

  it('gives programs all of it', async () => {
    await script(NEGATION, SPOKEN);
    const lines = (await plan('--json')).json();
    const shots = lines.filter(({ type }) => type === 'shot');
    expect(shots[0]).toMatchObject({ issues: [{ code: 'NEGATION_IN_PROMPT', severity: 'warning', field: 'prompt', words: 'no people', fix: { prompt: 'A man walks along the beach at dawn, slow push-in.', negativePrompt: 'people' } }], lines: [], fixed: null, line: null });
    expect(shots[1]).toMatchObject({ line: 'We should go now.', lines: [{ speaker: 'Mara', text: 'We should go now.', kind: 'spoken' }] });
    expect(lines.find(({ type }) => type === 'check')).toMatchObject({ errors: 0, warnings: 2, fixed: 0, lines: 1 });
    expect(lines.find(({ type }) => type === 'advice')).toMatchObject({ choice: { priceUsd: 0.42 }, complexities: { S01_SH01: expect.any(Number) }, flagged: [] });
  });

  it('writes the lines of prompts into a list, and fixed prompts with --fix', async () => {
    await script(SPOKEN, NEGATION);
    await plan('--fix', '-o', 'shots.csv');
    const list = String(await lab.read('shots.csv'));
    expect(list).toContain('We should go now.');
    expect(list).toContain('"A man walks along the beach at dawn, slow push-in."');
    expect(list).not.toContain('no people');
  });
});

describe('errors', () => {
  it('stop a film before a key is tried or anything saved, all at once; --shots films the others', async () => {
    await script(PLACEHOLDER, PLAIN, 'The hero, [INSERT NAME], runs across a bridge.');
    const run = await atKling('film', 'story.txt');
    expect(run.exit).toBe(2);
    expect(run.err).toMatch(/the prompts have 2 errors:\n.*S01_SH01 \(line 1\).*\n.*S01_SH03 \(line 5\)/);
    expect([lab.kling.requestCount, await stored()]).toEqual([0, []]);
    // Its clip is made; the film still lacks the others.
    expect((await atKling('film', 'story.txt', '--shots', '2')).exit).toBe(1);
    expect(created()).toBe(1);
    // What was saved with its error is not sent by another word either.
    const later = await atKling('generate');
    expect(later).toMatchObject({ exit: 2, err: expect.stringContaining('the prompts have 2 errors') as string });
    expect((await atKling('retake', '1')).exit).toBe(2);
    expect(created()).toBe(1);
  });

  it('are said together with what a model cannot make', async () => {
    await lab.write('shots.json', JSON.stringify([{ prompt: PLAIN, duration: 7 }, { prompt: PLACEHOLDER }]));
    const run = await atKling('film', 'shots.json');
    expect(run).toMatchObject({ exit: 2, err: expect.stringMatching(/2 things in this script cannot be filmed[^]*7 s[^]*\{\{hero\}\}/) as string });
  });

  it('are filmed by who wants it so, and not asked about again', async () => {
    await script(PLACEHOLDER);
    expect((await atKling('film', 'story.txt', '--anyway')).exit).toBe(0);
    expect((await atKling('film', 'story.txt')).exit).toBe(0);
    expect((await atKling('retake', '1')).exit).toBe(0);
    expect(created()).toBe(2);
  });

  it('stop shots that were planned before words were read, and no clip that is under way', async () => {
    await script(PLACEHOLDER, PLAIN);
    await atKling('film', 'story.txt', '--anyway', '--cap', '1.5');
    expect(created()).toBe(1);
    await rewriteFindings(null);
    const waiting = await atKling('generate', '--cap', 'none');
    expect(waiting.exit).toBe(0);
    expect(created()).toBe(2);
    await rewriteFindings(null);
    expect((await atKling('retake', '1')).err).toContain('the prompts have 1 error');
    expect(created()).toBe(2);
  });

  it('keep none of the other shots waiting when a film goes on', async () => {
    await script(PLAIN, PLACEHOLDER, 'A dog runs through the snow.');
    await atKling('film', 'story.txt', '--anyway', '--cap', '1.5');
    expect(created()).toBe(1);
    await rewriteFindings(null);
    await atKling('generate', '--shots', '1', '--cap', 'none');
    const run = await atKling('resume');
    expect(run.err).toContain('the prompts have 1 error');
    expect(run.out).toContain('The other shot goes on without it.');
    expect(run.exit).toBe(1);
    expect(created()).toBe(2);
  });
});

describe('--fix', () => {
  it('keeps the script, stores the fixed prompt with the original, and is no reason to film anything again', async () => {
    await script(NEGATION, SPOKEN);
    const run = await atKling('film', 'story.txt', '--fix');
    expect(run.exit).toBe(0);
    expect(run.out).toContain('- A man walks along the beach at dawn, no people, slow push-in.');
    expect(run.out).toContain('+ A man walks along the beach at dawn, slow push-in.');
    expect(String(await lab.read('story.txt'))).toContain('no people');
    const [first, second] = await stored();
    expect(first).toMatchObject({ prompt: 'A man walks along the beach at dawn, slow push-in.', settings: { negativePrompt: 'people' }, findings: { issues: [], fixed: { prompt: NEGATION, by: [{ code: 'NEGATION_IN_PROMPT' }] } } });
    // The line leaves the picture and is spoken all the same.
    expect(second).toMatchObject({ prompt: 'Mara opens the door and speaks. The wind howls.', line: 'We should go now.' });
    expect((await atKling('film', 'story.txt')).out).toContain('Nothing generated');
    expect((await atKling('film', 'story.txt', '--fix', '--strict')).exit).toBe(0);
    expect(created()).toBe(2);
    // A word more in the script, and the script's own words hold again, for that shot alone.
    await script(`${NEGATION} Fog.`, SPOKEN);
    await atKling('film', 'story.txt');
    expect((await stored()).map(({ prompt }) => prompt)).toEqual([`${NEGATION} Fog.`, 'Mara opens the door and speaks. The wind howls.']);
    expect(created()).toBe(3);
  });

  it('leaves the words of a paid clip alone until somebody asks for a new one', async () => {
    await script(NEGATION);
    await atKling('film', 'story.txt');
    const again = await atKling('film', 'story.txt', '--fix');
    expect(again).toMatchObject({ exit: 0, out: expect.stringContaining('S01_SH01 is filmed already, and a fix would pay for a new clip') as string });
    expect(created()).toBe(1);
    expect((await stored())[0]?.prompt).toBe(NEGATION);
    await atKling('film', 'story.txt', '--fix', '--replan');
    expect(created()).toBe(2);
    // And back: the first clip is still there.
    const back = await atKling('film', 'story.txt', '--replan');
    expect(back.out).toContain("Back to the script's own words, without the fixes of before: S01_SH01");
    expect(created()).toBe(2);
  });

  it('fixes what is planned and not paid for, and makes no film longer or dearer than was asked', async () => {
    const long = 'Mara looks up and says: "We should go now, because the tide is coming in and the boat will not wait for us much longer than that, I promise."';
    await lab.write('shots.json', JSON.stringify([{ prompt: long }, { prompt: long, duration: 5 }]));
    const shots = (await lab.run(['plan', 'shots.json', '--fix', '--json'])).json().filter(({ type }) => type === 'shot');
    expect(shots.map(({ settings }) => (settings as { durationS: number }).durationS)).toEqual([10, 5]);
  });
});

describe('the plan that is stored', () => {
  it('holds against newer rules, and so do its clips', async () => {
    await script(PLACEHOLDER);
    await lab.run(['film', 'story.txt', '--anyway']);
    // As rules that had nothing against it would have left it.
    await rewriteFindings({ issues: [], lines: [{ text: 'Up!', kind: 'spoken', confidence: 1 }] });
    const { out, exit } = await plan('--strict');
    expect(exit).toBe(0);
    expect(out).toContain('Prompts checked: nothing amiss.');
    expect((await lab.run(['retake', '1'])).exit).toBe(0);
    await lab.run(['film', 'story.txt']);
    expect((await stored())[0]?.line).toBe('Up!');
  });

  it('of --model auto is what the advisor said then, and a model in a list holds', async () => {
    await lab.write('shots.json', JSON.stringify([{ prompt: PLAIN }, { prompt: 'A boat on the sea.', model: '2.5-turbo', mode: 'pro' }]));
    expect((await lab.run(['film', 'shots.json', '--model', 'auto'])).exit).toBe(0);
    const models = async () => (await stored()).map(({ settings }) => `${settings.model} ${settings.mode}`);
    const [advised] = await models();
    expect(await models()).toEqual(['kling-v2-6 std', 'kling-v2-5-turbo pro']);
    await lab.write('shots.json', JSON.stringify([{ prompt: PLAIN }, { prompt: 'A boat on the sea.', model: '2.5-turbo', mode: 'pro' }, { prompt: 'A dog runs through the snow.' }]));
    await lab.run(['film', 'shots.json']);
    expect((await models())[2]).toBe(advised);
  });

  it('refuses a wish that no model fulfils', async () => {
    await lab.write('shots.json', JSON.stringify([{ prompt: PLAIN, duration: 40 }]));
    expect(await lab.run(['plan', 'shots.json', '--model', 'auto'])).toMatchObject({ exit: 2, err: expect.stringMatching(/No model that lives makes these shots[^]*smallest change/) as string });
  });
});
