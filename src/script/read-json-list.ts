import { StudioError } from '../lib/errors.ts';
import { buildShots } from './build-shots.ts';
import type { ListedShot } from './build-shots.ts';
import { JsonScanError, jsonValueOf, scanJson } from './json-scan.ts';
import type { JsonNode } from './json-scan.ts';
import { linesOf } from './line-of.ts';
import { castOf } from './read-cast.ts';
import type { ScriptShot } from './script-shot.ts';
import type { ShotProblem } from './shot-problem.ts';
import type { WrittenCast } from './written-cast.ts';

const SHAPES = 'a list of shots, [{"prompt": "..."}, ...], or {"defaults": {...}, "cast": {...}, "look": {...}, "shots": [...]}';
const MEMBERS = ['shots', 'defaults', 'cast', 'look'] as const;

/**
 * A shot list in JSON: `[shot, ...]` or `{ "defaults": {...}, "cast": {...}, "look": {...}, "shots": [shot, ...] }`. A shot may be
 * just its prompt as a text.
 * @throws StudioError SCRIPT_BAD_JSON with line and column, or with what shape was found; SCRIPT_SHOTS_INVALID.
 */
export function readJsonList(text: string, name: string): { shots: ScriptShot[]; cast?: WrittenCast } {
  const lineOf = linesOf(text);
  const root = scanned(text, name, lineOf);
  const { shots, defaults, cast, look } = partsOf(root, name);
  const problems: ShotProblem[] = [];
  const written = cast === undefined && look === undefined ? undefined : castOf({ ...(cast && { cast: jsonValueOf(cast) }), ...(look && { look: jsonValueOf(look) }) }, problems);
  const listed: ListedShot[] = shots.map((node, index) => ({
    label: `shot ${index + 1}`,
    given: givenOf(node, `shot ${index + 1}`, name),
    source: { startLine: lineOf(node.start).line, endLine: lineOf(node.end - 1).line, start: node.start, end: node.end },
  }));
  const built = buildShots(listed, defaults === undefined ? [] : givenOf(defaults, '"defaults"', name), name, problems);
  return { shots: built, ...(written ? { cast: written } : {}) };
}

function scanned(text: string, name: string, lineOf: ReturnType<typeof linesOf>): JsonNode {
  try {
    return scanJson(text);
  } catch (error) {
    if (!(error instanceof JsonScanError)) throw error;
    const { line, column } = lineOf(error.offset);
    throw new StudioError('SCRIPT_BAD_JSON', `${name} is no correct JSON: line ${line}, column ${column}: ${error.message}.`, {
      next: 'Correct that place and run the command again.',
      detail: { name, line, column },
    });
  }
}

function partsOf(root: JsonNode, name: string): { shots: JsonNode[] } & Partial<Record<'defaults' | 'cast' | 'look', JsonNode>> {
  if (root.kind === 'array') return { shots: root.items };
  if (root.kind !== 'object') throw wrongShape(name, `it holds ${JSON.stringify(jsonValueOf(root))?.slice(0, 40)}`);
  const stranger = root.members.find(({ key }) => !MEMBERS.some((member) => member === key));
  if (stranger) throw wrongShape(name, `it holds ${JSON.stringify(stranger.key)} beside or instead of "shots"`);
  const member = (wanted: (typeof MEMBERS)[number]) => root.members.find(({ key }) => key === wanted)?.node;
  const shots = member('shots');
  if (shots?.kind !== 'array') throw wrongShape(name, shots === undefined ? 'it has no "shots"' : '"shots" is not a list');
  const [defaults, cast, look] = [member('defaults'), member('cast'), member('look')];
  return { shots: shots.items, ...(defaults && { defaults }), ...(cast && { cast }), ...(look && { look }) };
}

function givenOf(node: JsonNode, where: string, name: string): ListedShot['given'] {
  if (node.kind === 'object') return node.members.map(({ key, node: member }) => ({ name: key, value: jsonValueOf(member) }));
  if (node.kind === 'value' && typeof node.value === 'string' && where.startsWith('shot')) return [{ name: 'prompt', value: node.value }];
  throw wrongShape(name, `${where} is ${node.kind === 'array' ? 'a list' : JSON.stringify(node.value)}, not {...}`);
}

function wrongShape(name: string, found: string): StudioError {
  return new StudioError('SCRIPT_BAD_JSON', `${name} is no shot list: ${found}.`, { next: `Write ${SHAPES}; docs/shot-lists.md has examples.`, detail: { name } });
}
