import { sizeInWords } from './segment/view-words.ts';

/** `static` alone is a picture without a move; of a camera it says so. */
const STILL = /^(?:static|fixed|locked(?:[\s-](?:off|down))?|still|none)$/i;

/** A prompt with the columns for size and move ahead of it: `Wide shot, slow push-in. A fox.` What it says itself is not said twice. */
export function withFraming(prompt: string, size: string | undefined, move: string | undefined): string {
  const own = prompt.toLowerCase();
  const said = [...(size === undefined ? [] : [sizeInWords(size)]), ...(move === undefined ? [] : [STILL.test(move.trim()) ? 'static camera' : move])]
    .map((words) => words.trim().replace(/[.,;:]+$/u, ''))
    .filter((words) => words !== '' && !own.includes(words.toLowerCase()));
  const words = said.join(', ');
  return words === '' || prompt === '' ? prompt : `${words.charAt(0).toUpperCase()}${words.slice(1)}. ${prompt}`;
}
