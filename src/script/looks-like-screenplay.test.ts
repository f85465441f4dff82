import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { screenplaySigns } from './looks-like-screenplay.ts';
import { readScript } from './read-script.ts';

const SCREENPLAYS: [string, string][] = [
  ['two scene headings', 'INT. KITCHEN - DAY\n\nAnna cooks.\n\nEXT. STREET - NIGHT\n\nIt rains.'],
  ['numbered headings', '1 INT KITCHEN DAY 1\n\nAnna cooks.\n\n2A EXT STREET NIGHT\n\nIt rains.'],
  ['headings in any case', 'Int. kitchen - day\n\nAnna cooks.\n\nInt./Ext. car – night\n\nShe drives.'],
  ['a heading and a cue', 'INT. KITCHEN - DAY\n\nAnna cooks.\n\nANNA\nWhere is the salt?'],
  ['a heading and a transition', 'FADE IN:\n\nEXT. STREET - NIGHT\n\nIt rains.'],
  ['a title page', 'Title: Rain\nAuthor: A. B.\n\nFADE IN:\n\nINT. CAR - NIGHT\n\nShe drives.'],
  ['cues over dialogue', 'ANNA\nWhere is the salt?\n\nBEN (V.O.)\n(quietly)\nGone.\n\nANNA (CONT’D)\nGone?\n\nShe leaves.'],
  ['German headings', 'INNEN. KÜCHE - TAG\n\nAnna kocht.\n\nAUSSEN. STRASSE - NACHT\n\nEs regnet.'],
  ['other alphabets', 'INT. КУХНЯ - ДЕНЬ\n\nАнна готовит.\n\nАННА\nГде соль?'],
];

const SHOT_TEXTS: [string, string][] = [
  ['prose', 'The NASA engineer shouted. "FADE IN: that was all he said.\n\nBOB was there.'],
  ['one heading-like line', 'INT. KITCHEN - DAY\n\nA woman cooks in warm light.\n\nA cat watches.'],
  ['headings that go on as descriptions', 'EXT. BEACH - DAY. A woman walks along the shore.\n\nINT. HUT - NIGHT. A candle burns.'],
  ['a shot list in capitals', 'WIDE SHOT\nA valley at dawn.\n\nCLOSE UP\nA hand on a rope.\n\nWIDE SHOT\nThe valley at dusk.'],
  ['numbered shots', 'SHOT 1\nA valley.\n\nSHOT 2\nA river.\n\nSHOT 3\nA sea.'],
  ['one title over a paragraph', 'THE STORM\nClouds race over a harbour.\n\nWaves break.'],
  ['capitals all through', 'A DOG RUNS ALONG A BEACH.\n\nA DOG STOPS.\n\nA DOG SLEEPS.'],
  ['words that begin like a place', 'Interior of a church, dust in the light.\n\nExterior, a field.\n\nInternational airport at night.\n\nEstate at dawn - fog.'],
  ['a fade', 'FADE OUT.\n\nThe sea at night.\n\nThe sea at dawn.'],
  ['speech in a description', 'A girl says: "Hello."\n\nA boy answers: "Hi."'],
];

describe('a screenplay as .txt', () => {
  it.each(SCREENPLAYS)('is refused for %s, with the lines and the way out', async (_, text) => {
    const signs = screenplaySigns(text);
    expect(signs.length).toBeGreaterThan(0);
    for (const sign of signs) expect(text.split('\n')[sign.line - 1]).toContain(sign.words);
    const refused: unknown = await readScript(Buffer.from(text), { name: 'film.txt' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StudioError);
    expect(refused).toMatchObject({ code: 'SCRIPT_LOOKS_LIKE_SCREENPLAY', message: expect.stringContaining(`line ${signs[0]!.line}`) as string, next: expect.stringMatching(/--as screenplay.*--as shots/) as string });
  });

  it.each(SCREENPLAYS)('is read as shots when told so: %s', async (_, text) => {
    expect((await readScript(Buffer.from(text), { name: 'film.txt', as: 'shots' })).shots).toHaveLength(text.split('\n\n').length);
  });

  it.each(SHOT_TEXTS)('is not seen in %s', async (_, text) => {
    expect(screenplaySigns(text)).toEqual([]);
    expect((await readScript(Buffer.from(text), { name: 'film.txt' })).shots).toHaveLength(text.split('\n\n').length);
  });

  it('is never seen in sentences, capitalised words or not', () => {
    const word = fc.oneof(fc.stringMatching(/^[a-z]{1,9}$/), fc.constantFrom('INT', 'EXT', 'FADE', 'IN', 'CUT', 'TO', 'ANNA', 'DAY', 'NIGHT', 'I/E'));
    const sentence = fc.array(word, { minLength: 3, maxLength: 14 }).map((words) => `The ${words.join(' ')} shines.`);
    fc.assert(
      fc.property(fc.array(fc.array(sentence, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), (paragraphs) => {
        expect(screenplaySigns(paragraphs.map((lines) => lines.join('\n')).join('\n\n'))).toEqual([]);
      }),
    );
  });

  it('is always seen where scenes have headings of their own', () => {
    const name = fc.stringMatching(/^[A-Z]{2,10}( [A-Z]{2,8})?$/);
    const scene = fc.tuple(fc.constantFrom('INT. ', 'EXT. ', 'INT./EXT. ', 'I/E ', 'EST. ', 'int. '), name, fc.constantFrom(' - DAY', ' - NIGHT', ' – LATER'));
    fc.assert(
      fc.property(fc.array(scene, { minLength: 2, maxLength: 6 }), (scenes) => {
        const text = scenes.map(([place, where, when]) => `${place}${where}${when}\n\nSomething happens here.`).join('\n\n');
        expect(screenplaySigns(text).filter((sign) => sign.kind === 'scene heading')).toHaveLength(scenes.length);
      }),
    );
  });
});
