import type { ReelShot, Staging } from '../../media/index.ts';

const SIZES: Readonly<Record<Staging['size'], string>> = {
  'extreme-wide': 'extreme wide',
  wide: 'wide',
  full: 'full shot',
  'medium-wide': 'medium wide',
  medium: 'medium',
  'medium-close': 'medium close-up',
  close: 'close-up',
  'extreme-close': 'extreme close-up',
};
const FRAMINGS: Readonly<Record<Staging['framing'], string>> = { plain: '', 'over-shoulder': 'over the shoulder', insert: 'insert', 'point-of-view': 'point of view' };
const ANGLES: Readonly<Record<Staging['angle'], string>> = { eye: '', low: 'low angle', high: 'high angle', top: 'from above', dutch: 'dutch angle' };

/** How a shot is framed and how its camera moves, in the words of the trade: `close-up · low angle · push in`. */
export function shotWords({ size, framing, angle, move }: Staging, { startFramePath }: Pick<ReelShot['picture'], 'startFramePath'>): string {
  const moves = move === 'static' ? '' : move.replaceAll('-', ' ');
  // A start frame is the picture, whatever the words say of its framing. An insert is as close as it is.
  const framed = startFramePath === undefined ? [framing === 'insert' ? '' : SIZES[size], FRAMINGS[framing], ANGLES[angle]] : ['from a start frame'];
  return [...framed, moves].filter((words) => words !== '').join(' · ');
}
