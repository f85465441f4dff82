export { changeShots, requireAccepted, type ChangedShots, type ShotChange } from './change-shots.ts';
export { castFileBeside } from './find-cast-and-look.ts';
export { keepFrames, keepPicture, keptFrame, keptPath } from './frames.ts';
export { planProject, type FilmPlan, type PlannedShot, type PlanRequest } from './plan-project.ts';
export { loadPromptChecks } from './prompt-checks.ts';
export { projectTitle } from './project-title.ts';
export { readStored } from './check-stored.ts';
export { findShot, parseShotSelection, slatesChosen } from './shot-selection.ts';
export { saysSameCast, shotListOfPlan, type KeptPictures, writtenCast } from './shot-list-of-plan.ts';
