/** The words of the studio's HTTP interface: what the server answers and the page asks. */
export type { ApiError, PageQuery } from './common.ts';
export { apiErrorSchema } from './common.ts';
export type { Cut } from './cut.ts';
export type { Job } from './making.ts';
export type { Forecast, Plan } from './plan.ts';
export type { ProjectDetail, ProjectSummary } from './projects.ts';
export type { Preferences } from './settings.ts';
export { preferencesSchema } from './settings.ts';
export type { Shot, ShotCard, Take } from './shots.ts';
export { ROUTES, UPLOAD_LIMITS, type ApiCalls, type ReadCall, type Route, type RouteName } from './routes.ts';
