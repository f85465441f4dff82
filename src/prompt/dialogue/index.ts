export { extractDialogue } from './extract-dialogue.ts';
export type { Dialogue, DialogueLine, DialogueOptions, SpeakerSource, SpeechKind, TextRange } from './types.ts';
