import { adviseFilm } from './advise-film.ts';
import { adviseModel } from './advise-model.ts';
import { complexityOf } from './complexity.ts';
import { catalogueRows } from './rows.ts';

export type { FilmAdvice, FilmAdviceRequest, FilmShot, FlaggedShot } from './advise-film.ts';
export type { AdvisedRow, AdviceRequest, ModelAdvice, Neighbour } from './advise-model.ts';
export type { Preference } from './choose.ts';
export type { Complexity, ComplexityPoint } from './complexity.ts';
export type { FeasibleChange } from './feasible-change.ts';
export { catalogueRows, type AdvisorRow } from './rows.ts';

/** Which model and mode to film with, and why: pure, offline, the same answer every time. */
export const KlingModelAdvisor = { adviseModel, adviseFilm, complexityOf, rows: catalogueRows } as const;
