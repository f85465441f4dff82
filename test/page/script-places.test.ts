import { describe, expect, it } from 'vitest';
import type { Shot } from '../../src/protocol/api/index.ts';
import { carried, changeBetween, placesOfShots, problemsOf, shotAt, undone, withFix } from '../../web/script/text-places.ts';

const shotOf = (name: string, text: string, startLine: number, endLine = startLine, issues: Shot['issues'] = []): Shot =>
  ({ name, text, prompt: text.replaceAll(/\s+/g, ' '), startLine, endLine, issues }) as Partial<Shot> as Shot;
const issue = (prompt: string, words: string, from = 0): Shot['issues'][number] => {
  const at = prompt.indexOf(words, from);
  return { code: 'X', severity: 'warning', field: 'prompt', span: [at, at + words.length], words, message: 'x' };
};

describe('where shots stand in a script', () => {
  it('tells shots on one line apart, and finds words whatever line breaks part them', () => {
    const text = 'A dog runs. A cat sleeps.\n\nThe rain\nfalls on   the roof.\n';
    const shots = [shotOf('1', 'A dog runs.', 1), shotOf('2', 'A cat sleeps.', 1), shotOf('3', 'The rain falls on the roof.', 3, 4)];
    const places = placesOfShots(text, shots);
    expect(places.map(({ start, end }) => text.slice(start, end))).toEqual(['A dog runs.', 'A cat sleeps.', 'The rain\nfalls on   the roof.']);
    expect([0, 12, 14, 30, text.length].map((offset) => shotAt(places, offset))).toEqual([0, 1, 1, 2, 2]);
    // A problem at the head of a shot is that shot's, also where the shot before ends there.
    expect(shotAt([{ start: 0, end: 9 }, { start: 9, end: 20 }], 9)).toBe(1);
  });

  it('shows the whole lines of a shot whose words are not the script’s', () => {
    const text = 'INT. HOUSE\nMARA\nNo.\n';
    expect(placesOfShots(text, [shotOf('1', 'Mara says no', 2, 3)])).toEqual([{ start: 11, end: 19 }]);
  });

  it('underlines the second of two equal words when the second was meant', () => {
    const text = 'She sees her.\nShe waves.';
    const prompt = 'She sees her. She waves.';
    const shots = [shotOf('1', text, 1, 2, [issue(prompt, 'She', 3)])];
    expect(problemsOf(text, shots, placesOfShots(text, shots))[0]).toMatchObject({ place: { start: 14, end: 17 }, at: 14 });
  });
});

describe('while somebody writes', () => {
  it('moves what stands behind the change, and leaves what it reached into', () => {
    const change = changeBetween('one two three', 'one and two three');
    expect(carried({ start: 0, end: 3 }, change)).toEqual({ start: 0, end: 3 });
    expect(carried({ start: 8, end: 13 }, change)).toEqual({ start: 12, end: 17 });
    expect(carried({ start: 4, end: 7 }, changeBetween('one two three', 'one to three'))).toBeUndefined();
  });

  it('takes a fix back and keeps what was written after it', () => {
    expect(undone('a her hand', 'a woman’s hand', 'Now: a woman’s hand, wet')).toBe('Now: a her hand, wet');
    expect(undone('a her hand', 'a woman’s hand', 'a womanly hand'), 'somebody wrote into it').toBe('a womanly hand');
  });
});

describe('a fix in the text', () => {
  it('changes only its own words, so line breaks of the others stay', () => {
    const text = 'Title\n\nClose-up: her hand\non the   handle.\n\nNext';
    const shot = shotOf('1', 'Close-up: her hand on the handle.', 3, 4);
    const [place] = placesOfShots(text, [shot]);
    expect(withFix(text, shot, place!, ['Close-up: a woman’s hand on the handle.'])).toBe('Title\n\nClose-up: a woman’s hand\non the   handle.\n\nNext');
    expect(withFix(text, shot, place!, ['Close-up: her hand on the door.'])).toBe('Title\n\nClose-up: her hand\non the   door.\n\nNext');
    expect(withFix(text, shot, place!, ['A hand.', 'A handle.'])).toBe('Title\n\nA hand.\n\nA handle.\n\nNext');
  });

  it('is not put where the shot has other words than the script', () => {
    const text = 'INT. HOUSE\nMARA\nNo.';
    const shot = { ...shotOf('1', 'MARA\nNo.', 2, 3), prompt: 'Mara says no.' };
    expect(withFix(text, shot, placesOfShots(text, [shot])[0]!, ['Mara nods.'])).toBeUndefined();
  });
});
