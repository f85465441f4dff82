/** DirectorStudio as a library: a studio over a home folder, and the parts it is made of. */
export { createStudio, defaultHome, type Studio, type StudioConfig, type StudioKey } from './studio.ts';
export { ClipCacheManager, type CachedClip } from './cache/index.ts';
export type { AnimaticRequest, AnimaticResult } from './film/animatic/index.ts';
export type { EditReading, EditRequest, HandOffRequest, HandOffResult } from './film/handoff/index.ts';
export type { FilmRequest, FilmResult } from './film/index.ts';
export {
  ClipGenerationOrchestrator,
  DEFAULT_TIMINGS,
  resolveAccount,
  type GenerateRequest,
  type GenerationTimings,
  type OrchestratorParts,
  type RecoveredClip,
  type RecoverOptions,
  type RecoverReport,
  type RunForecast,
  type RunReport,
  type ShotForecast,
  type TakeResult,
} from './generation/index.ts';
export { StudioError } from './lib/errors.ts';
export { findShot, parseShotSelection, type FilmPlan, type PlannedShot, type PlanRequest } from './project/index.ts';
export { type Dialogue, type DialogueLine, type DialogueOptions, type SpeakerSource, type SpeechKind, type TextRange } from './prompt/dialogue/index.ts';
export { catalogueRows, KlingModelAdvisor, type AdvisedRow, type AdviceRequest, type AdvisorRow, type Complexity, type ComplexityPoint, type FeasibleChange, type FilmAdvice, type FilmAdviceRequest, type FilmShot, type FlaggedShot, type ModelAdvice, type Neighbour, type Preference } from './prompt/advisor/index.ts';
export { ValidationService, type ClipFacts, type IssueCode, type IssueFix, type Severity, type ValidationInput, type ValidationIssue } from './prompt/validation/index.ts';
export type { CastAndLook, CastRecord, ClipProgress, ClipStage, ClipStatus, Engine, Frame, Look, RunSummary, ShotSettings, StudioEvent, StudioListener } from './protocol/index.ts';
export { extractDialogue, fountainToText, readFdx, readFountain, readScript, screenplayToFdx, segmentProse, segmentScreenplay, speechesOf, type Pace, type ProseText, type ReadScript, type Screenplay, type ScreenplayElement, type ScriptReading, type ScriptShot, type SegmentedScript, type SegmentOptions, type ShotSpeech, type SourceSpan, type Speech, type TitleEntry } from './script/index.ts';
export { openStore, type Edit, type EditPart, type Generation, type GenerationState, type Project, type ProjectPrompt, type Store, type Take } from './store/index.ts';
