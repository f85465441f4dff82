import { actionsOf, type Action } from './actions.ts';
import { cameraCues, type CameraCue } from './camera.ts';
import { figuresOf, type Figures } from './figures.ts';
import { Finder } from './finder.ts';
import { languageOf, type LanguageCode } from './language.ts';
import { quotesOf, type Quote } from './quotes.ts';
import { blanked, lowered, sentencesOf, tokensOf, type Sentence, type Token } from './text.ts';

/** No model takes more than 3072 characters; what a longer text says further on is not looked at. */
const READ_MAX_CHARACTERS = 8_000;

/** A prompt, read for every rule: each part when it is first asked for, and once. */
export class PromptReading {
  readonly text: string;
  private readonly parts: { -readonly [Part in Exclude<keyof PromptReading, 'text'>]?: PromptReading[Part] } = {};

  constructor(whole: string) {
    this.text = whole.length > READ_MAX_CHARACTERS ? whole.slice(0, READ_MAX_CHARACTERS) : whole;
  }

  get quotes(): readonly Quote[] {
    return (this.parts.quotes ??= quotesOf(this.text));
  }

  /** Lower case, with what stands in quotation marks blanked: the words that describe the picture. As long as the text. */
  get plain(): string {
    return (this.parts.plain ??= lowered(blanked(this.text, this.quotes.map(({ inner }) => inner))));
  }

  /** Looks for patterns in `text`. */
  get inText(): Finder {
    return (this.parts.inText ??= new Finder(this.text));
  }

  /** Looks for patterns in `plain`. */
  get inPlain(): Finder {
    return (this.parts.inPlain ??= new Finder(this.plain, this.inText));
  }

  get language(): LanguageCode {
    return (this.parts.language ??= languageOf(this.plain));
  }

  /** The words of `plain`. */
  get tokens(): readonly Token[] {
    return (this.parts.tokens ??= tokensOf(this.plain));
  }

  get sentences(): readonly Sentence[] {
    return (this.parts.sentences ??= sentencesOf(this.plain, this.tokens));
  }

  get camera(): readonly CameraCue[] {
    return (this.parts.camera ??= cameraCues(this.plain, this.inPlain));
  }

  get figures(): readonly Figures[] {
    return (this.parts.figures ??= figuresOf(this.plain));
  }

  get actions(): readonly Action[] {
    return (this.parts.actions ??= readActions(this));
  }
}

export function readPrompt(whole: string): PromptReading {
  return new PromptReading(whole);
}

function readActions({ language, plain, sentences, camera }: PromptReading): Action[] {
  if (language !== 'en' && language !== 'und') return [];
  const taken = new Uint8Array(plain.length);
  for (const { span } of camera) taken.fill(1, ...span);
  return actionsOf(sentences, plain, (offset) => taken[offset] === 1);
}
