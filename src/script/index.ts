export { decodeText } from './decode-text.ts';
export { extractDialogue } from './extract-dialogue.ts';
export { readFdx } from './fdx/read-fdx.ts';
export { screenplayToFdx } from './fdx/write-fdx.ts';
export { readFountain } from './fountain/read-fountain.ts';
export { fountainToText } from './fountain/write-fountain.ts';
export { matchShots } from './match-shots.ts';
export { foldedName, MOST_CHARACTERS } from './read-cast.ts';
export { MAX_CAST_FILE_BYTES, readCastFile } from './read-cast-file.ts';
export { readScript } from './read-script.ts';
export { readShotList } from './read-shot-list.ts';
export type { Screenplay, ScreenplayElement, SourceSpan, Speech, TitleEntry } from './screenplay/screenplay.ts';
export { speechesOf } from './screenplay/speeches.ts';
export { listScriptEndings } from './script-formats.ts';
export {
  MAX_SCRIPT_BYTES,
  SHORTEST_ON_SCREEN_S,
  type ReadScript,
  type ScriptCamera,
  type ScriptReading,
  type ScriptShot,
  type ShotSpeech,
  type ShotFields,
} from './script-shot.ts';
export { segmentProse, segmentScreenplay, type SegmentedScript, type SegmentOptions } from './segment/segment-script.ts';
export type { Pace } from './segment/pacing.ts';
export type { ProseText } from './segment/units-of-prose.ts';
export { writeShotList, type ShotListFormat, type WrittenShot } from './write-shot-list.ts';
export type { WrittenCast, WrittenCharacter } from './written-cast.ts';
