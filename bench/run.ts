import { cpus, totalmem } from 'node:os';
import { benchAnimatic } from './animatic.ts';
import type { BenchRow } from './bench.ts';
import { benchCutMemory } from './cut-memory.ts';
import { benchCut } from './cut.ts';
import { benchDialogue } from './dialogue.ts';
import { benchDocuments } from './documents.ts';
import { benchDurableClips } from './durable-clips.ts';
import { benchPromptChecks } from './prompt-checks.ts';
import { benchSandboxRender } from './sandbox-render.ts';
import { benchSegment } from './segment.ts';
import { benchSecondRun } from './second-run.ts';
import { benchStudio } from './studio.ts';
import { benchStartUp } from './start-up.ts';
import { benchStudioPage } from './studio-page.ts';

/** `npm run bench` runs all; `npm run bench -- second-run` one. */
const BENCHES: Record<string, () => Promise<BenchRow[]>> = {
  'start-up': benchStartUp,
  'second-run': benchSecondRun,
  'prompt-checks': benchPromptChecks,
  'sandbox-render': benchSandboxRender,
  animatic: benchAnimatic,
  cut: benchCut,
  'cut-memory': benchCutMemory,
  'durable-clips': benchDurableClips,
  dialogue: benchDialogue,
  'studio-page': benchStudioPage,
  segment: benchSegment,
  documents: benchDocuments,
  studio: benchStudio,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown[0]}". There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exitCode = 2;
} else {
  const [cpu] = cpus();
  console.log(`Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB\n`);
  console.log('| what | ours | against | ratio |\n|---|---|---|---|');
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    for (const row of await bench()) {
      console.log(`| ${row.what} | ${row.ours} | ${row.against} | ${row.ratio}${row.kept === false ? ' (limit missed)' : ''} |`);
      if (row.kept === false) process.exitCode = 1;
    }
  }
}
