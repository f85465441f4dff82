import { actionsOf, type Action } from './actions.ts';
import { cameraCues, type CameraCue } from './camera.ts';
import { figuresOf, type Figures } from './figures.ts';
import { languageOf, type LanguageCode } from './language.ts';
import { quotesOf, type Quote } from './quotes.ts';
import { blanked, lowered, sentencesOf, type Sentence } from './text.ts';

/** A prompt, read once for every rule. */
export interface PromptReading {
  text: string;
  /** Lower case, with what stands in quotation marks blanked: the words that describe the picture. As long as the text. */
  plain: string;
  language: LanguageCode;
  quotes: readonly Quote[];
  sentences: readonly Sentence[];
  camera: readonly CameraCue[];
  actions: readonly Action[];
  figures: readonly Figures[];
}

/** No model takes more than 3072 characters; what a longer text says further on is not looked at. */
export const READ_MAX_CHARACTERS = 8_000;

export function readPrompt(whole: string): PromptReading {
  const text = whole.length > READ_MAX_CHARACTERS ? whole.slice(0, READ_MAX_CHARACTERS) : whole;
  const quotes = quotesOf(text);
  const plain = lowered(blanked(text, quotes.map(({ inner }) => inner)));
  const language = languageOf(plain);
  const sentences = sentencesOf(plain);
  const camera = cameraCues(plain);
  const taken = new Uint8Array(plain.length);
  for (const { span } of camera) taken.fill(1, ...span);
  const isCamera = (offset: number): boolean => taken[offset] === 1;
  const english = language === 'en' || language === 'und';
  return { text, plain, language, quotes, sentences, camera, actions: english ? actionsOf(sentences, plain, isCamera) : [], figures: figuresOf(plain) };
}
