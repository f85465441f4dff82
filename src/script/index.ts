export { matchShots } from './match-shots.ts';
export { readScript } from './read-script.ts';
export {
  MAX_PARAGRAPH_LENGTH,
  MAX_SCRIPT_BYTES,
  MAX_SHOTS,
  type ReadScript,
  type ScriptCamera,
  type ScriptReading,
  type ScriptShot,
  type ShotFields,
} from './script-shot.ts';
