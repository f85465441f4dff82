import { describe, expect, it } from 'vitest';
import type { Edit, ProjectPrompt } from '../store/index.ts';
import { cutOrder } from './cut-order.ts';

/** Shots of a script by letters; each has a clip of 5 s, and those in capitals are trimmed by the script. */
function script(letters: string, durationS = 5): ProjectPrompt[] {
  return letters.split('').map((letter, index) => ({
    id: letter,
    projectId: 'film',
    name: `S01_SH${letter}`,
    index: index + 1,
    sceneNumber: 1,
    numberInScene: index + 1,
    text: letter,
    prompt: letter,
    startLine: 1,
    endLine: 1,
    settings: { kind: 'text2video', model: 'kling-v2-5-turbo', prompt: letter, durationS, sound: false },
    inS: letter === letter.toUpperCase() ? 1 : 0,
    ...(letter === letter.toUpperCase() ? { outS: 2 } : {}),
    takesWanted: 1,
  }));
}

function edit(parts: Edit['parts'], leftOut = ''): Edit {
  return { source: 'cut.otio', readAtMs: 0, parts, leftOut: leftOut.split('') };
}

const whole = (letters: string): Edit['parts'] => letters.split('').map((shotId) => ({ shotId, inS: 0 }));
/** The film's order in letters; black is a dash. */
const order = (prompts: ProjectPrompt[], with_: Edit | undefined) => cutOrder(prompts, with_).pieces.map((piece) => ('prompt' in piece ? piece.prompt.id : '-')).join('');

describe('the order of a film', () => {
  it("is the script's with its trims where there is no edit", () => {
    const { pieces, ...facts } = cutOrder(script('aB'), undefined);
    expect(pieces).toMatchObject([{ prompt: { id: 'a' }, inS: 0 }, { prompt: { id: 'B' }, inS: 1, outS: 2 }]);
    expect(facts).toEqual({ edited: false, leftOut: [], added: [], outrun: [] });
  });

  it("is the edit's with the edit's trims, whatever the script trims: re-ordered, repeated, left out, with black between", () => {
    const cut = edit([{ shotId: 'c', inS: 0.5, outS: 1.5 }, { blackS: 2 }, { shotId: 'B', inS: 0 }, { shotId: 'c', inS: 3 }], 'a');
    const { pieces, ...facts } = cutOrder(script('aBc'), cut);
    expect(pieces).toEqual([
      { prompt: expect.objectContaining({ id: 'c' }), inS: 0.5, outS: 1.5 },
      { blackS: 2 },
      { prompt: expect.objectContaining({ id: 'B' }), inS: 0 },
      { prompt: expect.objectContaining({ id: 'c' }), inS: 3 },
    ]);
    expect(facts).toMatchObject({ edited: true, leftOut: [{ id: 'a' }], added: [], outrun: [] });
  });

  it('loses a shot that is taken out of the script, and has it back in its place with the script', () => {
    const cut = edit(whole('cba'));
    expect(order(script('ac'), cut)).toBe('ca');
    expect(order(script('abc'), cut)).toBe('cba');
  });

  it('has a shot that is new in the script behind the one before it, where that is last shown; without one before, first', () => {
    expect(order(script('abxc'), edit(whole('cba')))).toBe('cbxa');
    expect(order(script('abxc'), edit(whole('bcba')))).toBe('bcbxa');
    expect(order(script('xyabc'), edit(whole('cba')))).toBe('xycba');
    expect(order(script('abxyc'), edit(whole('cba')))).toBe('cbxya');
    // The one before it was left out: the next before that one.
    expect(order(script('abxc'), edit(whole('ca'), 'b'))).toBe('cax');
    expect(cutOrder(script('abxc'), edit(whole('cba'))).added.map(({ id }) => id)).toEqual(['x']);
  });

  it("of a new shot has the script's trims", () => {
    expect(cutOrder(script('aX'), edit(whole('a'))).pieces[1]).toMatchObject({ prompt: { id: 'X' }, inS: 1, outS: 2 });
  });

  it('never brings back what the editor left out, wherever the script moves it', () => {
    expect(order(script('abc'), edit(whole('ca'), 'b'))).toBe('ca');
    expect(order(script('bac'), edit(whole('ca'), 'b'))).toBe('ca');
  });

  it("is the script's again when no shot of the edit is left in it", () => {
    expect(order(script('xy'), edit(whole('ab')))).toBe('xy');
    expect(cutOrder(script('xy'), edit(whole('ab'))).edited).toBe(false);
    expect(order(script('bx'), edit([{ blackS: 1 }, ...whole('a')], 'b'))).toBe('bx');
  });

  it('shows a shot whose clip became too short for its trim to the end, or whole, and names it', () => {
    const cut = edit([{ shotId: 'a', inS: 1, outS: 9 }, { shotId: 'b', inS: 7, outS: 9 }, { shotId: 'c', inS: 1, outS: 5.04 }]);
    const { pieces, outrun } = cutOrder(script('abc'), cut);
    expect(pieces).toEqual([{ prompt: expect.anything(), inS: 1 }, { prompt: expect.anything(), inS: 0 }, { prompt: expect.anything(), inS: 1, outS: 5.04 }]);
    expect(outrun.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(cutOrder(script('abc', 10), cut).outrun).toEqual([]);
  });
});
