export { forecastPlan, forecastRun, type RunForecast } from './forecast.ts';
export { ClipGenerationOrchestrator, type GenerateRequest, type OrchestratorParts } from './orchestrator.ts';
export { stageOf } from './progress.ts';
export { recoverClips, type RecoveredClip, type RecoveredHow, type RecoverOptions, type RecoverReport } from './recover.ts';
export { resolveAccount } from './resolve-account.ts';
export type { RunReport, TakeResult } from './run-report.ts';
export { DEFAULT_TIMINGS, type GenerationTimings } from './timings.ts';
export { unsentRetakes, withdrawRetake } from './withdraw-retake.ts';
export { currentTakes, type WantedRequest } from './wanted-takes.ts';
