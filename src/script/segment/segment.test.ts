import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraphsOf } from '../paragraphs.ts';
import { readFountain } from '../fountain/read-fountain.ts';
import { speechesOf } from '../screenplay/speeches.ts';
import { placeClause, placeOfHeading } from './place-words.ts';
import { PACES } from './pacing.ts';
import { segmentProse, segmentScreenplay } from './segment-script.ts';
import { sentenceRanges } from './sentences.ts';
import { partsOfLine, spokenS } from './speaking-time.ts';
import { tongueOf } from './tongue.ts';

const filmOf = (text: string, pace?: 'calm' | 'even' | 'brisk') => segmentScreenplay(readFountain(text), text, pace === undefined ? {} : { pace });
const shotsOf = (text: string) => filmOf(text).shots;
const storyOf = (text: string) => segmentProse({ text, paragraphs: paragraphsOf(text) });
const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

const WORKSHOP = `FADE IN:

INT. WORKSHOP - NIGHT

MARA (40s, scar on her chin) files a brass key.

The key glints. She stops.

MARA
(quietly)
Not now.

CUT TO:

EXT. YARD - CONTINUOUS

OLD TOM watches the dark window, rain on his hat.

OLD TOM
She is nearly done. I can hear the file, and when the file stops I shall knock, and she will have no time to hide the key.

> THE END <
`;

describe('a screenplay as shots', () => {
  it('gives each picture its own shot, a short line to the picture of who says it, and a long one parts at the end of a clause', () => {
    const { shots, notes, cast } = filmOf(WORKSHOP);
    expect(shots.map(({ scene, prompt, line, outS, continues = false }) => ({ scene, prompt, line, outS, continues }))).toEqual([
      { scene: 1, prompt: expect.stringMatching(/^Mara files a brass key\. Interior: workshop, night\. .+ Low warm light, deep shadows\.$/) as string, line: undefined, outS: 3, continues: false },
      { scene: 1, prompt: 'The key glints. Mara stops. Mara, quietly, says: “Not now.” Interior: workshop, night. The camera stays still.', line: 'Not now.', outS: 3.5, continues: true },
      { scene: 2, prompt: expect.stringContaining('Exterior: yard, night, rain.') as string, line: undefined, outS: 3, continues: false },
      expect.objectContaining({ scene: 2, line: 'She is nearly done. I can hear the file, and when the file stops I shall knock,', continues: true }) as object,
      expect.objectContaining({ scene: 2, line: 'and she will have no time to hide the key.', continues: false }) as object,
    ]);
    expect(cast).toEqual([{ name: 'Mara', words: 'a woman in her forties, scar on her chin' }, { name: 'Old Tom' }]);
    expect(notes).toEqual(['Titles and words for the editor make no shot: line 1 ("FADE IN:"), line 13 ("CUT TO:"), line 22 ("THE END").']);
  });

  it('leaves words for the editor out of every prompt, in five languages', () => {
    const film = filmOf('Titel: Nachtzug\nAutor: U. Tester\n\nAUFBLENDE\n\nINNEN. HALLE - NACHT\n\nJonas rennt über den Boden.\n\nSCHNITT AUF:\n\nAUSSEN. GLEIS 9 - NACHT\n\nLena schläft.\n\nFONDU AU NOIR\n\nSTACCO SU:\n\nCORTE A:\n\nSMASH CUT\n\nFADE OUT.\n\nSCHWARZBLENDE.\n\nTHE END\n\nFIN\n\nENDE');
    expect(film.shots.map(({ prompt }) => prompt.split('. ')[0])).toEqual(['Jonas rennt über den Boden', 'Lena schläft']);
    // Somebody may say so in small letters.
    expect(shotsOf('INT. BAR - DAY\n\nFine.')).toHaveLength(1);
  });

  it('takes a sentence that only says how a picture plays to the picture beside it', () => {
    const prompts = shotsOf('INT. VAULT - DAY\n\nA bead of sweat rolls off his nose. Falls. SLOW MOTION.\n\nSLOW MOTION.\n\nA coin lands on the floor.').map(({ prompt }) => prompt);
    expect(prompts).toEqual([expect.stringMatching(/^A bead .*Slow motion\. Interior/) as string, expect.stringMatching(/^Slow motion\. A coin lands on the floor\. Interior/) as string]);
  });

  it('gives a picture of a montage no place but its own', () => {
    const prompts = shotsOf('INT. VAULT - NIGHT\n\nBISHOP (40) waits.\n\nMONTAGE - THE PLAN\n\n- Bishop practises on a trapeze in a barn.\n- Bishop burns a blueprint in a kitchen sink.\n- Bishop laughs.').map(({ prompt }) => prompt);
    expect(prompts.map((prompt) => prompt.includes('vault'))).toEqual([true, false, false, true]);
  });

  it('knows who has a thing that changed hands, and that whoever looks is not seen', () => {
    const prompts = shotsOf("INT. ROOM - DAY\n\nMARTHA (62) waits with TOM (25).\n\nMartha takes a brass key from her neck and puts it into Tom's hand.\n\nMartha turns away.\n\nTom smiles.\n\nTom gives Martha the brass key.\n\nMartha nods.").map(({ prompt }) => prompt);
    expect(prompts[2]).not.toContain('key');
    expect(prompts[3]).toContain('Tom has the brass key in hand.');
    expect(prompts[5]).toContain('Martha has the brass key in hand.');
    expect(shotsOf('INT. VAULT - DAY\n\nBISHOP (40, tuxedo) hangs from a wire.\n\nBISHOP\nNow.\n\nPOV - BISHOP: the floor, spinning.\n\nBISHOP\'S POV: the door.').map(({ cast }) => cast).slice(-3)).toEqual([['Bishop'], undefined, undefined]);
  });

  it('keeps place and time of the scene for a heading within it, and opens an exterior wide', () => {
    const prompts = shotsOf('INT. LIGHTHOUSE - LANTERN ROOM - NIGHT\n\nTOM (25) waits.\n\n.THE NORTH WINDOW\n\nTom at the glass.\n\n.KITCHEN\n\nTom eats.\n\n.HARBOUR\n\nGulls wheel over a row of moored trawlers.').map(({ prompt }) => prompt);
    expect(prompts[1]).toContain('Interior: lighthouse, lantern room, the north window, night.');
    expect(prompts[2]).toContain('Interior: lighthouse, kitchen, night.');
    expect(prompts[3]).toMatch(/Exterior: harbour, night\. Wide shot/);
  });

  it('points each shot to its lines: every word of the script stands in one', () => {
    const shots = shotsOf(WORKSHOP);
    expect(shots.map(({ source }) => [source.startLine, source.endLine])).toEqual([[1, 5], [7, 13], [15, 17], [19, 20], [20, 22]]);
    const said = shots.map(({ source }) => flat(WORKSHOP.slice(source.start, source.end)));
    expect(said[3]).toBe('OLD TOM She is nearly done. I can hear the file, and when the file stops I shall knock,');
    expect(said.join(' ')).toBe(flat(WORKSHOP));
  });

  it('names whoever a picture of its own could not know, and takes out what the cast says with every shot', () => {
    const prompts = shotsOf('INT. BAR - DAY\n\nANNA (30s, red coat) reads.\n\nBEN (50) waits by the door.\n\nHe takes her hand.').map(({ prompt }) => prompt.split(' Interior')[0]);
    expect(prompts).toEqual(['Anna reads.', 'Ben waits by the door.', 'Ben takes Anna’s hand.']);
  });

  it('carries what somebody has in hand and on, and the weather, to the later shots of the scene and no further', () => {
    const prompts = shotsOf('EXT. ROAD - DAY\n\nKIM picks up a lantern and pulls on a raincoat. Rain falls.\n\nKim runs to the gate and shakes it.\n\nKim drops the lantern.\n\nKim climbs over the gate.\n\nEXT. FIELD - DAY\n\nKim runs.').map(({ prompt }) => prompt);
    expect(prompts[1]).toContain('Exterior: road, day, rain. Kim wears a raincoat and has the lantern in hand.');
    expect(prompts[3]).toContain('over the gate. Exterior: road, day, rain. Kim wears a raincoat. ');
    expect(prompts[4]).toMatch(/^Kim runs\. Exterior: field, day\. [^.]+\. Clear daylight\.$/);
  });

  it('lays a voice that is not seen over the picture before it, and puts its owner into none', () => {
    const [shot, ...others] = shotsOf('INT. CAR - DAY\n\nRain on the windscreen.\n\nMARA (V.O.)\nI never learned to drive.');
    expect(others).toEqual([]);
    expect(shot).toMatchObject({ line: 'I never learned to drive.', speeches: [{ speaker: 'Mara', kind: 'vo' }], prompt: expect.stringContaining('Rain on the windscreen. A voice off screen says: “I never learned to drive.” Interior: car, day.') as string });
    expect(shot?.cast).toBeUndefined();
  });

  it('shows two who speak at the same time in one shot', () => {
    expect(shotsOf('A\nYes.\n\nB ^\nNo.')).toMatchObject([{ line: 'Yes.\nNo.', cast: ['A', 'B'] }]);
  });

  it('goes on from the shot before only where the view is unbroken', () => {
    const text = `INT. ROOM - DAY

ANNA and BEN sit at a table.

ANNA
Listen.

BEN
To what?

INSERT - a clock on the wall.

Anna stands up.

She opens the window.

CARL enters.

LATER

Anna sleeps.`;
    expect(shotsOf(text).map(({ continues = false, prompt }) => [continues, prompt.split(/[.:]/)[0]])).toEqual([
      [false, 'Anna and Ben sit at a table'],
      [true, 'Anna says'],
      [false, 'Ben says'],
      [false, 'Insert - a clock on the wall'],
      [false, 'Anna stands up'],
      [true, 'Anna opens the window'],
      [false, 'Carl enters'],
      [false, 'Anna sleeps'],
    ]);
  });

  it('gives one person one record, whatever the script calls her, and knows `the officer` as who has the cue', () => {
    const { shots, cast } = filmOf('EXT. FLATS - DAWN\n\nDETECTIVE ELENA RUIZ (45, grey streak in her hair) squats. Behind her, a uniformed OFFICER unrolls tape.\n\nOFFICER\nSix ten.\n\nRUIZ\nWho found it?\n\nThe officer points at the levee.\n\nDETECTIVE RUIZ\nThank you.');
    expect(cast).toEqual([{ name: 'Officer' }, { name: 'Ruiz', words: 'a woman of 45, grey streak in her hair' }]);
    expect(shots.map(({ cast: seen = [] }) => seen)).toEqual([['Ruiz'], ['Officer', 'Ruiz'], ['Officer'], ['Ruiz'], ['Officer'], ['Ruiz']]);
    expect(shots[0]?.prompt).toMatch(/^Ruiz squats\. /);
  });

  it('knows a noun that has a cue, and gives `for her` to somebody else than who acts', () => {
    const prompts = shotsOf('INT. SHIP - DAY\n\nIYO (30, her head shaved) floats. PIP, a robot, holds a lamp for her.\n\nIYO\nLeft.\n\nPIP\nI am a sphere.\n\nShe laughs.\n\nA CRITIC (60s, bow tie) sits down.\n\nThe critic takes a bite. He closes his eyes.\n\nCRITIC\nMamma.').map(({ prompt, cast = [] }) => [prompt.split(/ Interior/u)[0], cast]);
    expect(prompts).toContainEqual(['Iyo laughs.', ['Iyo']]);
    expect(prompts.at(-1)).toEqual(['The critic takes a bite. He closes his eyes. Critic says: “Mamma.”', ['Critic']]);
  });

  it('takes a heading that begins with FLASHBACK for a scene of its own, and comes back to the one before', () => {
    const shots = shotsOf('INT. OFFICE - DAY\n\nAnna reads.\n\nFLASHBACK - EXT. BEACH - SUMMER DAY\n\nA kite falls.\n\nBACK TO SCENE\n\nShe sighs.\n\nFLASH: a red boot in the mud.');
    expect(shots.map(({ scene, prompt }) => [scene, /(?:Interior|Exterior): [^.]+\./.exec(prompt)?.[0]])).toEqual([[1, 'Interior: office, day.'], [2, 'Exterior: beach, summer day.'], [3, 'Interior: office, day.'], [3, undefined]]);
  });

  it('makes no shot of the title of a montage, and one of each picture below it', () => {
    const { shots, notes } = filmOf('INT. GYM - DAY\n\nMONTAGE - THE LONG YEAR\n\n-- Kim runs.\n-- Rain.\n\nSERIES OF SHOTS:\n\nA) A rope swings.\n\nB) Dawn in the blinds.\n\nINSERT - A WATCH WITH A GREEN FACE.');
    expect(shots.map(({ prompt }) => prompt.split(' Interior')[0])).toEqual(['Kim runs.', 'Rain.', 'A rope swings.', 'Dawn in the blinds.', 'Insert - a watch with a green face.']);
    expect(notes).toEqual([expect.stringContaining('"MONTAGE - THE LONG YEAR"')]);
  });

  it('takes the picture below a direction in capitals for what it directs, and loses none below BACK TO SCENE', () => {
    const shots = shotsOf("INT. BAR - DAY\n\nKim waits. A door.\n\nCLOSE ON THE RADIO\nA red light blinks.\n\nANGLE ON THE DOOR\n\nIt opens.\n\nBACK TO SCENE\nKim gets UP TO look.\n\nWIDE SHOT. THE BAR\nempties itself.\n\nKIM'S POV\n\nKIM\nWho is it?");
    expect(shots.map(({ prompt, speeches = [] }) => [prompt.split(/ (?:Interior|Setting|Medium|Static|The camera)/u)[0], speeches.length])).toEqual([
      ['Kim waits. A door.', 0],
      ['Close on the radio. A red light blinks.', 0],
      ['Angle on the door. It opens.', 0],
      ['Kim gets up to look.', 0],
      ['Wide shot. The bar empties itself.', 0],
      ["Kim's POV.", 0],
      ['Kim says: “Who is it?”', 1],
    ]);
  });

  it('adds no English to a film in another language', () => {
    const { shots } = filmOf('INNEN. STRASSENBAHN - NACHT\n\nJULE (30) schläft mit offenem Mund. Der FAHRER sieht sie im Rückspiegel.\n\nFAHRER\n(leise)\nEndstation, junge Frau.\n\nAUSSEN. WENDESCHLEIFE - NACHT\n\nJule steht im Regen und spielt.');
    expect(shots.map(({ scene, prompt }) => [scene, prompt])).toEqual([
      [1, 'Jule schläft mit offenem Mund. Innen: Strassenbahn, Nacht.'],
      [1, 'Der Fahrer sieht sie im Rückspiegel. Innen: Strassenbahn, Nacht.'],
      [1, 'Fahrer (leise): „Endstation, junge Frau.“ Innen: Strassenbahn, Nacht.'],
      [2, 'Jule steht im Regen und spielt. Außen: Wendeschleife, Nacht.'],
    ]);
  });

  it('changes no shot when a scene is put in before it', () => {
    const added = shotsOf(WORKSHOP.replace('INT. WORKSHOP', 'EXT. SEA - DAY\n\nWaves.\n\nINT. WORKSHOP')).map(({ text, prompt }) => [text, prompt]);
    expect(added.slice(1)).toEqual(shotsOf(WORKSHOP).map(({ text, prompt }) => [text, prompt]));
  });

  it('holds its pictures longer when calm, and cuts more when brisk', () => {
    const text = 'EXT. ROAD - DAY\n\nKim runs to the gate. She shakes it. She climbs over the fence. A dog barks.';
    const lengths = PACES.map((pace) => filmOf(text, pace).shots.map(({ outS = 0 }) => outS));
    expect(lengths.map(({ length }) => length)).toEqual([2, 2, 4]);
    expect(lengths.map((all) => Math.min(...all) >= 2)).toEqual([true, true, true]);
    expect(Math.min(...(lengths[0] ?? []))).toBeGreaterThanOrEqual(4);
  });

  it('loses no word that is spoken, in order, and makes no shot longer than a clip', () => {
    const line = fc.constantFrom('', '', 'INT. A - DAY', 'MARA', 'TOM ^', 'ANN (V.O.)', '(beat)', 'He runs to the door and back.', 'She takes the key. MARA (40s, tall) waits, a beat.', 'CLOSE ON the lamp.', 'LATER', 'One two three, four five six; seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen.', 'Yes! No? Never.', '~ La la', '日本語の長い台詞。', '> END <', '[[n]]', '- a\n- b');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), fc.constantFrom(...PACES), (lines, pace) => {
        const text = lines.join('\n');
        const screenplay = readFountain(text);
        const { shots } = segmentScreenplay(screenplay, text, { pace });
        const letters = (words: string) => words.replaceAll(/\s+/g, '');
        const spoken = [...screenplay.elements.filter((element) => element.kind === 'lyrics' && !element.inSpeech), ...speechesOf(screenplay.elements)].sort((a, b) => a.source.start - b.source.start);
        expect(letters(shots.map((shot) => shot.line ?? '').join(''))).toBe(letters(spoken.map((one) => one.text).join('')));
        expect(shots.filter(({ outS = 0, prompt, source }) => outS > 10 || outS < 2 || prompt === '' || source.end <= source.start || source.end > text.length)).toEqual([]);
        expect(shots[0]?.continues).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe('a story as shots', () => {
  const FERRY = `The ferry horn sounded twice. Ida ran down the jetty, coat open, and jumped the widening gap.

On deck she turned and looked back. Her brother stood at the end of the jetty with both their suitcases.

“Next one!” he shouted.

Three weeks later, in a rented room above a bakery, she unfolded the letter he had never meant to send.`;

  it('begins a scene at another place and at another time, and keeps a line with who says it', () => {
    const { shots, cast } = storyOf(FERRY);
    expect(shots.map(({ scene, continues = false, line, speeches, prompt }) => [scene, continues, line, speeches?.[0]?.speaker, prompt.split('. ')[0]])).toEqual([
      [1, false, undefined, undefined, 'The ferry horn sounded twice'],
      [2, false, undefined, undefined, 'On deck Ida turned and looked back'],
      [2, false, 'Next one!', 'her brother', 'Her brother stood at the end of the jetty with both their suitcases'],
      [3, false, undefined, undefined, 'Three weeks later, in a rented room above a bakery, Ida unfolded the letter her brother had never meant to send'],
    ]);
    expect(cast).toEqual([{ name: 'Ida' }]);
    expect(flat(shots.map(({ source }) => FERRY.slice(source.start, source.end)).join(' '))).toBe(flat(FERRY));
  });

  it('makes no shot of what nobody can see, says so, and keeps the words with the shot they explain', () => {
    const text = 'It was true, he thought. Tom ran down the road. He had never liked the sea. He picked up a stone and threw it.\n\nHe wanted to be alone.';
    const { shots, notes } = storyOf(text);
    expect(shots.map(({ prompt }) => prompt.split(/ (?:Setting|Exterior|Wide|Full|Medium|The camera)/u)[0])).toEqual(['Tom ran down the road.', 'Tom picked up a stone and threw it.']);
    expect(flat(shots.map(({ source }) => text.slice(source.start, source.end)).join(' '))).toBe(flat(text));
    expect(notes).toEqual([expect.stringMatching(/^Told and not seen .+ line 1 \("It was true, he thought\."\), .+ "?.*line 3/)]);
    expect(storyOf('He had always known it.').shots).toHaveLength(1);
  });

  it('names whoever tells the story, and never takes another for him', () => {
    const { shots, cast } = storyOf('Holmes sat at the table. I stood upon the rug and lifted my hat. I was cold. “Well, Watson?” said Holmes.\n\n“It is late,” said I.\n\nHe took the stick from my hands and broke it.');
    expect(cast).toEqual([{ name: 'Holmes' }]);
    expect(shots[1]?.prompt).toMatch(/^The narrator stood upon the rug and lifted the narrator’s hat\. /);
    expect(shots.at(-1)?.prompt).toMatch(/^Holmes took the stick from the narrator’s hands and broke it\. /);
  });

  it('puts no voice into a picture, and knows who speaks in a new scene by the talk', () => {
    const { shots } = storyOf('Nadia stood at the rail.\n\n"You forgot this," a voice said behind her.\n\nShe turned. It was the boy from the tug, out of breath.\n\n"How did you get on board?" Nadia asked.\n\n"I jumped." He grinned. "It is only the gap."\n\nThe next morning they sat on a crate.\n\n"Where will you go?" he asked.\n\nShe was looking at him.');
    expect(shots.flatMap(({ speeches = [] }) => speeches.map(({ speaker, kind }) => [speaker, kind]))).toEqual([['the voice', 'os'], ['Nadia', 'spoken'], ['the boy', 'spoken'], ['the boy', 'spoken']]);
    expect(shots.map(({ prompt }) => prompt).join(' ')).toMatch(/The boy grinned\..*" the boy asked\..*Nadia was looking at the boy\./u);
  });

  it('puts nobody into a room that another went to', () => {
    const { shots } = storyOf('Ida lit the fire in the parlour. Tom sat down and watched the flames.\n\nIda went to the kitchen and picked up the kettle.\n\nTom yawned and stretched his legs.\n\nIda poured the tea.');
    expect(shots.map(({ prompt }) => /Interior: (?:\p{L}+)/u.exec(prompt)?.[0]).slice(-2)).toEqual([undefined, 'Interior: kitchen']);
  });

  it.each([
    ['follows somebody there', 'Nora dried her hands.\n\nShe followed the sound into the pantry. It was cold.', 1],
    ['goes upstairs', 'Nora dried her hands.\n\nShe ran upstairs.', 1],
    ['Upstairs at the begin', 'Nora dried her hands.\n\nUpstairs, a door slammed.', 1],
    ['another room at the begin of a paragraph', 'Nora dried her hands.\n\nIn the garden the dog barked.', 1],
    ['only wants to go there', 'Nora dried her hands.\n\nShe did not want to go into the pantry.', 0],
    ['throws something there', 'Nora dried her hands.\n\nShe threw the towel into the garden.', 0],
    ['German', 'Nora trocknete sich die Hände ab.\n\nSie folgte dem Geräusch in die Speisekammer. Oben schlug eine Tür zu.', 2],
    ['German, no place', 'Nora trocknete sich die Hände ab.\n\nIn diesem Augenblick klingelte es. Sie dachte an die Küche.', 0],
    ['French', 'Nora s’essuya les mains.\n\nElle le suivit dans la cave. Deux heures plus tard, il dormait.', 2],
    ['Spanish', 'Nora se secó las manos.\n\nEn el jardín ladraba el perro. Al día siguiente llovía.', 2],
    ['Italian', 'Nora si asciugò le mani.\n\nEntrò nella cantina. Fuori, pioveva.', 2],
  ])('begins a scene where the story says that it is elsewhere: %s', (_, story, more) => {
    expect(storyOf(story).shots.at(-1)?.scene).toBe(1 + more);
  });

  it('takes `Scene 2 – Garden` for the heading of the shots below, and a shot list’s short words for what they mean', () => {
    const { shots } = storyOf('Scene 1 – Kitchen, morning\n\nShot 1: WS – A dog sleeps.\nShot 2: BEN (8) pours milk.\nBen: "Oops."\n\nScene 2 – Garden\n\nThe dog runs.');
    expect(shots.map(({ scene, sceneHeading, prompt, speeches = [] }) => [scene, sceneHeading, prompt, speeches.length])).toEqual([
      [1, 'Scene 1 – Kitchen, morning', expect.stringMatching(/^Wide shot: A dog sleeps\. Interior: kitchen, morning\. (?!Wide)/), 0],
      [1, 'Scene 1 – Kitchen, morning', expect.stringMatching(/^Ben .*pours milk\. Ben: "Oops\."/), 1],
      [2, 'Scene 2 – Garden', expect.stringMatching(/^The dog runs\. Exterior: garden\./), 0],
    ]);
    expect(storyOf('Scene 1: A dog sleeps.\n\nScene 2: A cat wakes up and runs.').shots).toHaveLength(2);
  });

  it('knows who acts in another language, so that a view goes on and a newcomer is a cut', () => {
    const { shots } = filmOf('INT. LABOR - NACHT\n\nLENA beugt sich über das Mikroskop.\n\nDas Telefon klingelt. Sie hebt ab.\n\nLENA\nNein.\n\nEin Mann tritt ein.');
    expect(shots.map(({ continues = false, speeches = [], prompt }) => [continues, speeches.length, prompt])).toEqual([
      [false, 0, expect.stringMatching(/^Lena beugt/)],
      [true, 1, expect.stringMatching(/^Das Telefon klingelt\. Sie hebt ab\./)],
      [false, 0, expect.stringMatching(/^Ein Mann/)],
    ]);
  });

  it.each([
    ['a montage tells of whom its title names', () => shotsOf('INT. BAR - DAY\n\nBEN (50) and KIM (20) wait.\n\nBEN\nNo.\n\nKIM\nYes.\n\nMONTAGE - KIM GETS READY\n\n-- She ties a rope.'), /^Kim ties a rope\./],
    ['`CLOSE ON` above a paragraph begins its sentence', () => shotsOf('INT. BAR - DAY\n\nKIM\nNo.\n\nCLOSE ON\n\nThe numbers. They stop.'), /^Close on the numbers\./],
    ['who came in as `a man` is the man who speaks', () => storyOf('A thin man came down the stairs.\n\n"It is late," he said.').shots, /^"It is late," the thin man said/],
    ['shots below a line that heads a scene go on with its people', () => storyOf('Scene 1 – Roof\n\nShot 1: LIN (20) jumps.\nShot 2: Lin falls.\n\nScene 2 – Alley\n\nShot 3: She lands.\nShot 4: Rust rains down.').shots.slice(0, 3), /^Lin lands\. Exterior: alley\. /],
    ['a German noun in capitals keeps one', () => shotsOf('INT. BAR - TAG\n\nJANNE\nNein, das ist nicht wahr.\n\nDie TÜR geht auf. NAHAUFNAHME auf das TELEFON und die Hand.'), /^Nahaufnahme auf das Telefon und/],
    ['a French `elle` is who acted in the sentence before', () => storyOf('Le marché dort encore. Madame Vasseur ouvrit la porte.\n\nElle le suivit dans la ruelle.').shots, /^Madame Vasseur le suivit/],
    ['a German lamp is nobody', () => storyOf('Frau Winter wartet im Zimmer. Die Lampe flackert.\n\nSie geht aus.').shots, /^Sie geht aus/],
  ])('%s', (_, shots, words) => {
    expect(shots().at(-1)?.prompt).toMatch(words);
  });

  it('takes a place with `a` before it for a new one', () => {
    const { shots } = storyOf('Tom was thrown into the cellar. He kicked the door.\n\nThe driver spoke to his brother in a little kitchen behind the harbour. He lit a pipe.');
    expect([shots[0]?.scene, shots.at(-1)?.scene]).toEqual([1, 2]);
  });

  it('takes a list of shots in words as it is, a shot an item', () => {
    const { shots } = storyOf('1. Wide: a lighthouse at dusk, waves.\n2. Close: the keeper winds the clock.\n3. The lamp dies. He looks up.\n4. Montage: ropes, rain, boots on stairs.');
    expect(shots.map(({ prompt, continues = false }) => [prompt.split(' Setting')[0], continues])).toEqual([
      ['Wide: a lighthouse at dusk, waves.', false],
      ['Close: the keeper winds the clock.', false],
      ['The lamp dies. The keeper looks up.', true],
      ['Montage: ropes, rain, boots on stairs.', false],
    ]);
  });

  it('loses no word, whatever the text', () => {
    const piece = fc.constantFrom('“Go,” said Ida.', '“No.”', 'He ran.', 'Dr. Bell opened the door at 3.5 m.', '— Oui, dit-il.', '"What', '«Non»', '\n\n', '\n\n', '***', 'Three days later, in the kitchen, she slept.', '「はい。」', '1. Wide: sea.', 'A', '…', '?!');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join(' ');
        const { shots } = storyOf(text);
        expect(flat(shots.map(({ source }) => text.slice(source.start, source.end)).join(' '))).toBe(flat(text));
        expect(shots.filter(({ outS = 0, prompt }) => outS > 10 || outS < 3 || prompt.trim() === '')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

it.each([
  ['INT. BLUE PARROT BAR - DAY', 'They meet in the Blue Parrot. A blue light.', 'Interior: Blue Parrot bar, day.'],
  ['INT. ZEPPELIN - DAY', 'She flies the Zeppelin.', 'Interior: Zeppelin, day.'],
  ['INT. ZEPPELIN - DAY', 'Zeppelin ahead. A zeppelin lands.', 'Interior: zeppelin, day.'],
  ['Int. Signal Box - day', 'The signal box burns.', 'Interior: signal box, day.'],
  ["INT. KIM'S FLAT - DAY", 'KIM waits.', "Interior: Kim's flat, day."],
  ['INNEN. ALTES FÄHRTERMINAL - TAG', 'Kim geht durch das alte Terminal. Ein altes Haus.', 'Innen: altes Fährterminal, Tag.'],
  ['INT. SALLE D’ATTENTE - JOUR', 'Kim attend le train dans la salle.', 'Intérieur : salle d’attente, jour.'],
])('the place of %s has the capitals that the script gives it: %s', (heading, action, words) => {
  expect(shotsOf(`${heading}\n\n${action}\n\nKIM\nNo.`)[0]?.prompt).toContain(words);
});

describe('a line longer than a clip', () => {
  it.each([
    'Short. '.repeat(40),
    `${'and on, '.repeat(40)}stop.`,
    'It was found by Dr. Bell. '.repeat(12),
    'word '.repeat(100),
    `${'word '.repeat(60)}${'- '.repeat(3_000)}`,
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
  ['Dr. Bell came in. He sat.', 2],
  ['It costs 3.5 dollars! “Next one!” he shouted. Then… nothing.', 3],
  ['J. R. Smith waited. Fine.', 2],
  ['走了。来了！', 2],
])('the sentences of %s are %i', (text, count) => {
  expect(sentenceRanges(text)).toHaveLength(count);
});

it.each([
  ['INT. WORKSHOP - NIGHT', 'Interior: workshop, night.'],
  ['EXT HARBOUR DAWN', 'Exterior: harbour, dawn.'],
  ['INT./EXT. TRUCK - MOVING - DAY', 'Interior and exterior: truck, day.'],
  ['I/E CABIN - NIGHT', 'Interior and exterior: cabin, night.'],
  ['EXT. LONDON BRIDGE - LATER', 'Exterior: London bridge, dusk.'],
  ['INT. YARD - CONTINUOUS', 'Interior: yard, dusk.'],
  ['ISLAND', 'Setting: island.'],
  ['EXT. FERRY TERMINAL - DAY', 'Exterior: ferry terminal, day.'],
  ["INT. JOE'S DINER - NIGHT", "Interior: Joe's diner, night."],
  ["INT. CAPTAIN'S CABIN - NIGHT", "Interior: captain's cabin, night."],
  ['EXT. PARIS - STREET MARKET - DAY', 'Exterior: Paris, street market, day.'],
  ['INT. TV STUDIO - DAY', 'Interior: TV studio, day.'],
])('the heading %s says to a picture: %s', (heading, words) => {
  expect(placeClause(placeOfHeading(heading, { before: { time: 'dusk' } }), tongueOf(heading))).toBe(words);
});
