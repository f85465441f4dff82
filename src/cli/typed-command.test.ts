import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';
import { typedCommand, withTypedCommand } from './typed-command.ts';

const NPM = { npm_package_name: 'directorstudio', npm_lifecycle_event: 'film', npm_config_user_agent: 'npm/10.8.2 node/v20.20.0 linux x64' };

describe('the command as a person types it', () => {
  it.each([
    ['its own name', {}, 'directorstudio'],
    ['the script of a clone', NPM, 'npm run directorstudio --'],
    ['the other script of a clone', { ...NPM, npm_lifecycle_event: 'directorstudio' }, 'npm run directorstudio --'],
    ['the same with pnpm, which hands words on as they are', { ...NPM, npm_config_user_agent: 'pnpm/9.1.0 npm/? node/v20.20.0' }, 'pnpm run directorstudio'],
    ['its own name in a script of somebody’s own package', { ...NPM, npm_package_name: 'my-film', npm_lifecycle_event: 'film' }, 'directorstudio'],
    ['its own name in another script of a clone', { ...NPM, npm_lifecycle_event: 'test' }, 'directorstudio'],
  ])('is %s', (_, env, typed) => {
    expect(typedCommand(env)).toBe(typed);
  });

  it('stands wherever a command is named, and not in a path', () => {
    const text = 'directorstudio status shows it (directorstudio --help). /home/you/directorstudio films/a.mp4';
    expect(withTypedCommand(text, 'npm run directorstudio --')).toBe('npm run directorstudio -- status shows it (npm run directorstudio -- --help). /home/you/directorstudio films/a.mp4');
  });
});

describe('a program that npm started', () => {
  let lab: CliLab;
  beforeEach(async () => {
    lab = await openCliLab();
    await lab.write('story.txt', scriptOf(1));
  });
  afterEach(async () => {
    await lab[Symbol.asyncDispose]();
  });

  it('names commands so that they can be typed, in results, errors and help; programs read them as ever', async () => {
    await lab.run(['film', 'story.txt']);
    const missing = await lab.run(['status', 'another'], { env: NPM });
    expect(missing.err).toContain('npm run directorstudio -- project list shows them.');
    expect((await lab.run(['retake', '--help'], { env: NPM })).out).toMatch(/^Usage: npm run directorstudio -- retake [^]*^ {2}npm run directorstudio -- retake 3 /m);
    expect((await lab.run(['stop'], { env: NPM })).out).toContain('To go on: npm run directorstudio -- resume');
    expect((await lab.run(['status', 'another', '--json'], { env: NPM })).json().find(({ type }) => type === 'error')).toMatchObject({ next: 'directorstudio project list shows them.' });
  });
});
