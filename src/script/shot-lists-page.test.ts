import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScript } from './read-script.ts';
import { SHOT_FIELDS } from './shot-fields.ts';

const page = await readFile(join(import.meta.dirname, '../../docs/shot-lists.md'), 'utf8');
const examples = [...page.matchAll(/```(txt|json|csv|md)\n([\s\S]*?)```/g)].map(([, format = '', content = '']) => ({ format, content }));

describe('docs/shot-lists.md', () => {
  it.each(examples)('has an example in $format that is read (%#)', async ({ format, content }) => {
    const script = await readScript(Buffer.from(content), { name: `example.${format}` });
    expect(script.format).toBe(format);
    expect(script.shots.length).toBeGreaterThanOrEqual(2);
  });

  it('has examples of all four, and every field with every spelling', () => {
    expect(new Set(examples.map(({ format }) => format))).toEqual(new Set(['txt', 'json', 'csv', 'md']));
    for (const { name, aliases } of SHOT_FIELDS) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row, name).toBeDefined();
      for (const alias of aliases) expect(row).toContain(`\`${alias}\``);
    }
  });

  it('says rightly which fields cannot be defaults', () => {
    const sentence = page.split('\n').find((line) => line.includes('cannot be defaults')) ?? '';
    const named = [...sentence.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    expect(named.toSorted()).toEqual(SHOT_FIELDS.filter((field) => !field.asDefault).map((field) => field.name).toSorted());
  });
});
