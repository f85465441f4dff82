export { byHandSchema, type ByHand, type HandField } from './by-hand.ts';
export { castAndLookSchema, type CastAndLook, type CastRecord, type Look } from './cast-and-look.ts';
export { STATUS_OF_STAGE, wordsOfStage, type ClipProgress, type ClipStage, type ClipStatus } from './clip-progress.ts';
export type { PageEvent, PageEvents, RunSummary, StudioEvent, StudioEvents, StudioListener } from './events.ts';
export { promptFindingsSchema, type FixedWords, type FoundIssue, type FoundLine, type OfferedFix, type PromptFindings } from './prompt-findings.ts';
export { filmSettingsSchema, frameSchema, shotSettingsSchema, type Engine, type FilmSettings, type Frame, type ShotSettings } from './shot-settings.ts';
