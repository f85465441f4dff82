export { castNamer } from './cast-names.ts';
export { isSungManner, kindOfWords } from './heard-as.ts';
export { extractSpokenLines } from './extract-spoken-lines.ts';
export { languageOf } from './language.ts';
export { paragraphsOf } from './paragraphs.ts';
export { genderOfFirstName } from './first-names.ts';
export { marksOf, mayHoldQuotes, quotedStretches } from './quote-marks.ts';
export { allVerbs } from './speech-verbs.ts';
export type { Dialogue, DialogueLine, DialogueOptions, SpeakerSource, SpeechKind, TextRange } from './types.ts';
