import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotesOf } from '../reading/quotes.ts';
import { applyFix, validate, type ClipFacts, type IssueCode } from './index.ts';

const TURBO: ClipFacts = { model: 'kling-v2-5-turbo', mode: 'std', durationS: 5 };

/** The prompt with the fix of one code; `undefined` where there is none. */
function fixed(prompt: string, code: IssueCode): string | undefined {
  const input = { prompt, clip: TURBO };
  const fix = validate(input).find((issue) => issue.code === code)?.fix;
  return fix === undefined ? undefined : applyFix(input, fix).prompt;
}

/** Who speaks is seen speaking; the words go, and everything else stays as it was. */
const UNHEARD: readonly (readonly [prompt: string, becomes: string])[] = [
  ['Wind, Regen, ihre Haare. Lena: "Spring!"', 'Wind, Regen, ihre Haare. Lena speaks.'],
  ["Close on Martha's hands, white around the rope. A voice off screen says: \"Let go now, Martha.\"", "Close on Martha's hands, white around the rope."],
  ['They sit in the cellar. "Who is there?" said a third voice from the dark.', 'They sit in the cellar.'],
  ['A crowd chants "Let them in! Let them in!" Handheld, dust, noon.', 'A crowd chants. Handheld, dust, noon.'],
  ['She said nothing for a while. Then: "I know who did it." The lamp went out.', 'She said nothing for a while. The lamp went out.'],
  ['Speaker: Ben\nLine: "It was never about the money."\nShot: close-up, 5s', 'Ben speaks.\nShot: close-up, 5s'],
  ['**Ben:** "You shouldn\'t have come." Medium shot, he steps out of the shadow.', 'Ben speaks. Medium shot, he steps out of the shadow.'],
  ['[Anna]: "Tell me the truth." [Ben]: "Which one?" Static two-shot across a diner table.', 'Anna speaks. Ben speaks. Static two-shot across a diner table.'],
  ['Dialogue: Anna - "I can\'t do this." She turns off the engine. Silence.', 'Anna speaks. She turns off the engine. Silence.'],
  ['A pub at night. The man: (softly, in a Scottish accent) "Get out of here, now." He drinks.', 'A pub at night. The man speaks softly, in a Scottish accent. He drinks.'],
  ['Anna (whispering): "I think he followed me." Close-up, shallow focus.', 'Anna whispers. Close-up, shallow focus.'],
  ['Ben grips the wheel. He says through his teeth, without turning: "Get out."', 'Ben grips the wheel. He speaks through his teeth, without turning.'],
  ['“I love you,” whispers the old man, close-up.', 'The old man whispers, close-up.'],
  ['"Go," she says, "before they come." The door slams.', 'She speaks. The door slams.'],
  ['"Stop!" Anna shouts and Ben replies: "No." They stare.', 'Anna shouts and Ben speaks. They stare.'],
  ['Li tells Mei: "Grandpa waits here for you." The rain stops.', 'Li speaks to Mei. The rain stops.'],
  ['"Run!" The door opens.', 'The door opens.'],
  ['Close-up of a chef: "Taste this, please." Steam rises.', 'Close-up of a chef. Steam rises.'],
  ['Anna (V.O.): "I was nine that summer." A bike lies in the grass.', 'A bike lies in the grass.'],
  ['Jonas: „Mach auf!“ Ein Pfiff. Der Zug ruckt an. Aussen: Schnee auf den Gleisen.', 'Jonas spricht. Ein Pfiff. Der Zug ruckt an. Aussen: Schnee auf den Gleisen.'],
  ['Jonas: „Mach auf!" Ein Pfiff. Der Zug ruckt an. Aussen: Schnee.', 'Jonas spricht. Ein Pfiff. Der Zug ruckt an. Aussen: Schnee.'],
  ['« Alors il peut encore arriver », dit Jeanne.', 'Jeanne parle.'],
  ['A woman whispers into the phone, "He is still here," then hangs up.', 'A woman whispers into the phone, then hangs up.'],
  ['A boy, "You can\'t catch me!", runs across the yard.', 'A boy runs across the yard.'],
  ['Shot 3: The trucker, without looking up: "Nobody comes here in winter." He wipes the counter.', 'Shot 3: The trucker speaks without looking up. He wipes the counter.'],
  ['« Restez ici », dit-il doucement. Le vieil homme ferme la porte et la fenêtre.', 'Il parle doucement. Le vieil homme ferme la porte et la fenêtre.'],
  ['Er dreht sich um und sagt leise: „Wir müssen gehen.“ Das Licht geht aus.', 'Er dreht sich um und spricht leise. Das Licht geht aus.'],
  ['Sur le quai, la pluie tombe. Jeanne : « Attends-moi ! » Le train part dans la nuit.', 'Sur le quai, la pluie tombe. Jeanne parle. Le train part dans la nuit.'],
  ['Sur le quai, la pluie tombe. « Attends-moi », murmure la vieille dame. Le train part.', 'Sur le quai, la pluie tombe. La vieille dame murmure. Le train part.'],
];

describe('lines that nobody hears', () => {
  it.each(UNHEARD)('%s', (prompt, becomes) => {
    expect(fixed(prompt, 'DIALOGUE_NO_AUDIO')).toBe(becomes);
  });

  it('are left to a person in JSON, whose values a fix would break', () => {
    expect(fixed('{\n "dialogue": {"character": "Fisherman", "line": "The sea keeps what it wants.", "subtitles": false}\n}', 'DIALOGUE_NO_AUDIO')).toBeUndefined();
  });

  const SEEN = ['A woman at a bus stop in the rain, red umbrella.', 'Slow push in.', 'Der Zug ruckt an.', 'Handheld, dust, noon.', 'He drinks.', "Close on Martha's hands.", 'Wind and rain.', 'Streetlights pass over their faces.'];
  const SPOKEN = ['Ben says, "Drive on, please."', 'Anna: "Where to?"', '**Ben:** "Get in."', '[Anna, calm]: "Not now."', 'The old man (softly): "Go home."', '"Run!"', '"Come here," whispers Martha.', 'A voice off screen says: "Let go."', 'Then: "I know who did it."', 'A crowd chants "Let them in!"', 'He says through his teeth: "Get out."', 'Dialogue: Anna - "I can\'t do this."', '"Go," she says, "before they come."', 'Narrator: "Nobody saw it."'];

  it('take no word with them that is no speech and no tag, and leave no broken sentence', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SEEN), { minLength: 1, maxLength: 3 }), fc.constantFrom(...SPOKEN), fc.array(fc.constantFrom(...SEEN), { maxLength: 2 }), fc.option(fc.constantFrom(...SPOKEN), { nil: undefined }), (ahead, spoken, between, more) => {
        const prompt = [...ahead, spoken, ...between, ...(more === undefined ? [] : [more])].join(' ');
        const result = fixed(prompt, 'DIALOGUE_NO_AUDIO');
        expect(result, prompt).toBeDefined();
        let at = 0;
        for (const sentence of [...ahead, ...between]) {
          const found = result!.indexOf(sentence, at);
          expect(found, `${sentence} in ${JSON.stringify(prompt)} became ${JSON.stringify(result)}`).toBeGreaterThanOrEqual(at);
          at = found + sentence.length;
        }
        expect(quotesOf(result!)).toEqual([]);
        expect(result).not.toMatch(/the the| ,|[,:]\s*$|:\s*[.,]|""|\.\p{L}|\s\.|(?<![\p{L}\d])(?:says?|said)[.,]/iu);
        expect(result).toMatch(/[.!?]$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('writing behind a label', () => {
  it.each([
    ['Ben looks at the phone. On the screen: "3 missed calls". He puts it face down.', 'Ben looks at the phone. He puts it face down.'],
    ['A man walks home. Text on screen: "Remember". The door closes.', 'A man walks home. The door closes.'],
    ['Note on the fridge: "Back at 5". Anna sighs.', 'Note on the fridge. Anna sighs.'],
    ['A newspaper spins to camera, headline: "WAR OVER". A man reads it.', 'A newspaper spins to camera, headline. A man reads it.'],
    ['A harbour at dawn, gulls circle. Super: "Friday"', 'A harbour at dawn, gulls circle.'],
    ['A hand puts a paper on the desk. INSERT - NOTE: "Nice try. - Zoe"', 'A hand puts a paper on the desk.'],
  ])('is read, not heard, and goes with it: %s', (prompt, becomes) => {
    expect(fixed(prompt, 'DIALOGUE_NO_AUDIO')).toBeUndefined();
    expect(fixed(prompt, 'ONSCREEN_TEXT')).toBe(becomes);
  });
});

describe('a fix', () => {
  it('leaves the weather and a night that is over alone', () => {
    for (const prompt of ['It had rained all night, and in the morning the orchard lay under water.', 'It had snowed all night; in the morning Tom went out.', 'It grows dark and a man lights a lamp.']) {
      expect(validate({ prompt, clip: TURBO }).map(({ code }) => code).filter((code) => code === 'TIME_CONFLICT' || code === 'DANGLING_PRONOUN')).toEqual([]);
    }
  });

  it('moves the whole list of what is to be left out to where it belongs', () => {
    const input = { prompt: 'A fox runs through snow --no text, logo --ar 16:9', clip: TURBO };
    const fix = validate(input).find(({ code }) => code === 'FOREIGN_PARAMETERS')?.fix;
    expect(applyFix(input, fix!)).toMatchObject({ prompt: 'A fox runs through snow', negativePrompt: 'text, logo' });
  });

  it('leaves no `but` behind what it takes out, and names the part instead of the actor', () => {
    expect(fixed('Scene 7: Same as before but at night.', 'CONTINUITY_REFERENCE')).toBe('Scene 7: at night.');
    expect(fixed('In the rain, starring Tom Hanks as the old man. He walks.', 'REAL_PERSON')).toBe('In the rain, the old man. He walks.');
  });
});
