import { REFUSALS, TASK_FAILURES, type Refusal } from './refusals.ts';

/**
 * The moments of a request at which a fault can strike; at each, at most one does. A create passes `create-arrives`,
 * `create-checked`, then (accepted) the three `task-…` ones and `create-accepted`; a poll `read-arrives`,
 * `read-answered` and, when a task of it has succeeded, `read-succeeded`; a clip's URL `download`.
 */
export type FaultMoment =
  | 'create-arrives'
  | 'create-checked'
  | 'task-ends'
  | 'task-waits'
  | 'task-shows'
  | 'create-accepted'
  | 'read-arrives'
  | 'read-answered'
  | 'read-succeeded'
  | 'download';

/** What happens then. */
export type FaultEffect =
  | { do: 'reset' } // the connection is reset without an answer
  | { do: 'wait' } // nothing for the fault's `ms`, then as if nothing had been
  | { do: 'html'; httpStatus: number } // a gateway's page in place of Kling's JSON
  | { do: 'half' } // the first half of the right answer, then the connection is cut
  | { do: 'refuse'; refusal: Refusal }
  | { do: 'retire' } // refused as a model that has been discontinued
  | { do: 'fail-task'; failure: string; bill: 'unsaid' | 'nothing' | 'price' }
  | { do: 'charge-more'; units: number } // succeeds, and costs so much more than its price
  | { do: 'stick' } // stays `submitted` for the fault's `ms`
  | { do: 'hide' } // exists and is charged, but no look-up and no list shows it for the fault's `ms`
  | { do: 'omit-videos' } // succeed, with an empty list of videos
  | { do: 'cut' } // half of the promised bytes, then the connection is cut
  | { do: 'more' } // more bytes than promised
  | { do: 'garbage' } // the promised number of bytes, none of them the clip's
  | { do: 'half-file' } // the first half of the file, promised as the whole
  | { do: 'shorter' } // a clip that plays, of half the length
  | { do: 'page' } // a web page in place of the clip, with status 200
  | { do: 'plain'; httpStatus: number; text: string };

export interface Fault {
  moment: FaultMoment;
  effect: FaultEffect;
  /** For effects with a length in time: when the caller gives none. Infinity: for ever. */
  defaultMs?: number;
}

const create = (refusal: Refusal): Fault => ({ moment: 'create-checked', effect: { do: 'refuse', refusal } });
const createAuth = (refusal: Refusal): Fault => ({ moment: 'create-arrives', effect: { do: 'refuse', refusal } });
const read = (refusal: Refusal): Fault => ({ moment: 'read-arrives', effect: { do: 'refuse', refusal } });
const taskFails = (failure: string, bill: 'unsaid' | 'nothing' | 'price'): Fault => ({ moment: 'task-ends', effect: { do: 'fail-task', failure, bill } });
const download = (effect: FaultEffect): Fault => ({ moment: 'download', effect });
const EVER = Number.POSITIVE_INFINITY;

/** Everything that can be made to go wrong, as a table: kind -> when and what. A new fault is a line here. */
export const FAULTS = {
  // Before Kling took it.
  'create-reset-before': { moment: 'create-arrives', effect: { do: 'reset' } },
  'create-5xx-before': { moment: 'create-arrives', effect: { do: 'refuse', refusal: REFUSALS.unavailable } },
  'create-502-before': { moment: 'create-arrives', effect: { do: 'html', httpStatus: 502 } },
  'create-slow-before': { moment: 'create-arrives', effect: { do: 'wait' }, defaultMs: EVER },
  'status-1000': createAuth(REFUSALS.authenticationFailed),
  'status-1001': createAuth(REFUSALS.authorizationEmpty),
  'status-1002': createAuth(REFUSALS.apiKeyNotFound),
  'status-1003': createAuth(REFUSALS.tokenNotYetValid),
  'status-1004': createAuth(REFUSALS.tokenExpired),

  // Refused: nothing made, nothing charged.
  'status-1100': create(REFUSALS.accountException),
  'status-1101': create(REFUSALS.arrears),
  'status-1102': create(REFUSALS.balance),
  'status-1103': create(REFUSALS.noPermission),
  'status-1200': create(REFUSALS.parametersInvalid),
  'status-1300': create(REFUSALS.policy),
  'status-1301': create(REFUSALS.moderated),
  'status-1302': create(REFUSALS.rate),
  'status-1303': create(REFUSALS.slots),
  'status-1304': create(REFUSALS.ipNotAllowed),
  'model-retired': { moment: 'create-checked', effect: { do: 'retire' } },

  // Accepted, and the task goes another way.
  'task-failed-moderation': taskFails(TASK_FAILURES.moderated, 'unsaid'),
  'task-failed-image': taskFails(TASK_FAILURES.pictureShape, 'unsaid'),
  'task-failed-internal': taskFails(TASK_FAILURES.internal, 'unsaid'),
  'task-failed-free': taskFails(TASK_FAILURES.internal, 'nothing'),
  'task-failed-charged': taskFails(TASK_FAILURES.internal, 'price'),
  'task-charged-more': { moment: 'task-ends', effect: { do: 'charge-more', units: 2 } },
  'task-stuck': { moment: 'task-waits', effect: { do: 'stick' }, defaultMs: EVER },
  'create-hidden': { moment: 'task-shows', effect: { do: 'hide' }, defaultMs: 5000 },

  // Accepted, and the answer is lost.
  'create-reset-after': { moment: 'create-accepted', effect: { do: 'reset' } },
  'create-502-after': { moment: 'create-accepted', effect: { do: 'html', httpStatus: 502 } },
  'create-5xx-after': { moment: 'create-accepted', effect: { do: 'refuse', refusal: REFUSALS.internalTimeout } },
  'create-half-after': { moment: 'create-accepted', effect: { do: 'half' } },
  'create-slow-after': { moment: 'create-accepted', effect: { do: 'wait' }, defaultMs: EVER },

  // Polls: a look-up by id, a list, `GET /tasks`.
  'poll-reset': { moment: 'read-arrives', effect: { do: 'reset' } },
  'poll-502': { moment: 'read-arrives', effect: { do: 'html', httpStatus: 502 } },
  'poll-5xx': read(REFUSALS.unavailable),
  'poll-1000': read(REFUSALS.authenticationFailed),
  'poll-1001': read(REFUSALS.authorizationEmpty),
  'poll-1002': read(REFUSALS.apiKeyNotFound),
  'poll-1003': read(REFUSALS.tokenNotYetValid),
  'poll-1004': read(REFUSALS.tokenExpired),
  'poll-1302': read(REFUSALS.rate),
  'poll-half': { moment: 'read-answered', effect: { do: 'half' } },
  'poll-slow': { moment: 'read-answered', effect: { do: 'wait' }, defaultMs: EVER },
  'succeed-without-videos': { moment: 'read-succeeded', effect: { do: 'omit-videos' } },

  // Downloads.
  'download-reset': download({ do: 'reset' }),
  'download-cut': download({ do: 'cut' }),
  'download-more': download({ do: 'more' }),
  'download-garbage': download({ do: 'garbage' }),
  'download-half': download({ do: 'half-file' }),
  'download-shorter': download({ do: 'shorter' }),
  'download-html': download({ do: 'page' }),
  'download-403': download({ do: 'plain', httpStatus: 403, text: 'This link has expired.' }),
  'download-404': download({ do: 'plain', httpStatus: 404, text: 'There is no such file.' }),
  'download-5xx': download({ do: 'plain', httpStatus: 503, text: 'Try again later.' }),
  'download-slow': { ...download({ do: 'wait' }), defaultMs: EVER },
} as const satisfies Record<string, Fault>;

/** What can be made to go wrong; docs/sandbox.md says what each does. */
export type FaultKind = keyof typeof FAULTS;

export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULTS, text);
}

/** How long a fault of this kind lasts when nobody says; Infinity for ever, and for kinds without a length. */
export function defaultMsOf(kind: FaultKind): number {
  const fault: Fault = FAULTS[kind];
  return fault.defaultMs ?? Number.POSITIVE_INFINITY;
}
