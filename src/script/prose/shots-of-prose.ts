import { canonicalJson } from '../../lib/canonical-json.ts';
import { linesOf } from '../line-of.ts';
import type { ScriptShot } from '../script-shot.ts';
import { partsOfLine } from '../segment/speaking-time.ts';
import type { Prose } from './prose.ts';

/** Words of a paragraph that one shot shows at most; a longer one is several shots, parted at ends of sentences. */
const LONGEST_S = 40;

/** A shot a paragraph; a heading or stars begin a scene. */
export function shotsOfProse({ text, paragraphs, divisions }: Prose): { shots: ScriptShot[]; notes: string[] } {
  const lineOf = linesOf(text);
  const shots: ScriptShot[] = [];
  let scene = 1;
  let sceneHeading: string | undefined;
  let next = 0;
  for (const { start, end } of paragraphs) {
    let begins = false;
    for (let division = divisions[next]; division !== undefined && division.start < start; division = divisions[next]) {
      begins = true;
      sceneHeading = division.kind === 'heading' ? oneLine(text.slice(division.start, division.end)) : sceneHeading;
      next += 1;
    }
    if (begins && shots.length > 0) scene += 1;
    const source = { start, end, startLine: lineOf(start).line, endLine: lineOf(Math.max(start, end - 1)).line };
    for (const prompt of partsOfLine(oneLine(text.slice(start, end)), LONGEST_S)) {
      const fields = { ...(sceneHeading === undefined ? {} : { sceneHeading }), prompt };
      shots.push({ scene, ...fields, source, text: canonicalJson(fields) });
    }
  }
  return { shots, notes: [] };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
