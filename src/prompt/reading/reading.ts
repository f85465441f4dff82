import { actionsOf, type Action } from './actions.ts';
import { cameraCues, type CameraCue } from './camera.ts';
import { figuresOf, type Figures } from './figures.ts';
import { languageOf, type LanguageCode } from './language.ts';
import { quotesOf, type Quote } from './quotes.ts';
import { blanked, lowered, sentencesOf, type Sentence } from './text.ts';

/** A prompt, read for every rule: each part when it is first asked for, and once. */
export interface PromptReading {
  readonly text: string;
  /** Lower case, with what stands in quotation marks blanked: the words that describe the picture. As long as the text. */
  readonly plain: string;
  readonly language: LanguageCode;
  readonly quotes: readonly Quote[];
  readonly sentences: readonly Sentence[];
  readonly camera: readonly CameraCue[];
  readonly actions: readonly Action[];
  readonly figures: readonly Figures[];
}

/** No model takes more than 3072 characters; what a longer text says further on is not looked at. */
const READ_MAX_CHARACTERS = 8_000;

export function readPrompt(whole: string): PromptReading {
  const text = whole.length > READ_MAX_CHARACTERS ? whole.slice(0, READ_MAX_CHARACTERS) : whole;
  let quotes: readonly Quote[] | undefined;
  let plain: string | undefined;
  let language: LanguageCode | undefined;
  let sentences: readonly Sentence[] | undefined;
  let camera: readonly CameraCue[] | undefined;
  let actions: readonly Action[] | undefined;
  let figures: readonly Figures[] | undefined;
  return {
    text,
    get quotes() {
      return (quotes ??= quotesOf(text));
    },
    get plain() {
      return (plain ??= lowered(blanked(text, this.quotes.map(({ inner }) => inner))));
    },
    get language() {
      return (language ??= languageOf(this.plain));
    },
    get sentences() {
      return (sentences ??= sentencesOf(this.plain));
    },
    get camera() {
      return (camera ??= cameraCues(this.plain));
    },
    get figures() {
      return (figures ??= figuresOf(this.plain));
    },
    get actions() {
      return (actions ??= readActions(this));
    },
  };
}

function readActions({ language, plain, sentences, camera }: PromptReading): Action[] {
  if (language !== 'en' && language !== 'und') return [];
  const taken = new Uint8Array(plain.length);
  for (const { span } of camera) taken.fill(1, ...span);
  return actionsOf(sentences, plain, (offset) => taken[offset] === 1);
}
