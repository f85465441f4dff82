import { findCameraMove, type CameraMove } from '../camera-move.ts';

/** What the camera of a shot does: a move that words name, or one that only Kling's camera control has. */
export type StagedMove = CameraMove | 'roll-left' | 'roll-right' | 'down-back' | 'forward-up' | 'turn-left-forward' | 'turn-right-forward';

const FIXED: Readonly<Record<string, StagedMove>> = { down_back: 'down-back', forward_up: 'forward-up', left_turn_forward: 'turn-left-forward', right_turn_forward: 'turn-right-forward' };

// Kling's signs: horizontal - left, vertical - down, zoom - narrower. Its pages disagree on which of pan and tilt is which;
// here they mean what they mean on a set.
const AXES: Readonly<Record<string, readonly [negative: StagedMove, positive: StagedMove]>> = {
  horizontal: ['track-left', 'track-right'],
  vertical: ['crane-down', 'crane-up'],
  pan: ['pan-left', 'pan-right'],
  tilt: ['tilt-down', 'tilt-up'],
  roll: ['roll-left', 'roll-right'],
  zoom: ['zoom-in', 'zoom-out'],
};

/** The move of a shot: its camera control, where that is one, else what the words say. */
export function moveOfShot(prompt: string, cameraControl: unknown): StagedMove {
  return moveOfControl(cameraControl) ?? findCameraMove(prompt);
}

function moveOfControl(control: unknown): StagedMove | undefined {
  if (!isRecord(control) || typeof control['type'] !== 'string') return undefined;
  if (control['type'] !== 'simple') return Object.hasOwn(FIXED, control['type']) ? FIXED[control['type']] : undefined;
  if (!isRecord(control['config'])) return undefined;
  for (const [axis, amount] of Object.entries(control['config'])) {
    if (typeof amount === 'number' && amount !== 0 && Object.hasOwn(AXES, axis)) return AXES[axis]?.[amount < 0 ? 0 : 1];
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
