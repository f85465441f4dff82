import { readLooks, type Looks } from './looks.ts';

/** A prompt as it is sent: the shot's own words, then what goes with every shot of a film. */
export interface PromptParts {
  own: string;
  /** The lines about characters, `Anna: a woman of forty in a green coat.` */
  characters: { name: string; looks: Looks }[];
  /** What the film's look says of light. */
  light: string;
}

const LOOK = /^(?:Style|Lens|Light|Palette): /u;

/**
 * Parts the shot's own words from the lines behind them that describe characters and look: those say how somebody looks,
 * not who else is there, and a lens is no shot size.
 */
export function partPrompt(prompt: string): PromptParts {
  const at = prompt.lastIndexOf('\n\n');
  const lines = at < 0 ? [] : prompt.slice(at + 2).split('\n');
  const notes = lines.map((line) => /^([^:"“\n]{1,60}): (?!["“'])(.+)$/u.exec(line));
  if (lines.length === 0 || notes.some((note) => note === null)) return { own: prompt, characters: [], light: '' };
  const characters = notes.flatMap((note) => {
    const [line = '', name = '', words = ''] = note ?? [];
    if (LOOK.test(line)) return [];
    return [{ name: name.trim(), looks: readLooks(words) }];
  });
  return { own: prompt.slice(0, at), characters, light: /\bLight: ([^\n]*?)(?: Palette: |$)/u.exec(lines.at(-1) ?? '')?.[1] ?? '' };
}
