import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractDialogue } from './extract-dialogue.ts';
import type { DialogueLine, DialogueOptions } from '../prompt/dialogue/index.ts';

const read = (text: string, options?: DialogueOptions) => extractDialogue(text, options).lines;
/** `Mara: words`, the way people write it down. */
const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');
const said = (text: string, options?: DialogueOptions) => read(text, options).map((line) => `${line.speaker ?? '?'}: ${line.text}`);

describe('prose', () => {
  it('keeps a speech with a tag in its middle as one line, with a part on each side', () => {
    const text = '"Put it down," said Mara. "Slowly."';
    const [line] = read(text);
    expect(line).toMatchObject({ speaker: 'Mara', speakerSource: 'tag', text: 'Put it down, Slowly.' });
    expect(line?.parts.map(([start, end]) => text.slice(start, end))).toEqual(['Put it down,', 'Slowly.']);
  });

  it('gives turns without a tag to the two who talk', () => {
    const text = '"Stay," said Mara.\n\n"No," said Jonas.\n\n"Please."\n\n"I can’t."';
    expect(said(text)).toEqual(['Mara: Stay,', 'Jonas: No,', 'Mara: Please.', 'Jonas: I can’t.']);
    expect(read(text)[3]?.confidence).toBeLessThan(read(text)[1]?.confidence ?? 0);
  });

  it('finds the person behind he and she by who fits', () => {
    expect(said('Mrs. Hall met Mr. Cole at the gate.\n\n"You are late," she said.\n\n"I know," he answered.')).toEqual(['Mrs. Hall: You are late,', 'Mr. Cole: I know,']);
  });

  it('ends a name at a full stop, and takes no day for somebody', () => {
    expect(said('“Come in,” said Tom Hale. Ida Bell closed the door.')).toEqual(['Tom Hale: Come in,']);
    expect(said('“Happy days,” New-year said the sign.')).not.toEqual(['New-year: Happy days,']);
    expect(said('“Come in,” said Jean-Paul H. Smith. “Sit.”')).toEqual(['Jean-Paul H. Smith: Come in,', 'Jean-Paul H. Smith: Sit.']);
  });

  it('lets a quotation stand inside a speech, and a speech go on in the next paragraph', () => {
    expect(said('“She wrote ‘never’ twice,” said Ida.')).toEqual(['Ida: She wrote ‘never’ twice,']);
    expect(said('“It asks for little.\n\n“And it gets it,” the old man said.')).toEqual(['the old man: It asks for little. And it gets it,']);
  });

  it('takes no framing for somebody who speaks', () => {
    for (const text of ['Close-up of hands: money changes owner.', 'Close-up, Elam: cracked lips, eyes half closed.', 'CU Elam: cracked lips.', 'Wide shot of the farm: nobody.', "Over Mara's shoulder: Jonah answers."]) expect(said(text), text).toEqual([]);
    expect(said('Ms Chen: "Come in."')).toEqual(['Ms Chen: Come in.']);
  });

  it('knows thoughts and songs from speech', () => {
    expect(read('"He is lying," thought Vera.')[0]?.kind).toBe('thought');
    expect(read('"Row, row," sang the boatman.')[0]?.kind).toBe('sung');
  });
});

describe.each<[string, string, string[]]>([
  ['fr', '— Vous partez ? demanda Claire.\n— Demain, répondit Marc en souriant. À midi.', ['Claire: Vous partez ?', 'Marc: Demain, À midi.']],
  ['de', '„Wohin?“, fragte Anna.\n„Nach Hause“, sagte Karl.', ['Anna: Wohin?', 'Karl: Nach Hause']],
  ['es', '—Espera —gritó Luis—, que ya voy.', ['Luis: Espera que ya voy.']],
  ['it', '«Vieni?» chiese Paolo. «Non ancora» rispose Giulia.', ['Paolo: Vieni?', 'Giulia: Non ancora']],
  ['pt', '— Vamos embora — disse Maria. — Já é tarde.', ['Maria: Vamos embora Já é tarde.']],
  ['ru', '— Пойдём, — сказал Иван. — Уже поздно.', ['Иван: Пойдём, Уже поздно.']],
  ['zh', '王芳问：“几点了？”', ['王芳: 几点了？']],
  ['ja', '「もう遅い」と花子は言った。', ['花子: もう遅い']],
])('the conventions of %s', (language, text, lines) => {
  it('are known, also when nobody names the language', () => {
    expect(said(text)).toEqual(lines);
    expect(said(text, { language })).toEqual(lines);
  });
});

describe('prompts', () => {
  it('read labels with a manner, but no shot, camera or style', () => {
    const text = 'Shot 1: a harbour at dawn.\nMia (whispering): "Is it gone?"\nCamera: slow push in.';
    expect(read(text, { kind: 'prompt' })).toMatchObject([{ speaker: 'Mia', text: 'Is it gone?', parenthetical: 'whispering', speakerSource: 'colon' }]);
  });

  it('leave alone what is written, named or measured', () => {
    const silent = [
      'A shop sign reading "BAKERY" swings in the wind.',
      'A poster titled "The Last Train" on a brick wall.',
      'A 5\'10" boxer known as "Hammer" steps into the ring.',
      'Ein Schild mit der Aufschrift "Geschlossen" hängt an der Tür.',
      'The word "love" is written in the sand.',
      'A man in a so-called "smart" suit walks by.',
    ];
    expect(silent.flatMap((text) => said(text, { kind: 'prompt' }))).toEqual([]);
  });
});

describe('screenplays', () => {
  const text = 'INT. LAB - NIGHT\n\nADA (V.O.)\n(tired)\nAgain.\n\nBEN ^\nStop!';

  it('name cue, extension, manner and dual dialogue', () => {
    expect(read(text)).toMatchObject([
      { speaker: 'ADA', kind: 'vo', parenthetical: 'tired', text: 'Again.', dual: true },
      { speaker: 'BEN', kind: 'spoken', text: 'Stop!', dual: true },
    ]);
  });
});

describe('a screenplay', () => {
  it('keeps notes, cut words and marks of emphasis out of what is said', () => {
    const text = 'INT. LAB - NIGHT\n\nADA\nAgain [[louder?]] and *now*. /* no */\n\nBEN\n~La la';
    expect(read(text)).toMatchObject([{ speaker: 'ADA', text: 'Again and now.' }, { speaker: 'BEN', text: 'La la', kind: 'sung' }]);
    expect(read(text)[0]?.parts.map(([start, end]) => text.slice(start, end))).toEqual(['Again', 'and *now*.']);
  });

  it('is not made of headlines in capitals', () => {
    expect(said('SALE!\nEverything must go.\n\nOPEN:\nMonday to Friday.')).toEqual([]);
  });
});

describe('a cast that is given', () => {
  const shaws = [{ name: 'Katherine Shaw', aliases: ['Kit'] }, { name: 'Robert Shaw', aliases: ['the captain'] }];

  it.each<[string, string, string[]]>([
    ['cues', 'KIT (V.O.)\nGo.\n\nROBERT\nNo.', ['Katherine Shaw: Go.', 'Robert Shaw: No.']],
    ['labels', 'Kit: "Go."\nRobert (tired): "No."', ['Katherine Shaw: Go.', 'Robert Shaw: No.']],
    ['lines that begin with a name', 'Kit: Go.\nRobert: No.', ['Katherine Shaw: Go.', 'Robert Shaw: No.']],
    ['descriptions', '"Go," said Kit.\n\n"No," said the captain.', ['Katherine Shaw: Go,', 'Robert Shaw: No,']],
    ['a family name that two have, which is left as it stands', '"Go," said Shaw.', ['Shaw: Go,']],
  ])('names people as the cast does, in %s', (_where, text, lines) => {
    expect(said(text, { cast: shaws })).toEqual(lines);
  });

  it('names people as the cast does, by any of their names', () => {
    expect(said('"Go," said Kit.', { cast: [{ name: 'Katherine Shaw', aliases: ['Kit'] }] })).toEqual(['Katherine Shaw: Go,']);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom('"', '“', '”', '‘', '’', "'", '«', '»', '„', '「', '」', '—', '–', '-', ' ', '\n', '\n\n', 'he said', 'Mara', '. ', ', ', ':', '(', ')', '[', ']', 'dit-il', 'é', '<<<voice_1>>>', '12"', '*', '\r\n', '🎬');
  const texts = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.array(pieces, { maxLength: 80 }).map((parts) => parts.join('')));
  const inOrder = (lines: readonly DialogueLine[]) => lines.every((line, at) => at === 0 || (lines[at - 1]?.parts[0]?.[0] ?? 0) <= (line.parts[0]?.[0] ?? 0));

  it('is read without a crash; no word is invented, parts lie in the text and in order, and the answer is the same each time', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('prose' as const, 'prompt' as const, 'screenplay' as const, undefined), (text, kind) => {
        const options = kind === undefined ? {} : { kind };
        const lines = read(text, options);
        for (const line of lines) {
          const words = line.parts.map(([start, end]) => text.slice(start, end).trim().replaceAll(/\s+/g, ' ')).join(' ');
          // A screenplay's marks of emphasis stand among the words and are none.
          if (line.speakerSource === 'cue') expect(lettersOf(line.text)).toBe(lettersOf(words));
          else expect(line.text).toBe(words);
          expect(line.parts.every(([start, end]) => start >= 0 && start < end && end <= text.length)).toBe(true);
          expect(line.confidence).toBeGreaterThanOrEqual(0);
          expect(line.confidence).toBeLessThanOrEqual(1);
        }
        expect(inOrder(lines)).toBe(true);
        expect(read(text, options)).toEqual(lines);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['"', '(', '*', "'", '“', '«', '—', '\n', 'a', 'A ', '" ', "' a", '[', 'dit-il, ', 'he said ', 'Mr. ', '“a” ', '— A.\n', 'A:\n', '/*'])('of 100 kB of %j comes to an end', (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    for (const kind of ['prose', 'prompt', 'screenplay'] as const) expect(read(text, { kind }).every(({ parts }) => parts.length > 0)).toBe(true);
  });
});

describe('who a tag belongs to', () => {
  it.each<[string, string[]]>([
    ['A coach yells: "Again!" Players groan.', ['A coach: Again!']],
    ['The first woman says, "I hate the sea." The second woman replies, "Then sell the boat."', ['The first woman: I hate the sea.', 'The second woman: Then sell the boat.']],
    ['Lisa says to Bart, "Stop it!" and he laughs.', ['Lisa: Stop it!']],
    ['“Good morning,” said Mr Darcy. “Good morning,” said Elizabeth.', ['Mr Darcy: Good morning,', 'Elizabeth: Good morning,']],
    ['A politician at a podium: "My friends!" The crowd cheers.', ['A politician: My friends!']],
    ['Two kids dig; one of them laughs: "Gold!"', ['one of them: Gold!']],
  ])('is heard in %j', (text, lines) => {
    expect(said(text, { kind: 'prompt' })).toEqual(lines);
  });

  it('is the teller of a first-person story by the name that the others call', () => {
    const text = '“You see, Watson, it is simple,” said Holmes. I looked at my hat, and he at me.\n\n“I do not,” I said.\n\n“My dear Watson, look again.”';
    expect(said(text).slice(0, 2)).toEqual(['Holmes: You see, Watson, it is simple,', 'Watson: I do not,']);
    expect(read(text)[1]?.confidence).toBeGreaterThan(0.8);
    // A first name alone is how friends call somebody, and no name of which a film could be sure.
    const byFirstName = text.replaceAll('Watson', 'Ralph');
    expect(said(byFirstName)[1]).toBe('Ralph: I do not,');
    expect(read(byFirstName)[1]?.confidence).toBeLessThan(0.8);
    expect(read(byFirstName, { cast: [{ name: 'Ralph' }] })[1]?.confidence).toBeGreaterThan(0.8);
  });

  it('is nobody where a thing is read', () => {
    expect(said('A billboard says "FRESH FISH" above the pier. The note said "Do not open."', { kind: 'prompt' })).toEqual([]);
  });

  it('is the one who is heard, not the one who hears', () => {
    expect(said('Alice was not surprised to hear the Rabbit say to itself, "I shall be late!"')).toEqual(['the Rabbit: I shall be late!']);
    expect(said('Tom Hale came in. I remember hearing him call the boy by saying, "Come here!"')).toEqual(['Tom Hale: Come here!']);
    expect(said('When she heard him and stood up, Ida Bell said: "At last."')).toEqual(['Ida Bell: At last.']);
  });

  it('is that gentleman, and a description that begins with a name is a description', () => {
    expect(said('"So does Cole," said Mr. Hall.\n\n"Rather," said that gentleman.')[1]).not.toBe('Mr. Hall: Rather,');
    expect(read("Strether looked up.\n\n\"Of course,\" said Strether's new acquaintance.")[0]).toMatchObject({ speaker: "Strether's new acquaintance", confidence: 0.76 });
  });
});

describe('who speaks without a tag', () => {
  it('is sure where a talk of two is counted from both ends, and not before', () => {
    const talk = '"Stay," said Mara.\n\n"No," said Jonas.\n\n"Please."\n\n"I can’t."';
    const sureOf = (text: string) => read(text).map(({ confidence }) => confidence >= 0.8);
    expect(sureOf(talk)).toEqual([true, true, false, false]);
    expect(sureOf(`${talk}\n\n"Then go," said Mara.`)).toEqual([true, true, true, true, true]);
  });

  it('is the one who was called by name, and never the one whom the words call', () => {
    expect(said('"Have you heard, Mr. Hall?" asked Mrs. Hall.\n\n"What?"')[1]).toBe('Mr. Hall: What?');
  });

  it('is one person by both of two names', () => {
    const text = 'Caroline Meeber, or Kit, as they called her, sat down. Kit looked out.\n\n"It is late," said Kit.';
    expect(said(text)).toEqual(['Caroline Meeber: It is late,']);
  });

  it('leaves open who a description is where somebody with a name may be meant', () => {
    const text = 'Mr. Winter came in. He looked round.\n\n"Who is there?" asked the stranger.';
    expect(read(text)[0]).toMatchObject({ speaker: 'the stranger' });
    expect(read(text)[0]?.confidence).toBeLessThan(0.8);
  });

  it('is the main clause’s subject, not that of the clause before it', () => {
    expect(said('As Tom came close, the old woman bowed and said: "Welcome."')).toEqual(['the old woman: Welcome.']);
  });

  it('is somebody who acts, not the one beside or before whom it is done', () => {
    expect(said('Mr. Winter sat down. "Good day," he said.\n\nA small boy came in, and stopped in front of Mr. Winter.\n\n"Is this yours?" he asked.')).toEqual(['Mr. Winter: Good day,', 'A small boy: Is this yours?']);
  });

  it('is nobody for sure where he or she may be the town that was named last', () => {
    const text = 'I had found that Bistritz is small, and I came to Bistritz late.\n\nShe bowed and said, "The Herr?" "Yes," I said, "Harker." She smiled, and went in.';
    for (const { speaker, confidence } of read(text)) expect(speaker === 'Bistritz' && confidence >= 0.8).toBe(false);
  });

  it('is a person, though something lies in their hand', () => {
    expect(said('Mr. Sherlock Holmes sat down. Dr. James Mortimer stood at the door; the stick lay in Holmes’s hand.\n\nHolmes was lost in thought.\n\n“Sit,” said he.')).toEqual(['Mr. Sherlock Holmes: Sit,']);
  });
});
