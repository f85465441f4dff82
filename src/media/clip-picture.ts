import type { Looks } from './staging/looks.ts';
import type { SaidBefore } from './staging/said-before.ts';

/** Where in the frame somebody usually stands; kept through a film, or two people who talk would change places at a cut. */
export type ScreenSide = 'left' | 'centre' | 'right';

/** A character as every shot of a film draws it. */
export interface CastMember {
  /** As people write it: `Mara`. Found in the prompt whatever the case of its letters. */
  name: string;
  /** `#rrggbb` */
  colour: string;
  side: ScreenSide;
  /** As the film's words have it anywhere: a shot that only says the name draws the same person. */
  looks?: Looks;
}

/** A clip to draw: plain data, so it crosses a process boundary as JSON. The same data gives the same picture. */
export interface ClipPicture {
  /** In pixels, even, 16 or more. */
  width: number;
  height: number;
  /** Frames per second, e.g. 24 or 30. */
  frameRate: number;
  /** Frames in the clip; 121 at 24 fps is Kling's 5 s. */
  frameCount: number;
  /** The shot's words: set in the picture, and what its staging is read from. */
  prompt: string;
  /** A line above the prompt, e.g. `kling-v2-5-turbo std 5 s`. */
  heading: string;
  /** Burned into every frame, e.g. `SANDBOX, not Kling`. */
  stamp: string;
  /** Any whole number; varies what the words leave open, so that takes of one shot look different. */
  variant: number;
  /** PNG, JPEG or WebP shown underneath instead of the drawn scene, cropped to cover; the camera's move is applied to it. */
  startFramePath?: string;
  /** The same for the end: dissolved in over the last part of the clip. */
  endFramePath?: string;
  /** Who of the film's characters is in this shot ({@link castOfShot}), with the colour and side that they have everywhere. Without it colours come from the names alone. */
  cast?: readonly CastMember[];
  /** The scene's heading, e.g. `INT. KITCHEN - NIGHT`: what it says of place and light goes before the prompt. */
  sceneHeading?: string;
  /** What the shots before it in its scene say of place and time, and of framing where it goes on from one: it is so where its own words say nothing. */
  before?: SaidBefore;
  /** It goes on from another drawing: that one's picture at its last frame comes first. */
  begins?: { picture: DrawnPicture; frame: number };
  /** Kling's camera control as the shot has it, e.g. `{ type: 'down_back' }`: it wins over the prompt's words. What is not understood counts as absent. */
  cameraControl?: unknown;
  /** Sets the stamp, the heading, the prompt and the time in the picture. Default true; without them the picture stands alone, and its words are somebody else's. */
  captions?: boolean;
  /** Adds a stereo AAC track, 48 kHz, exactly as long as the picture. */
  sound: boolean;
}

/** What is drawn, without size, words and sound. */
export type DrawnPicture = Omit<ClipPicture, 'frameRate' | 'heading' | 'stamp' | 'captions' | 'sound'>;

export interface RenderOptions {
  /** Called with 0..1, never going back. */
  onProgress?: (done: number) => void;
  /** Stops the rendering; the reason comes back unchanged and no file is left behind. */
  signal?: AbortSignal;
}
