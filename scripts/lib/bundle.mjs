import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Native packages find their parts beside themselves; codecs, the video reader and the readers of documents are large and loaded only when needed. */
const LEFT_OUTSIDE = ['libsql', '@napi-rs/*', '@fontsource/*', 'mediabunny', 'pdfjs-serverless', 'markdown-it', 'fflate'];
/** CommonJS packages in a module ask for `require`. */
const REQUIRE = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/**
 * Joins the compiled command line and the packages it uses into a few files, bin/ in the compiled folder: reading them
 * takes a third of the time of 600 small ones, and people wait for it at every command.
 * @param {string} root the checkout, with its packages installed
 * @param {string} compiled the folder with tsc's output
 */
export async function bundleCommand(root, compiled) {
  // Loaded here, when it is needed: the packages may not be installed yet when the scripts start.
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { directorstudio: join(compiled, 'cli', 'bin.js'), 'render-process': join(compiled, 'media', 'render-process.js'), 'pdf-process': join(compiled, 'documents', 'pdf-process.js') },
    outdir: join(compiled, 'bin'),
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: LEFT_OUTSIDE,
    banner: { js: REQUIRE },
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  writeFileSync(join(compiled, 'bin', 'LICENSES.txt'), licencesOf(root, Object.keys(metafile.inputs)));
}

/**
 * The licences of the packages whose code is in the bundle, as they ask for.
 * @param {string} root
 * @param {string[]} inputs paths from the root
 */
function licencesOf(root, inputs) {
  const packages = new Set(inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  return [...packages]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'license.md'].map((each) => join(root, folder, each)).find((path) => existsSync(path));
      return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(file, 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
