import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFountain } from '../fountain/read-fountain.ts';
import { speechesOf } from '../screenplay/speeches.ts';
import { placeWords } from './place-words.ts';
import { shotsOfScreenplay } from './shots-of-screenplay.ts';
import { partsOfLine, spokenS } from './speaking-time.ts';

const shotsOf = (text: string) => shotsOfScreenplay(readFountain(text)).shots;
const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

const WORKSHOP = `FADE IN:

INT. WORKSHOP - NIGHT

MARA (40s, scar on her chin) files a brass key.

The lamp flickers. She stops.

MARA
(quietly)
Not now.

CUT TO:

EXT. YARD - CONTINUOUS

OLD TOM watches the dark window.

OLD TOM
She is nearly done. I can hear the file, and when the file stops I shall knock, and she will have no time to hide the key.

> THE END <
`;

describe('a screenplay as shots', () => {
  it('opens a scene on its picture, lets a later one carry its line, and names scene, place, speaker and time on screen', () => {
    const { shots, notes } = shotsOfScreenplay(readFountain(WORKSHOP));
    expect(shots.map(({ scene, sceneHeading, prompt, line, cast, outS, source }) => ({ scene, sceneHeading, prompt, line, cast, outS, lines: [source.startLine, source.endLine] }))).toEqual([
      { scene: 1, sceneHeading: 'INT. WORKSHOP - NIGHT', prompt: 'MARA (40s, scar on her chin) files a brass key. Inside: WORKSHOP, NIGHT.', line: undefined, cast: undefined, outS: 3, lines: [5, 5] },
      { scene: 1, sceneHeading: 'INT. WORKSHOP - NIGHT', prompt: 'The lamp flickers. She stops. MARA, quietly, says: “Not now.” Inside: WORKSHOP, NIGHT.', line: 'Not now.', cast: ['MARA'], outS: 4.5, lines: [7, 11] },
      { scene: 2, sceneHeading: 'EXT. YARD - CONTINUOUS', prompt: 'OLD TOM watches the dark window. Outside: YARD.', line: undefined, cast: undefined, outS: 3, lines: [17, 17] },
      expect.objectContaining({ scene: 2, line: 'She is nearly done.', cast: ['OLD TOM'] }) as object,
      expect.objectContaining({ scene: 2, line: 'I can hear the file, and when the file stops I shall knock, and she will have no time to hide the key.', cast: ['OLD TOM'] }) as object,
    ]);
    expect(notes).toEqual(['Titles and words for the editor make no shot: line 1 ("FADE IN:"), line 22 ("THE END").']);
  });

  it('lays a voice that is not seen over the picture before it, and puts its owner into none', () => {
    const [shot, ...others] = shotsOf('INT. CAR - DAY\n\nRain on the windscreen.\n\nMARA (V.O.)\nI never learned to drive.');
    expect(others).toEqual([]);
    expect(shot).toMatchObject({ line: 'I never learned to drive.', prompt: 'Rain on the windscreen. A voice off screen says: “I never learned to drive.” Inside: CAR, DAY.' });
    expect(shot?.cast).toBeUndefined();
  });

  it('shows two who speak at the same time in one shot', () => {
    expect(shotsOf('A\nYes.\n\nB ^\nNo.')).toMatchObject([{ line: 'Yes.\nNo.', cast: ['A', 'B'] }]);
  });

  it('changes no shot when a scene is put in before it', () => {
    const added = shotsOf(WORKSHOP.replace('INT. WORKSHOP', 'EXT. SEA - DAY\n\nWaves.\n\nINT. WORKSHOP')).map(({ text }) => text);
    expect(added.slice(1)).toEqual(shotsOf(WORKSHOP).map(({ text }) => text));
  });

  it('loses no word that is spoken, in order, and makes no shot longer than a clip', () => {
    const line = fc.constantFrom('', '', 'INT. A - DAY', 'MARA', 'TOM ^', 'ANN (V.O.)', '(beat)', 'He runs to the door and back.', 'One two three, four five six; seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen.', 'Yes! No? Never.', '~ La la', '日本語の長い台詞。', '> END <', '[[n]]');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const screenplay = readFountain(lines.join('\n'));
        const { shots } = shotsOfScreenplay(screenplay);
        const letters = (text: string) => text.replaceAll(/\s+/g, '');
        const spoken = [...screenplay.elements.filter((element) => element.kind === 'lyrics' && !element.inSpeech), ...speechesOf(screenplay.elements)].sort((a, b) => a.source.start - b.source.start);
        expect(letters(shots.map((shot) => shot.line ?? '').join(''))).toBe(letters(spoken.map(({ text }) => text).join('')));
        expect(shots.filter(({ outS = 0, prompt }) => outS > 10 || outS < 3 || prompt === '')).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a line longer than a clip', () => {
  it.each([
    'Short. '.repeat(40),
    `${'and on, '.repeat(40)}stop.`,
    'word '.repeat(100),
    '这是一个很长的句子，'.repeat(20),
    '字'.repeat(100),
  ])('is parted into pieces that fit, and put together again it is whole: %s', (text) => {
    const parts = partsOfLine(flat(text), 10);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.filter((part) => spokenS(part) > 10 + 1e-9)).toEqual([]);
    expect(parts.join('').replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''));
  });
});

it.each([
  ['INT. WORKSHOP - NIGHT', 'Inside: WORKSHOP, NIGHT.'],
  ['EXT HARBOUR DAWN', 'Outside: HARBOUR DAWN.'],
  ['INT./EXT. TRUCK - MOVING - DAY', 'Inside and outside: TRUCK, DAY.'],
  ['I/E CABIN - NIGHT', 'Inside and outside: CABIN, NIGHT.'],
  ['SNIPER POV', 'SNIPER POV.'],
  ['ISLAND', 'ISLAND.'],
  ['INT. YARD - CONTINUOUS', 'Inside: YARD.'],
])('the heading %s says to a picture: %s', (heading, words) => {
  expect(placeWords(heading)).toBe(words);
});
