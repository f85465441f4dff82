import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Screenplay } from '../screenplay/screenplay.ts';
import { speechesOf } from '../screenplay/speeches.ts';
import { readFountain } from './read-fountain.ts';
import { fountainToText } from './write-fountain.ts';

/** What a screenplay says, without where it stands; remarks are looked at apart, since they may move behind a speech. */
function said({ titlePage, elements }: Screenplay) {
  const plain = elements.map(({ source: _source, lines: _lines, ...rest }) => (rest.kind === 'action' ? { ...rest, text: rest.text.trimEnd() } : rest));
  return {
    titlePage: titlePage.map(({ key, values }) => ({ key, values })),
    elements: plain.filter(({ kind }) => kind !== 'note' && kind !== 'boneyard').map(({ emphasis: _emphasis, ...rest }) => rest),
    hidden: plain.filter(({ kind }) => kind === 'note' || kind === 'boneyard').map(({ text }) => text),
    speeches: speechesOf(elements).map(({ source: _source, lines: _lines, ...rest }) => rest),
  };
}

const LINES = [
  '', '', '', '  ', 'INT. HOUSE - DAY', 'ext. yard #12A#', '.FORCED', '...not', 'MARA', 'MARA (V.O.) (CONT\'D)', 'TOM ^', '@McAvoy', '(beat)', 'Hello there.', 'He runs.', '!BANG', 'CUT TO:', 'CUT TO: ', '> Burn to white.',
  '> THE END <', '~ La la', '# Act', '## Part', '= They meet.', '===', '[[note]]', 'a [[note', 'over lines]] b', '/* cut */', '/* cut', '', 'more */', '*slowly* he _turns_', '**bold** \\*not\\* ***both***', 'Title: The Lamp', 'Title:', '    indented',
  'Note: words', 'a/*b*', '*a **b* c**', 'snake_case_name', 'THE ROOM GOES DARK', '\tTABBED', '(open', 'closed)', '#1 fan', '\\', '\\*', '日本', 'АННА',
];

describe('a screenplay written as Fountain', () => {
  it('says the same when it is read again, whatever stands beside what', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...LINES), fc.string({ unit: fc.constantFrom(...'aA.*_~@!>#=()[]^\\: '.split('')), maxLength: 8 })), { maxLength: 14 }), (lines) => {
        const once = readFountain(lines.join('\n'));
        const again = readFountain(fountainToText(once));
        expect(said(again)).toEqual(said(once));
      }),
      { numRuns: 1500 },
    );
  });
});
