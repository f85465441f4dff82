/**
 * Everything that touches pixels and samples: reading a clip through, rendering the sandbox's clips, cutting a film,
 * grabbing a frame. `probeVideo`, `findCameraMove` and the cast work without the optional native packages.
 */
export { probeVideo, type AudioProbe, type VideoProbe } from './probe.ts';
export { cutClips, type BrokenClip, type CutOptions, type CutReport } from './cut-clips.ts';
export type { CutPart } from './cut-part.ts';
export { renderBlack, type BlackPicture } from './black-clip.ts';
export { partFrames, type ClipLength } from './part-frames.ts';
export { findCameraMove, type CameraMove } from './camera-move.ts';
export { type CastMember, type ClipPicture, type RenderOptions, type ScreenSide } from './clip-picture.ts';
export { renderClip } from './render-clip.ts';
export { drawStill } from './draw-still.ts';
export { renderReel } from './render-reel.ts';
export type { Reel, ReelShot } from './reel.ts';
export { drawStoryboard, type Paper, type Storyboard, type StoryboardCell } from './storyboard.ts';
export { createRenderPool, type RenderPool, type RenderPoolOptions } from './render-pool.ts';
export { makeTinyClip, type TinyClipShape } from './tiny-clip.ts';
export { cellsOnAPage, drawContactSheet, type ContactSheet, type SheetCell } from './contact-sheet.ts';
export { grabFrame, grabLastFrame, grabThumbnail } from './frame-grab.ts';
export type { SaidBefore } from './staging/said-before.ts';
export { readCameraWords } from './staging/camera-words.ts';
export { readStaging, type Staging } from './staging/staging.ts';
export { castOfFilm, castOfShot, type CastShot } from './staging/cast.ts';
export { probeSoundFile, type SoundFile } from './under-sound.ts';
