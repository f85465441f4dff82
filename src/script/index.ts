export { matchShots } from './match-shots.ts';
export { readScript } from './read-script.ts';
export {
  MAX_SCRIPT_BYTES,
  type ReadScript,
  type ScriptReading,
  type ScriptShot,
  type ShotFields,
} from './script-shot.ts';
