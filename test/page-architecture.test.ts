import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/**
 * Who may import whom in web/. A row is a folder: the folders it may use. Every file may import its own folder, the packages of
 * a browser, and of src/ the words of protocol/; what is directly in web/ stands above all of them.
 */
const RULES: Readonly<Record<string, readonly string[]>> = {
  // Asking the studio.
  api: [],
  // Hearing it.
  live: ['api'],
  // Parts that any screen may use.
  ui: ['api'],
  // What stands around the screens: keys, words at the edge, drafts.
  app: ['api', 'live', 'ui'],
  // Prices, and the button that spends.
  making: ['api', 'app', 'ui'],
  // A folder a screen; none needs another.
  projects: ['api', 'live', 'ui', 'app'],
  script: ['api', 'live', 'ui', 'app'],
  cast: ['api', 'live', 'ui', 'app'],
  board: ['api', 'live', 'ui', 'app', 'making'],
  cut: ['api', 'live', 'ui', 'app', 'making'],
  settings: ['api', 'live', 'ui', 'app'],
};
/** Files of protocol/ that may be there at run time: no schemas, which would be a third of the page's script. */
const AT_RUN_TIME = ['amount-words.ts', 'card-progress.ts', 'clip-progress.ts', 'money-words.ts'];

const web = fileURLToPath(new URL('../web', import.meta.url));
const protocol = fileURLToPath(new URL('../src/protocol', import.meta.url));

it('in the page every folder imports only what its row allows, and of src only the words of protocol', () => {
  const files = readdirSync(web, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /(?<!\.test|\.d)\.tsx?$/.test(entry.name));
  const broken = files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const [folder = ''] = relative(web, path).split(sep);
    const isAbove = !relative(web, path).includes(sep);
    return [...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/gm)].flatMap(([, isType, from, late]) => {
      const specifier = from ?? late ?? '';
      if (!specifier.startsWith('.')) return specifier.startsWith('node:') ? [`${entry.name} imports ${specifier}`] : [];
      const target = join(dirname(path), specifier);
      if (target.startsWith(`${protocol}${sep}`)) return isType !== undefined || AT_RUN_TIME.includes(relative(protocol, target)) ? [] : [`${entry.name} brings ${specifier} into the page's script`];
      const inside = relative(web, target);
      if (inside.startsWith('..')) return [`${entry.name} imports ${specifier}, which is no word of protocol`];
      const [targetFolder = ''] = inside.split(sep);
      if (isAbove || targetFolder === folder) return [];
      return RULES[folder]?.includes(targetFolder) === true ? [] : [`web/${folder}/${entry.name} imports ${specifier}, but web/${folder} may import only: ${(RULES[folder] ?? []).join(', ')}`];
    });
  });
  expect(files.length).toBeGreaterThan(50);
  expect(broken).toEqual([]);
});
