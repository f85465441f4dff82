import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCameraMove, type CameraMove } from './camera-move.ts';

const NAMED: [string, CameraMove][] = [
  ['Slow push-in on her face as she reads the letter.', 'push-in'],
  ['Close-up of a watch, slow push in toward the dial', 'push-in'],
  ['The camera slowly pushes in.', 'push-in'],
  ['Dolly in on the door', 'push-in'],
  ['The camera moves slowly forward through the hall', 'push-in'],
  ['A lighthouse at night. Camera glides toward the light.', 'push-in'],
  ['Camera pans left across the harbour', 'pan-left'],
  ['The camera slowly pans to the right, revealing the valley', 'pan-right'],
  ['Pan left to the window', 'pan-left'],
  ['A slow pan from left to right over the city', 'pan-right'],
  ['The camera pans right to left', 'pan-left'],
  ['Whip pan to the door', 'pan-right'],
  ['The camera tilts up to the sky', 'tilt-up'],
  ['Slow tilt down from the sky to the street', 'tilt-down'],
  ['Camera pans up the tower', 'tilt-up'],
  ['Zoom in on the key', 'zoom-in'],
  ['slow zoom out from the eye', 'zoom-out'],
  ['The camera zooms out slowly to show the island', 'zoom-out'],
  ['Crash zoom on the clock', 'zoom-in'],
  ['The camera pulls back to reveal the crowd', 'pull-back'],
  ['We pull back from the table', 'pull-back'],
  ['Pull-back through the window', 'pull-back'],
  ['Dolly out from the bed', 'pull-back'],
  ['Tracking shot to the right along the shelves', 'track-right'],
  ['Tracking shot following a runner', 'track-right'],
  ['The camera tracks left with the train', 'track-left'],
  ['Truck left past the columns', 'track-left'],
  ['The camera follows the dog', 'track-right'],
  ['The camera orbits around the statue', 'orbit-right'],
  ['Camera circles the couple, moving to the left', 'orbit-left'],
  ['360-degree orbit shot of a sneaker', 'orbit-right'],
  ['Crane up over the rooftops', 'crane-up'],
  ['Crane shot over a battlefield', 'crane-up'],
  ['Crane shot descending onto the square', 'crane-down'],
  ['The drone rises above the trees', 'crane-up'],
  ['The camera descends into the canyon', 'crane-down'],
  ['Handheld, documentary feel, a market in rain', 'handheld'],
  ['Shaky cam in a crowd', 'handheld'],
  ['Static shot of an empty street; a car zooms out of the garage', 'static'],
  ['The camera holds still while she pulls back the curtain', 'static'],
  ['A river. Then the camera pans left. Then it tilts up.', 'pan-left'],
  ['镜头向左摇，城市夜景', 'pan-left'],
  ['镜头缓缓推近她的脸', 'push-in'],
];

const FALSE_ALARMS = [
  '',
  'Water falls over black rocks',
  'She looks up at the stars',
  'He pulls back the curtain',
  'A frying pan on the left burner',
  'She moves the pan to the left of the stove',
  'A pan left on the stove begins to smoke',
  'Peter Pan flies right past the clock tower',
  'A crane lifts off from the lake and turns left',
  'A crane up on the roof swings a beam to the right',
  'He tilts his head up',
  'A motorbike zooms in from the left and stops',
  'A satellite orbits the Earth',
  'Guards push in on the crowd',
  'The train tracks turn right behind the mill',
  'She checks a handheld radio',
  'A truck turns left at the lights',
  'Snow drifts to the left across the road',
  'A portrait of a man, the light moves in',
  'The dancer circles her partner, moving to the left',
  'An old toy dolly in a box',
];

describe('findCameraMove', () => {
  test.each(NAMED)('%s → %s', (prompt, move) => {
    expect(findCameraMove(prompt)).toBe(move);
  });

  test.each(FALSE_ALARMS)('no camera move: %s', (prompt) => {
    expect(findCameraMove(prompt)).toBe('static');
  });

  test('the case of the letters and what stands before in another sentence change nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMED), fc.constantFrom('', 'Dawn over a village. ', 'A red car.\n'), ([prompt, move], before) => {
        expect(findCameraMove(before + prompt.toUpperCase())).toBe(move);
      }),
    );
  });

  test('any text at all is answered, and long ones quickly', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => typeof findCameraMove(text) === 'string'));
    expect(findCameraMove('slowly '.repeat(400) + 'we then '.repeat(400))).toBe('static');
  });
});
