import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CameraAngle, Framing, ShotSize } from './shot-words.ts';
import type { Light, Setting } from './place-words.ts';
import { readStaging, type Staging } from './staging.ts';

const read = (prompt: string, more: Partial<Parameters<typeof readStaging>[0]> = {}): Staging => readStaging({ prompt, ...more });

const SIZES: [string, ShotSize][] = [
  ['ECU on her eyes', 'extreme-close'],
  ['Extreme close-up of his eyes, sweat running down', 'extreme-close'],
  ['CU on Mara', 'close'],
  ['Close-up of an old man, rain on his face', 'close'],
  ['Close on Mara as the train leaves', 'close'],
  ['MCU of a nurse', 'medium-close'],
  ['Medium close-up: the captain lights a pipe', 'medium-close'],
  ['MS, a barista wipes the counter', 'medium'],
  ['Medium shot of two men', 'medium'],
  ['A two-shot of a mother and a son', 'medium'],
  ['MLS of a guard at a gate', 'medium-wide'],
  ['Cowboy shot of a gunslinger', 'medium-wide'],
  ['Medium wide, three women around a car', 'medium-wide'],
  ['Full shot of a dancer', 'full'],
  ['A full-length view of a bride', 'full'],
  ['WS. A farm.', 'wide'],
  ['Wide shot of a kitchen', 'wide'],
  ['EWS of a valley', 'extreme-wide'],
  ['An extreme wide shot, a lone rider', 'extreme-wide'],
  ['Aerial view of a coast', 'extreme-wide'],
  ['Establishing shot of a castle', 'extreme-wide'],
  ['Wide shot of a street, then a close-up', 'wide'],
  ['Two-shot, full. Two women dance', 'full'],
  ['Two-shot, medium wide. Tomas and Wen haggle', 'medium-wide'],
  ['特写：一个女人的脸', 'close'],
  ['全景，城市街道', 'wide'],
  // Nothing said: people who act are seen from the waist, a landscape is wide.
  ['A woman reads a letter', 'medium'],
  ['Mountains under a clear sky', 'wide'],
  ['A dancer dances across the hall', 'full'],
  ['A tiny figure in an endless desert', 'extreme-wide'],
];

const FRAMINGS: [string, Framing][] = [
  ['Over-the-shoulder shot of Jonah: Mara answers', 'over-shoulder'],
  ["Over Jonah's shoulder we see Mara", 'over-shoulder'],
  ['OTS, she looks up', 'over-shoulder'],
  ['He glances back over his shoulder', 'plain'],
  ['A bag slung over her shoulder', 'plain'],
  ['POV: a door opens', 'point-of-view'],
  ['First-person view walking through a market', 'point-of-view'],
  ['Through his binoculars, a ship', 'point-of-view'],
  ['Insert: a letter on the table', 'insert'],
  ['INSERT - THE KEY', 'insert'],
  ['Close-up of a watch', 'insert'],
  ["Close-up of a man's face as he holds a watch", 'plain'],
  ['Macro shot of a coin', 'insert'],
  ['A cup of coffee on a table, steam rising', 'insert'],
  ['She inserts the key', 'plain'],
  ['Close-up of Mara reading the letter', 'plain'],
  ["Close-up of Mara's letter", 'insert'],
  ['Close-up of his hand', 'insert'],
  ['Close-up of her hands', 'insert'],
  ['Close-up of the letter Mara holds', 'insert'],
  ['Close-up of the thing in her hands', 'insert'],
  ['ECU. His fingers on a phone.', 'insert'],
  ['CU. The boy, proud.', 'plain'],
  ["Close-up of Mara's hands tying a rope", 'insert'],
  ['Insert: a watch on a table in the castle hall', 'insert'],
];

const ANGLES: [string, CameraAngle][] = [
  ['Low angle shot of a judge', 'low'],
  ['A soldier seen from below', 'low'],
  ['High angle, a child in a yard', 'high'],
  ['The camera looks down on a square', 'high'],
  ['Overhead shot of a bed', 'top'],
  ["Bird's-eye view of a maze", 'top'],
  ['Dutch angle, a man in a corridor', 'dutch'],
  ['She looks down at the letter', 'eye'],
  ['A face lit from above', 'eye'],
  ['A boat, stars overhead', 'eye'],
  ['Overhead: four policemen around a trunk', 'top'],
  ['Looking steeply down on a boy', 'high'],
  ['From high up, a figure on the rails', 'high'],
  ['Aerial. A train between peaks', 'high'],
  ['俯拍，一个男人', 'high'],
];

const PLACES: [string, string, Setting, boolean, Light][] = [
  ['', 'INT. KITCHEN - NIGHT. Mara waits.', 'kitchen', true, 'night'],
  ['INT. KITCHEN - NIGHT', 'She looks at the sea through the window in the morning light', 'kitchen', true, 'night'],
  ['EXT. STREET - DAY', 'A man waits', 'street', false, 'day'],
  ['EXT. HOUSE - DUSK', 'A dog barks', 'street', false, 'dusk'],
  ['INT. SUBWAY CAR - NIGHT', 'Four students', 'corridor', true, 'night'],
  ['INT. TAXI - NIGHT', 'A driver', 'car', true, 'night'],
  ['INT. SUBMARINE - DAY', 'Sailors wait', 'room', true, 'day'],
  ['', 'A wolf in a snowy forest at night', 'forest', false, 'night'],
  ['', 'A fisherman in a boat at dawn', 'sea', false, 'dawn'],
  ['', 'An old woman sits in a café in the afternoon', 'bar', true, 'day'],
  ['', 'Inside the car at midnight, two men argue', 'car', true, 'night'],
  ['', 'A nomad crosses the dunes at sunset', 'desert', false, 'dusk'],
  ['', 'A child stands in a long hotel corridor', 'corridor', true, 'day'],
  ['', 'She sits at the table', 'room', true, 'day'],
  ['', 'An astronaut on mars', 'space', false, 'night'],
  ['', '咖啡馆里的老人', 'bar', true, 'day'],
  ['INT. DINING CAR - MORNING', 'Five passengers', 'corridor', true, 'day'],
  ['INT. BAGGAGE CAR - NIGHT', 'A trunk', 'corridor', true, 'night'],
  ['EXT. CARRIAGE ROOF - DAY', 'She crawls along', 'hills', false, 'day'],
  ['EXT. CLIFF - DAY', 'She waits', 'sea', false, 'day'],
  ['EXT. CLIFF - DAY', 'A climber on a rope, the valley below', 'mountains', false, 'day'],
  ['', 'A girl in a garden waves to her mother', 'hills', false, 'day'],
  ['', 'Three judges sit at a long table by the water at night', 'sea', false, 'night'],
  ['', 'Night. Five cooks behind woks on a floating stage', 'sea', false, 'night'],
  ['', 'In the cabin of his boat, night outside', 'room', true, 'night'],
  ['', 'On the deck of his boat Duc shouts to the whole market', 'sea', false, 'day'],
  ['', 'Night, outside the mill. Two children creep up to the window', 'street', false, 'night'],
  ['', 'Indoors, in the kitchen, by lamplight at night', 'kitchen', true, 'night'],
  ['INT. RAILWAY STATION - NIGHT', 'The hall is empty', 'station', true, 'night'],
  ['EXT. STATION - DAY', 'Mara waits', 'platform', false, 'day'],
  ['', 'Mara waits on a platform at night', 'platform', false, 'night'],
  ['INT. POLICE STATION - DAY', 'Mara waits', 'office', true, 'day'],
  ['INT. SPORTS ARENA - DAY', 'Two boxers', 'arena', true, 'day'],
  ['EXT. FOOTBALL STADIUM - NIGHT', 'A goalkeeper', 'stadium', false, 'night'],
  ['EXT. CABLE CAR STATION - DAY', 'A small cable car station high on a snowy mountain', 'mountains', false, 'day'],
];

// Counts of figures; -1 is a crowd.
const COUNTS: [string, number][] = [
  ['An empty room', 0],
  ['Nobody is on the street', 0],
  ['Mountains at dawn', 0],
  ['A man waits', 1],
  ['She smiles', 1],
  ['MARA opens the door', 1],
  ['Mara opens the door. She is tired.', 1],
  ['Mara, a young woman of thirty, opens the door', 1],
  ['A detective enters. The man sits down.', 1],
  ['The fair-haired boy runs and glances back over his shoulder', 1],
  ['A police officer stops the traffic', 1],
  ['A woman holds a photo of a man', 1],
  ['Mara and Jonah argue', 2],
  ['A woman and a man kiss', 2],
  ['A couple dances', 2],
  ['He kisses her', 2],
  ['Mara looks at him', 2],
  ['Two men fight', 2],
  ['A man and another man shake hands', 2],
  ['A woman and two men walk', 3],
  ['Three children play', 3],
  ['Mara, Jonah and Lee sit at a table', 3],
  ['Hob and Brother Osric talk', 2],
  ['A lighthouse far away, one tiny figure walking: Mara', 1],
  ['A man, Jonah and Lee sit at a table', 3],
  ['A woman, Mara, opens the door', 1],
  ['Detective Mara opens the door', 1],
  ['Hao Lin waits', 1],
  ['A beggar comes towards us, a dim house behind him, no other figure in sight', 1],
  ['Viktor and two riders look around', 3],
  ['A beggar presses a coin into the old sailor’s palm', 2],
  ['Four soldiers march', 4],
  ['Six children play on the beach', 6],
  ['A crowd fills the square', -1],
  ['Hundreds of people in the street', -1],
  ['Close-up on Mara as Jonah leaves', 1],
  ['两个男人在街上', 2],
  ['一个女孩在森林里跑', 1],
  ['Uncle Duc counts coins', 1],
  ['Mara guards the door', 1],
  ['Two guards at the door', 2],
  ['Ines Vidal, in a raincoat, hurries along', 1],
  ['The tiny figure of Ines walks away', 1],
  ['The eldest judge, a man with a white beard, smiles', 1],
  ['The cook, a big man, wiping his eyes', 1],
  ['A judge, a man and a boy', 3],
  ['Three scientists around a rig: Freya, Tomasz, Okonkwo', 3],
  ['An old woman rows a boat, her grandson, eight, in the bow', 2],
  ['Okonkwo shouts down. Northern lights.', 1],
  ['Medium two-shot. Mara and Jonah wait. Sunny, bustling.', 2],
  ['A bustling market', -1],
  ['The wooden bird flies over her head', 0],
  ['The toymaker carves a bird', 1],
  ['The schoolmistress writes on the blackboard, three boys asleep', 4],
  ['Smokestacks, a frozen river, rows of small houses', 0],
  ['Sal, seventy, the trainer, barks orders', 1],
  ['ECU of a drop of sweat on her eyelid', 1],
  ['Their mother counts dollar bills', 1],
  ['EXTREME WIDE SHOT. The sea, ships at anchor. PAN LEFT.', 0],
  ['WIDE SHOT. NADIA, a young violinist with a case on her back, runs across the hall. TRACKING LEFT with her.', 1],
  ["OVER IVO'S SHOULDER, MEDIUM CLOSE-UP. Nadia leans to the glass", 2],
  ['WIDE SHOT. IVO, the ticket clerk, an old man. CAMERA CIRCLES him.', 1],
  ['Ivo pushes a ticket into her hand', 2],
  ['Tad and Ruth at the bars', 2],
  ['A full house, every seat taken', -1],
  ['Detective Mara and the girl wait', 2],
  ['A small boy pulls in a line, the old man laughs', 2],
  ['POV Alma, wide: Bruno and Ida wave', 2],
  ['Every table full of guests', -1],
  ['A hall packed with skiers', -1],
  ['The whole town in the pews', -1],
  ['Everybody in the room stands around her', -1],
  ['A queue of passengers', -1],
  ['A critic lifts his fork', 1],
  ['Dee lies on her back, the referee kneels beside her and counts.', 2],
];

describe('readStaging', () => {
  test.each(SIZES)('size: %s → %s', (prompt, size) => expect(read(prompt).size).toBe(size));
  test.each(FRAMINGS)('framing: %s → %s', (prompt, framing) => expect(read(prompt).framing).toBe(framing));
  test.each(ANGLES)('angle: %s → %s', (prompt, angle) => expect(read(prompt).angle).toBe(angle));
  test.each(PLACES)('place: %s %s', (sceneHeading, prompt, setting, inside, light) => expect(read(prompt, { sceneHeading }).place).toMatchObject({ setting, inside, light }));
  test.each(COUNTS)('people: %s → %i', (prompt, count) => {
    const { figures, crowd } = read(prompt);
    expect(crowd ? -1 : figures.length, figures.map(({ name }) => name).join()).toBe(count);
  });

  test.each([
    ['A man sits on a bench', 'sit'],
    ['A woman walks along the shore', 'walk'],
    ['A boy runs', 'run'],
    ['An old man lies in bed', 'lie'],
    ['A knight kneels', 'kneel'],
    ['A cowboy rides a horse', 'ride'],
    ['A guard stands at the door', 'stand'],
    ['She cries, slow push-in', 'stand'],
    ['A man at a dead motor', 'stand'],
    ['Ines looks up at the big wheel', 'stand'],
    ['A boy slips past the guard', 'walk'],
    ['A violinist, a case on her back', 'stand'],
  ])('pose: %s → %s', (prompt, pose) => expect(read(prompt).figures[0]?.pose).toBe(pose));

  test('each is as his own words say, not as those of another', () => {
    const cast = ['Ines', 'Roque', 'Baptiste', 'Minh', 'Lan'].map((name) => ({ name, colour: '#888888', side: 'left' as const }));
    const poses = (prompt: string): string => read(prompt, { cast: cast.filter(({ name }) => prompt.includes(name)) }).figures.map(({ pose }) => pose).join(' ');
    expect(poses('Ines and Roque sit on a bench while three children kick a ball')).toBe('sit sit run run run');
    expect(poses('Minh sleeps on a bench; Lan lays her jacket over him')).toBe('lie stand');
    expect(poses('Ines runs towards us, Baptiste a few steps behind her')).toBe('run run');
    expect(poses('Ines squeezes past two soldiers')).toBe('walk stand stand');
    expect(poses('Close on a boy, juice running down his chin')).toBe('stand');
  });

  test('a number and the names of as many are the same people', () => {
    const cast = ['Pip', 'Odile'].map((name) => ({ name, colour: '#888888', side: 'left' as const }));
    expect(read('Two children, Pip and Odile, creep up to the window', { cast }).figures.map(({ name }) => name)).toEqual(['Pip', 'Odile']);
  });

  test('a tracking camera goes with those who walk, and they with it', () => {
    expect(read('Mara walks. Tracking left.').figures).toMatchObject([{ facing: 'left' }]);
    expect(read('Mara walks. Tracking shot to the right.').figures).toMatchObject([{ facing: 'right' }]);
    expect(read('Ines crawls along a rope. Track right with her.')).toMatchObject({ along: true, figures: [{ facing: 'right' }] });
    expect(read('Mara walks. Pan left with her.')).toMatchObject({ along: true, figures: [{ facing: 'left' }] });
    expect(read('Mara walks. The camera pans left.').along).toBe(false);
    for (const prompt of ['Mara walks towards him. The camera pulls back before her.', 'Mara walks down the aisle. The camera retreats before her.']) expect(read(prompt).figures[0]?.facing, prompt).toBe('camera');
  });

  test('looks are drawn as the words have them, in the shot or with the character', () => {
    expect(read('An old sailor with a white beard in a blue coat').figures).toMatchObject([{ old: true, beard: true, coat: true, hair: '#d9dbde' }]);
    expect(read('Anna waits.\n\nAnna: a bald woman of forty in a green coat, a wool cap.').figures).toMatchObject([{ bald: true, coat: true, hat: 'cap', longHair: true, colour: '#2f8f58' }]);
    expect(read('Mara folds a red coat over her arm').figures[0]?.coat).toBeUndefined();
  });

  test('a shot that says nothing plays where the one before it does, unless it cannot', () => {
    const before = { setting: 'kitchen' as const, light: 'night' as const };
    expect(read('Close-up of Mara', { before }).place).toMatchObject({ setting: 'kitchen', light: 'night' });
    expect(read('A horse gallops', { before }).place).toMatchObject({ inside: false, light: 'night' });
    expect(read('Clouds race', { before }).place.inside).toBe(false);
    expect(read('She sits on the sofa', { before: { setting: 'forest' } }).place.inside).toBe(true);
    expect(read('A bowl on the table', { before: { setting: 'sea' } }).place.setting).toBe('sea');
    expect(read('In the forest', { before }).place.setting).toBe('forest');
  });

  test('two people keep their sides and look at each other, whoever is named first', () => {
    const cast = [{ name: 'Mara', colour: '#aa0000', side: 'left' as const }, { name: 'Jonah', colour: '#0000aa', side: 'right' as const }];
    for (const prompt of ['Mara and Jonah argue', 'Jonah and Mara argue', 'Jonah turns to Mara']) {
      expect(read(prompt, { cast }).figures.toSorted((one, other) => one.name.localeCompare(other.name))).toMatchObject([{ name: 'Jonah', side: 'right', facing: 'left', colour: '#0000aa' }, { name: 'Mara', side: 'left', facing: 'right', colour: '#aa0000' }]);
    }
    expect(read('CU on Jonah', { cast: cast.slice(1) }).figures).toMatchObject([{ side: 'right', facing: 'left' }]);
  });

  test('a prompt with the words of its characters and look shows those who are in its own words', () => {
    const prompt = 'Medium shot: Ben and Anna talk in the kitchen.\n\nAnna: a girl of twelve in a green coat, the daughter of a sailor.\nBen: a short man.\nStyle: noir, extreme close-ups. Light: night. Palette: teal.';
    expect(read(prompt)).toMatchObject({ size: 'medium', place: { setting: 'kitchen', light: 'night' } });
    expect(read(prompt).figures).toMatchObject([{ name: 'Ben', side: 'right', child: false }, { name: 'Anna', side: 'left', child: true }]);
    expect(read('They talk.\n\nAnna: a girl.\nBen: a man.').figures.map(({ name }) => name)).toEqual(['Anna', 'Ben']);
  });

  test('only the old are old', () => {
    expect(read('A grandfather and three kids').figures.map(({ old }) => old)).toEqual([true, false, false, false]);
    expect(read('An old sailor and a boy').figures.map(({ old }) => old)).toEqual([true, false]);
  });

  test('over a shoulder the owner of the shoulder is the one seen from behind', () => {
    for (const prompt of ["Over Jonah's shoulder: Mara looks up", 'OTS Jonah onto Mara', 'OTS Jonah, MCU Mara', 'Over the shoulder of Jonah: Mara looks up', 'Over-the-shoulder shot from Jonah onto Mara']) {
      expect(read(prompt, { cast: [{ name: 'Mara', colour: '#aa0000', side: 'left' }, { name: 'Jonah', colour: '#0000aa', side: 'right' }] }).figures).toMatchObject([{ name: 'Mara' }, { name: 'Jonah', facing: 'away' }]);
    }
  });

  test('through whose eyes we look is not in the picture', () => {
    expect(read("Mara's POV: Jonah at the door").figures.map(({ name }) => name)).toEqual(['Jonah']);
  });

  test("who is given as the shot's cast is in it although the words only say they", () => {
    const cast = [{ name: 'Mara', colour: '#aa0000', side: 'left' as const }, { name: 'Jonah', colour: '#0000aa', side: 'right' as const }];
    expect(read('They walk along the shore', { cast }).figures.map(({ name }) => name)).toEqual(['Mara', 'Jonah']);
    expect(read('A long silence', { cast }).figures).toHaveLength(2);
    expect(read('Insert: a letter', { cast }).figures).toHaveLength(0);
    expect(read('The empty room', { cast }).figures).toHaveLength(0);
  });

  test('the camera control of the shot wins over its words, and what is none counts as absent', () => {
    const prompt = 'A street. The camera pans left.';
    expect(read(prompt).move).toBe('pan-left');
    expect(read(prompt, { cameraControl: { type: 'down_back' } }).move).toBe('down-back');
    expect(read(prompt, { cameraControl: { type: 'simple', config: { zoom: -5 } } }).move).toBe('zoom-in');
    expect(read(prompt, { cameraControl: { type: 'simple', config: { horizontal: 3 } } }).move).toBe('track-right');
    for (const cameraControl of [null, 7, 'zoom', {}, { type: 'constructor' }, { type: 'simple' }, { type: 'simple', config: { zoom: 0 } }]) expect(read(prompt, { cameraControl }).move).toBe('pan-left');
  });

  test('what the camera does is neither a vehicle nor somebody who acts', () => {
    expect(read('Three women. The camera trucks right.').things).toEqual([]);
    expect(read('A drone shot of a forest').things).toEqual([]);
    expect(read('A woman waits. Slow push-in.').figures).toMatchObject([{ pose: 'stand' }]);
  });

  test('an animal, a vehicle or a building that a shot is about is found with its number', () => {
    expect(read('Two dogs in a garden').things).toMatchObject([{ kind: 'animal', shape: 'dog', count: 2 }]);
    expect(read('A red car on a road').things).toMatchObject([{ kind: 'vehicle', shape: 'car', count: 1 }]);
    expect(read('A lighthouse at dusk').things).toMatchObject([{ kind: 'building', shape: 'lighthouse' }]);
  });

  test('through whose eyes we look is not in the picture, and nobody else who is not named as seen', () => {
    const seen = (prompt: string): string => read(prompt, { cast: ['Mara', 'Elias'].map((name) => ({ name, colour: '#888888', side: 'left' as const })) }).figures.map(({ name }) => name).join();
    for (const prompt of ['POV, Mara looks down at a small boat on the waves', 'POV MARA: a small boat on the waves', "Mara's POV: a small boat", 'POV. She sees a boat']) expect(seen(prompt), prompt).toBe('');
    expect(seen('POV, Mara sees Elias on the beach')).toBe('Elias');
    expect(seen('POV: Elias looks at us')).toBe('Elias');
  });

  test('the sea below a cliff is seen, and what people stand on by it', () => {
    const place = (prompt: string, sceneHeading: string) => read(prompt, { sceneHeading }).place;
    expect(place('Extreme wide shot of the cliff and the sea, one tiny figure walking: Mara', 'EXT. CLIFF - DAY')).toMatchObject({ setting: 'sea', shore: 'cliff' });
    expect(place('POV, Mara looks down at a small boat on the waves', 'EXT. CLIFF - DAY')).toMatchObject({ setting: 'sea', shore: 'cliff' });
    expect(place('Mara walks along the pier', '')).toMatchObject({ setting: 'sea', shore: 'pier' });
    expect(place('Mara waits', 'EXT. BEACH - DAY')).toMatchObject({ setting: 'sea', shore: 'beach' });
    for (const prompt of ['A hiker on a summit waves', 'A summit above a sea of clouds', 'In the mountains, a hiker holds a photo of the sea']) expect(place(prompt, '').setting, prompt).toBe('mountains');
  });

  test('stairs and open umbrellas are drawn where the words have them', () => {
    expect(read('Mara climbing the stairs').stairs).toBe('up');
    expect(read('He runs down the stairs').stairs).toBe('down');
    expect(read('He steps closer and goes downstairs').stairs).toBeUndefined();
    expect(new Set(read('Elias walks down the stairs, a boy follows him').figures.map(({ facing }) => facing)).size).toBe(1);
    expect(read('Mara and Elias walk under umbrellas').umbrellas).toBe(2);
    expect(read('Mara holds an umbrella, Elias waits').umbrellas).toBe(1);
    expect(read('Mara without an umbrella').umbrellas).toBe(0);
  });

  test('a profile is one where the words ask for it', () => {
    expect(read('MCU Mara profile left, listening').profile).toBe(true);
    expect(read('Mara reads his profile').profile).toBe(false);
  });

  test('hands are shown with what they hold, without what stands further on', () => {
    expect(read("Close-up of Mara's hands tying a rope to an iron ring").things.map(({ shape }) => shape)).toEqual(['rope', 'hand']);
    expect(read("Close-up of Mara's hands tying a line to the ring").things.map(({ shape }) => shape)).toEqual(['hand']);
    expect(read('Close-up of hands holding a letter').things.map(({ shape }) => shape)).toEqual(['paper', 'hand']);
  });

  test('any words at all are staged, the same way each time', () => {
    const words = fc.array(fc.constantFrom('Mara', 'JONAH', 'a', 'the', 'two', 'men', 'woman', 'crowd', 'CU', 'POV', 'over', 'his', 'shoulder', 'she', 'him', 'INT.', 'kitchen', 'sea', '-', '.', ',', ':', '"', 'close-up', 'of', 'letter', 'dog', 'runs', '人', '\n'), { maxLength: 25 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(fc.oneof(words, fc.string({ unit: 'grapheme' })), fc.string(), (prompt, sceneHeading) => {
        const staging = read(prompt, { sceneHeading });
        expect(staging.figures.length).toBeLessThanOrEqual(8);
        expect(read(prompt, { sceneHeading })).toEqual(staging);
      }),
    );
    expect(() => read('a man '.repeat(4000))).not.toThrow();
  });
});
