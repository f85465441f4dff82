import * as z from 'zod';
import { doneSchema, idSchema, jobParamsSchema, pageOf, pageQuerySchema, projectParamsSchema, shotParamsSchema, takeParamsSchema } from './common.ts';
import * as changes from './changes.ts';
import * as cut from './cut.ts';
import * as making from './making.ts';
import * as plan from './plan.ts';
import * as projects from './projects.ts';
import * as settings from './settings.ts';
import * as shots from './shots.ts';

/** One way to ask the studio for something. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `{name}` stands for a parameter. */
  path: string;
  /** One sentence, for the reference page. */
  does: string;
  params?: z.ZodType;
  query?: z.ZodType;
  /** Of a JSON body; or the most bytes of a file that is sent as it is, with `content-type: application/octet-stream`. */
  body?: z.ZodType;
  upload?: { mostBytes: number };
  /** Of a JSON answer; or the media type of a file; or the stream of events. */
  answer: z.ZodType | { file: string } | 'events' | 'page';
  /** Default 200. */
  status?: 201 | 202;
  /** It spends money, or may: it takes an `Idempotency-Key` header, and a repeated one begins nothing anew. */
  spends?: true;
}

function get<Answer extends Route['answer']>(path: string, does: string, answer: Answer): { method: 'GET'; path: string; does: string; answer: Answer } {
  return { method: 'GET', path, does, answer };
}
function getBy<Answer extends Route['answer'], Words extends Pick<Route, 'params' | 'query'>>(path: string, does: string, answer: Answer, words: Words): { method: 'GET'; path: string; does: string; answer: Answer } & Words {
  return { method: 'GET', path, does, answer, ...words };
}
const MB = 1024 * 1024;

/** Largest files that are taken, in bytes. */
export const UPLOAD_LIMITS = { scriptBytes: 20 * MB, soundBytes: 256 * MB, pictureBytes: 10 * MB, projectBytes: 64 * MB, timelineBytes: 64 * MB } as const;

/** Everything the studio can be asked over HTTP. The server has a handler for each, the page its types; the OpenAPI document is made from it. */
export const ROUTES = {
  about: get('/api/about', 'What this studio is: version, who makes clips, limits.', settings.aboutSchema),
  openApi: get('/api/openapi.json', 'This table as an OpenAPI 3.1 document.', z.record(z.string(), z.unknown())),
  reference: get('/api/reference', 'This table as a page to read.', 'page'),
  events: getBy('/api/events', 'Server-sent events: a snapshot, then changes; resumes by Last-Event-ID.', 'events', { query: settings.eventsQuerySchema }),
  login: { method: 'POST', path: '/api/login', does: 'Opens a studio that listens beyond this machine: sets a cookie.', body: settings.loginSchema, answer: doneSchema },
  logout: { method: 'POST', path: '/api/logout', does: 'Forgets the cookie.', answer: doneSchema },

  listProjects: getBy('/api/projects', 'Every film, the last touched first.', pageOf(projects.projectSummarySchema), { query: pageQuerySchema }),
  createProject: { method: 'POST', path: '/api/projects', does: 'A new film from a script or an example. Spends nothing.', body: projects.createProjectSchema, answer: z.strictObject({ project: projects.projectSummarySchema, plan: plan.planSchema }), status: 201 },
  getProject: getBy('/api/projects/{projectId}', 'A film, its files and settings.', projects.projectDetailSchema, { params: projectParamsSchema }),
  changeProject: { method: 'PATCH', path: '/api/projects/{projectId}', does: 'Another title or cap.', params: projectParamsSchema, body: projects.changeProjectSchema, answer: projects.projectDetailSchema },
  removeProject: { method: 'DELETE', path: '/api/projects/{projectId}', does: 'Forgets a film; it can be brought back. Its clips and bills stay in any case.', params: projectParamsSchema, answer: projects.removedProjectSchema },
  listTrash: getBy('/api/trash', 'Films that were removed and can be brought back, the newest first.', pageOf(projects.removedProjectSchema), { query: pageQuerySchema }),
  restoreProject: { method: 'POST', path: '/api/trash/{trashId}/restore', does: 'Brings a film back.', params: z.strictObject({ trashId: idSchema }), answer: projects.projectSummarySchema },
  duplicateProject: { method: 'POST', path: '/api/projects/{projectId}/duplicate', does: 'A copy of a film with a script of its own; its clips are shared and paid for once.', params: projectParamsSchema, body: z.strictObject({ title: projects.changeProjectSchema.shape.title }), answer: projects.projectSummarySchema, status: 201 },
  exportProject: getBy('/api/projects/{projectId}/export', 'A film as one file, without its clips.', { file: 'application/json' }, { params: projectParamsSchema }),
  importProject: { method: 'POST', path: '/api/projects/import', does: 'A film from such a file.', upload: { mostBytes: UPLOAD_LIMITS.projectBytes }, answer: projects.projectSummarySchema, status: 201 },
  listExamples: getBy('/api/examples', 'Scripts to try.', pageOf(projects.exampleSchema), { query: pageQuerySchema }),

  previewPlan: { method: 'POST', path: '/api/plan', does: 'What a script would become: shots, issues, cost. Saves and spends nothing.', body: plan.previewPlanSchema, answer: plan.planSchema },
  getScript: getBy('/api/projects/{projectId}/script', 'The script of a film.', plan.scriptSchema, { params: projectParamsSchema }),
  changeScript: { method: 'PUT', path: '/api/projects/{projectId}/script', does: 'Another script: planned and saved whole or not at all. Unchanged shots keep everything; spends nothing.', params: projectParamsSchema, body: plan.changeScriptSchema, answer: plan.changedScriptSchema },
  rereadScript: { method: 'POST', path: '/api/projects/{projectId}/script/reread', does: 'Plans the script anew as it lies there now.', params: projectParamsSchema, body: z.strictObject({ options: projects.planOptionsSchema.optional() }), answer: plan.changedScriptSchema },
  checkPrompt: { method: 'POST', path: '/api/prompts/check', does: 'What is wrong with a prompt, with fixes; its complexity and the model that is advised.', body: plan.checkPromptSchema, answer: plan.checkedPromptSchema },
  readDialogue: { method: 'POST', path: '/api/prompts/dialogue', does: 'Who says what in a text.', body: plan.readDialogueSchema, answer: plan.dialogueSchema },
  listShots: getBy('/api/projects/{projectId}/shots', 'The shots of a film, bound to the lines of its script, with issues.', pageOf(shots.shotSchema), { params: projectParamsSchema, query: pageQuerySchema }),
  shotListFile: getBy('/api/projects/{projectId}/shot-list/{format}', 'The plan as a shot list. The JSON has cast and look inside and films the same clips; a table has the shots alone.', { file: 'text/*' }, { params: projectParamsSchema.extend({ format: z.enum(['csv', 'md', 'json']) }) }),
  getShot: getBy('/api/projects/{projectId}/shots/{shotId}', 'One shot.', shots.shotSchema, { params: shotParamsSchema }),
  changeShot: { method: 'PATCH', path: '/api/projects/{projectId}/shots/{shotId}', does: "Changes a shot beside its script, by the rules of planning; it holds while the script's words there are the same. Takes of the old words stay. Spends nothing.", params: shotParamsSchema, body: changes.changeShotSchema, answer: changes.changedShotSchema },
  priceShot: { method: 'POST', path: '/api/projects/{projectId}/shots/{shotId}/price', does: 'What that change would make anew, and cost. Saves nothing.', params: shotParamsSchema, body: changes.changeShotSchema, answer: changes.changedShotSchema },
  changeShots: { method: 'PATCH', path: '/api/projects/{projectId}/shots', does: 'Another model, mode, length or number of takes for many shots, or all: for each of them or for none.', params: projectParamsSchema, body: changes.changeShotsSchema, answer: changes.changedShotsSchema },
  priceShots: { method: 'POST', path: '/api/projects/{projectId}/shots/price', does: 'What that would make anew, and cost. Saves nothing.', params: projectParamsSchema, body: changes.changeShotsSchema, answer: changes.changedShotsSchema },
  keepFrame: { method: 'POST', path: '/api/projects/{projectId}/frames', does: 'Keeps a PNG or JPEG, to be named by its hash as start or end frame or as a picture of the cast.', params: projectParamsSchema, query: changes.pictureNameQuerySchema, upload: { mostBytes: UPLOAD_LIMITS.pictureBytes }, answer: changes.keptPictureSchema, status: 201 },
  adviseFilm: getBy('/api/projects/{projectId}/advice', 'The model that is advised for the film, and the shots that want another.', plan.filmAdviceSchema, { params: projectParamsSchema }),
  getCast: getBy('/api/projects/{projectId}/cast', 'Characters and look.', plan.castViewSchema, { params: projectParamsSchema }),
  priceCast: { method: 'POST', path: '/api/projects/{projectId}/cast/price', does: 'What another cast or look would make anew, and cost. Saves nothing.', params: projectParamsSchema, body: plan.changeCastSchema, answer: plan.planSchema },
  changeCast: { method: 'PUT', path: '/api/projects/{projectId}/cast', does: 'Another cast or look. Spends nothing.', params: projectParamsSchema, body: plan.changeCastSchema, answer: plan.changedScriptSchema },

  getBoard: getBy('/api/projects/{projectId}/board', 'A card for every shot: where it stands.', pageOf(shots.shotCardSchema), { params: projectParamsSchema, query: pageQuerySchema }),
  forecast: getBy('/api/projects/{projectId}/forecast', 'What a run would make and cost now.', plan.forecastSchema, { params: projectParamsSchema, query: making.forecastQuerySchema }),
  generate: { method: 'POST', path: '/api/projects/{projectId}/generate', does: 'Brings the shots in, or new takes of some. Needs the price that was shown.', params: projectParamsSchema, body: making.generateSchema, answer: making.jobSchema, status: 202, spends: true },
  pause: { method: 'POST', path: '/api/pause', does: 'Sends nothing new until goOn, also after the studio is started anew; what is at Kling goes on and is fetched.', answer: making.pausedSchema },
  goOn: { method: 'POST', path: '/api/go-on', does: 'Ends the pause.', answer: making.pausedSchema },
  sendNext: { method: 'POST', path: '/api/projects/{projectId}/shots/{shotId}/send-next', does: 'Puts a shot that waits before all others.', params: shotParamsSchema, answer: doneSchema },
  listJobs: getBy('/api/jobs', 'Work that runs or ran since the start, the newest first.', pageOf(making.jobSchema), { query: pageQuerySchema.extend(making.jobListQuerySchema.shape) }),
  getJob: getBy('/api/jobs/{jobId}', 'One piece of work.', making.jobSchema, { params: jobParamsSchema }),
  stopJob: { method: 'POST', path: '/api/jobs/{jobId}/stop', does: 'Stops it in order. What is at Kling goes on there: still billed, the clips are kept.', params: jobParamsSchema, answer: making.jobSchema },

  listTakes: getBy('/api/projects/{projectId}/shots/{shotId}/takes', 'The takes of a shot, on both engines.', pageOf(shots.takeSchema), { params: shotParamsSchema, query: pageQuerySchema }),
  selectTake: { method: 'POST', path: '/api/takes/{takeId}/select', does: 'The film shows this take.', params: takeParamsSchema, answer: shots.takeSchema },
  changeTake: { method: 'PATCH', path: '/api/takes/{takeId}', does: 'A note on a take; rejects it or takes that back.', params: takeParamsSchema, body: shots.changeTakeSchema, answer: shots.takeSchema },
  withdrawTake: { method: 'POST', path: '/api/takes/{takeId}/withdraw', does: 'Gives up a retake that waits and was not sent: it costs nothing.', params: takeParamsSchema, answer: making.withdrawnSchema },
  takeHistory: getBy('/api/takes/{takeId}/history', 'What happened to a take.', pageOf(shots.historyEntrySchema), { params: takeParamsSchema, query: pageQuerySchema }),
  takeClip: getBy('/api/takes/{takeId}/clip', 'The clip, with ranges.', { file: 'video/mp4' }, { params: takeParamsSchema, query: cut.downloadQuerySchema }),
  takePicture: getBy('/api/takes/{takeId}/picture', 'The first frame of the clip.', { file: 'image/jpeg' }, { params: takeParamsSchema, query: cut.pictureQuerySchema }),
  shotPicture: getBy('/api/projects/{projectId}/shots/{shotId}/picture', 'The shot as a drawing.', { file: 'image/jpeg' }, { params: shotParamsSchema, query: cut.pictureQuerySchema }),
  framePicture: getBy('/api/frames/{sha256}', 'A start or end frame.', { file: 'image/*' }, { params: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) }),

  getCut: getBy('/api/projects/{projectId}/cut', 'The film as it stands: its parts in order.', cut.cutSchema, { params: projectParamsSchema }),
  changeCut: { method: 'PUT', path: '/api/projects/{projectId}/cut', does: 'Another order, other trims. Costs nothing.', params: projectParamsSchema, body: cut.changeCutSchema, answer: cut.cutSchema },
  resetCut: { method: 'DELETE', path: '/api/projects/{projectId}/cut', does: "Back to the script's order and trims.", params: projectParamsSchema, answer: cut.cutSchema },
  readCut: { method: 'POST', path: '/api/projects/{projectId}/cut/read', does: "Takes the order and trims of an editor's file.", params: projectParamsSchema, query: cut.fileNameQuerySchema, upload: { mostBytes: UPLOAD_LIMITS.timelineBytes }, answer: cut.readCutSchema },
  setSound: { method: 'PUT', path: '/api/projects/{projectId}/sound', does: 'A voice or music under the whole film.', params: projectParamsSchema, query: cut.fileNameQuerySchema, upload: { mostBytes: UPLOAD_LIMITS.soundBytes }, answer: projects.projectDetailSchema },
  changeSound: { method: 'PATCH', path: '/api/projects/{projectId}/sound', does: 'How loud it lies there.', params: projectParamsSchema, body: cut.changeSoundSchema, answer: projects.projectDetailSchema },
  soundFile: getBy('/api/projects/{projectId}/sound', 'That voice or music, with ranges.', { file: 'audio/*' }, { params: projectParamsSchema, query: cut.downloadQuerySchema }),
  removeSound: { method: 'DELETE', path: '/api/projects/{projectId}/sound', does: 'Takes it away.', params: projectParamsSchema, answer: projects.projectDetailSchema },
  makeFilm: { method: 'POST', path: '/api/projects/{projectId}/film', does: 'Cuts the film. Spends nothing.', params: projectParamsSchema, body: cut.makeFilmSchema, answer: making.jobSchema, status: 202 },
  filmFile: getBy('/api/projects/{projectId}/film', 'The film as it was last cut here, with ranges.', { file: 'video/mp4' }, { params: projectParamsSchema, query: cut.downloadQuerySchema }),
  makeAnimatic: { method: 'POST', path: '/api/projects/{projectId}/animatic', does: 'Draws the film, to time and judge it by. Spends nothing.', params: projectParamsSchema, body: cut.makeAnimaticSchema, answer: making.jobSchema, status: 202 },
  animaticFile: getBy('/api/projects/{projectId}/animatic', 'The animatic as it was last drawn, with ranges.', { file: 'video/mp4' }, { params: projectParamsSchema, query: cut.downloadQuerySchema }),
  sheetFile: getBy('/api/projects/{projectId}/storyboard', 'The storyboard of the animatic, as PDF.', { file: 'application/pdf' }, { params: projectParamsSchema, query: cut.downloadQuerySchema }),
  makeHandOff: { method: 'POST', path: '/api/projects/{projectId}/handoff', does: 'Makes the folder for an editor.', params: projectParamsSchema, body: cut.makeFilmSchema, answer: making.jobSchema, status: 202 },
  handOffFile: getBy('/api/projects/{projectId}/handoff', 'That folder as a ZIP.', { file: 'application/zip' }, { params: projectParamsSchema }),
  clipsFile: getBy('/api/projects/{projectId}/clips', 'Every ready take, named by slate, as a ZIP.', { file: 'application/zip' }, { params: projectParamsSchema }),
  subtitlesFile: getBy('/api/projects/{projectId}/subtitles/{format}', 'The lines of the film as it is cut.', { file: 'text/*' }, { params: projectParamsSchema.extend({ format: z.enum(['srt', 'vtt']) }) }),

  listKeys: getBy('/api/keys', 'Where keys are kept, made unreadable.', pageOf(settings.keyPlaceSchema), { query: pageQuerySchema }),
  setKey: { method: 'PUT', path: '/api/keys', does: 'Keeps a key. It is never sent back.', body: settings.setKeySchema, answer: settings.keySavedSchema },
  removeKeys: { method: 'DELETE', path: '/api/keys', does: 'Forgets the kept keys.', answer: z.strictObject({ removed: z.array(z.enum(['keychain', 'file'])) }) },
  checkKey: { method: 'POST', path: '/api/keys/check', does: 'Asks Kling whether it takes the key; free of charge.', answer: settings.keyCheckSchema },
  getPreferences: get('/api/preferences', 'What new films begin with.', settings.preferencesSchema),
  setPreferences: { method: 'PUT', path: '/api/preferences', does: 'Changes that.', body: settings.preferencesSchema, answer: settings.preferencesSchema },
  cacheSize: get('/api/cache', 'How many clips are kept, and how large they are.', settings.cacheSizeSchema),
  pruneCache: { method: 'POST', path: '/api/cache/prune', does: 'Removes clips that no film uses.', body: settings.pruneSchema, answer: settings.prunedSchema },
  verifyCache: { method: 'POST', path: '/api/cache/verify', does: 'Reads every clip.', answer: making.jobSchema, status: 202 },
  recover: { method: 'POST', path: '/api/recover', does: 'Brings our clips of the last 30 days here from the account; spends nothing.', answer: making.jobSchema, status: 202 },
  listModels: getBy('/api/models', 'Every Kling model.', pageOf(settings.modelSchema), { query: pageQuerySchema.extend(settings.allModelsQuerySchema.shape) }),
  diagnostics: getBy('/api/diagnostics', 'What works on this machine; shows no secret.', pageOf(settings.findingSchema), { query: pageQuerySchema }),
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
type Table = typeof ROUTES;

type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;
type ReadOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Member<Name extends RouteName, Key extends string> = Table[Name] extends Record<Key, infer Value> ? Value : undefined;

/** What a caller sends and gets, by route. */
export type ApiCalls = {
  [Name in RouteName]: {
    params: InputOf<Member<Name, 'params'>>;
    query: InputOf<Member<Name, 'query'>>;
    body: Member<Name, 'upload'> extends undefined ? InputOf<Member<Name, 'body'>> : Uint8Array;
    answer: ReadOf<Member<Name, 'answer'>>;
  };
};

/** The same as a handler reads it: checked, defaults filled in. */
export interface ReadCall<Name extends RouteName> {
  params: ReadOf<Member<Name, 'params'>>;
  query: ReadOf<Member<Name, 'query'>>;
  body: Member<Name, 'upload'> extends undefined ? ReadOf<Member<Name, 'body'>> : Uint8Array;
}
