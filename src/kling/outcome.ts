/**
 * What became of a call, in one table. The question it answers is about money: may a create be sent again?
 * - `unsent`: nothing can have arrived; send it again.
 * - `refused`: Kling decided against it, and nothing was made or charged; do what `action` says.
 * - `unknown`: it may have been taken; look it up by its external id before anything else.
 */
export type KlingOutcome = 'unsent' | 'refused' | 'unknown';

/**
 * What a refusal asks for. `fix-input`: change the request. `wait-slot`: all slots of the account are busy, wait for
 * one. `slow-down`: too many calls. `stop-account`: no money, no right; a person must act. `renew`: the credential was
 * not taken; with a pair of keys sign a new token once. `already-exists`: the external id is taken, look it up.
 * `not-found`: there is no such task.
 */
export type KlingAction = 'fix-input' | 'wait-slot' | 'slow-down' | 'stop-account' | 'renew' | 'already-exists' | 'not-found';

export type KlingDecision = { outcome: 'unsent' } | { outcome: 'unknown' } | { outcome: 'refused'; action: KlingAction };

/** Stable names of everything that can go wrong; texts for people are keyed on them. */
export type KlingErrorCode =
  | 'KLING_REQUEST_INVALID'
  | 'KLING_UNREACHABLE'
  | 'KLING_ANSWER_LOST'
  | 'KLING_ANSWER_UNREADABLE'
  | 'KLING_CODE_UNKNOWN'
  | 'KLING_AUTHENTICATION_FAILED'
  | 'KLING_AUTHORIZATION_MISSING'
  | 'KLING_AUTHORIZATION_INVALID'
  | 'KLING_TOKEN_NOT_YET_VALID'
  | 'KLING_TOKEN_EXPIRED'
  | 'KLING_ACCOUNT_EXCEPTION'
  | 'KLING_ACCOUNT_IN_ARREARS'
  | 'KLING_BALANCE_EMPTY'
  | 'KLING_NO_PERMISSION'
  | 'KLING_PARAMETERS_INVALID'
  | 'KLING_VALUE_INVALID'
  | 'KLING_MODEL_DISCONTINUED'
  | 'KLING_EXTERNAL_ID_TAKEN'
  | 'KLING_TASK_NOT_FOUND'
  | 'KLING_METHOD_INVALID'
  | 'KLING_RESOURCE_NOT_FOUND'
  | 'KLING_POLICY_REFUSED'
  | 'KLING_CONTENT_REFUSED'
  | 'KLING_RATE_LIMITED'
  | 'KLING_SLOTS_FULL'
  | 'KLING_IP_NOT_ALLOWED'
  | 'KLING_INTERNAL_ERROR'
  | 'KLING_UNAVAILABLE'
  | 'KLING_INTERNAL_TIMEOUT';

export interface KlingVerdict {
  code: KlingErrorCode;
  decision: KlingDecision;
}

const UNKNOWN: KlingDecision = { outcome: 'unknown' };
const refused = (action: KlingAction): KlingDecision => ({ outcome: 'refused', action });

export interface KlingCodeRow extends KlingVerdict {
  /** The HTTP status that Kling documents for it. The code decides, not the status, but for 5xx. */
  httpStatus: number;
}

/** Kling's documented service codes, all of them. 429 alone means five things, so the status never decides. */
export const KLING_ERROR_CODES: Readonly<Record<number, KlingCodeRow>> = {
  1000: { httpStatus: 401, code: 'KLING_AUTHENTICATION_FAILED', decision: refused('renew') },
  1001: { httpStatus: 401, code: 'KLING_AUTHORIZATION_MISSING', decision: refused('renew') },
  1002: { httpStatus: 401, code: 'KLING_AUTHORIZATION_INVALID', decision: refused('renew') },
  1003: { httpStatus: 401, code: 'KLING_TOKEN_NOT_YET_VALID', decision: refused('renew') },
  1004: { httpStatus: 401, code: 'KLING_TOKEN_EXPIRED', decision: refused('renew') },
  1100: { httpStatus: 429, code: 'KLING_ACCOUNT_EXCEPTION', decision: refused('stop-account') },
  1101: { httpStatus: 429, code: 'KLING_ACCOUNT_IN_ARREARS', decision: refused('stop-account') },
  1102: { httpStatus: 429, code: 'KLING_BALANCE_EMPTY', decision: refused('stop-account') },
  1103: { httpStatus: 403, code: 'KLING_NO_PERMISSION', decision: refused('stop-account') },
  1200: { httpStatus: 400, code: 'KLING_PARAMETERS_INVALID', decision: refused('fix-input') },
  1201: { httpStatus: 400, code: 'KLING_VALUE_INVALID', decision: refused('fix-input') },
  1202: { httpStatus: 404, code: 'KLING_METHOD_INVALID', decision: refused('fix-input') },
  1203: { httpStatus: 404, code: 'KLING_RESOURCE_NOT_FOUND', decision: refused('fix-input') },
  1300: { httpStatus: 400, code: 'KLING_POLICY_REFUSED', decision: refused('fix-input') },
  1301: { httpStatus: 400, code: 'KLING_CONTENT_REFUSED', decision: refused('fix-input') },
  1302: { httpStatus: 429, code: 'KLING_RATE_LIMITED', decision: refused('slow-down') },
  1303: { httpStatus: 429, code: 'KLING_SLOTS_FULL', decision: refused('wait-slot') },
  1304: { httpStatus: 429, code: 'KLING_IP_NOT_ALLOWED', decision: refused('stop-account') },
  5000: { httpStatus: 500, code: 'KLING_INTERNAL_ERROR', decision: UNKNOWN },
  5001: { httpStatus: 503, code: 'KLING_UNAVAILABLE', decision: UNKNOWN },
  5002: { httpStatus: 504, code: 'KLING_INTERNAL_TIMEOUT', decision: UNKNOWN },
};

/** 1201 says many things in one code, so these texts decide. Anything else stays "a value is wrong". */
const TEXTS_OF_1201: readonly { pattern: RegExp; only?: 'create' | 'read'; verdict: KlingVerdict }[] = [
  // Only a read can miss a task; a create that says so complains about a value in it.
  { pattern: /^\s*task not found\b/i, only: 'read', verdict: { code: 'KLING_TASK_NOT_FOUND', decision: refused('not-found') } },
  { pattern: /\bexternal_task_id\b.*\balready exists?\b/is, only: 'create', verdict: { code: 'KLING_EXTERNAL_ID_TAKEN', decision: refused('already-exists') } },
];

/** Kling's text for a shut model. Its HTTP status and code were never recorded, so the text decides under any code. */
const DISCONTINUED = /\bhas been discontinued\b/i;

export interface KlingAnswer {
  httpStatus: number;
  /** `code` of the envelope; `undefined` when the body held no envelope. */
  klingCode: number | undefined;
  message: string;
  call: 'create' | 'read';
}

/** The one place where an answer of Kling's that is no success is judged. */
export function judgeAnswer({ httpStatus, klingCode, message, call }: KlingAnswer): KlingVerdict {
  const row = klingCode === undefined ? undefined : KLING_ERROR_CODES[klingCode];
  if (klingCode === undefined || klingCode === 0) return { code: 'KLING_ANSWER_UNREADABLE', decision: UNKNOWN };
  // A 5xx comes from a server that did not get to the end, whatever it says.
  if (httpStatus >= 500) return { code: row?.decision.outcome === 'unknown' ? row.code : 'KLING_INTERNAL_ERROR', decision: UNKNOWN };
  if (DISCONTINUED.test(message) && row?.decision.outcome !== 'unknown') return { code: 'KLING_MODEL_DISCONTINUED', decision: refused('fix-input') };
  if (klingCode === 1201) {
    const text = TEXTS_OF_1201.find(({ pattern, only }) => (only === undefined || only === call) && pattern.test(message));
    if (text !== undefined) return text.verdict;
  }
  // A code that Kling added since: it decided something, but not knowing what, a create is looked up first.
  return row === undefined ? { code: 'KLING_CODE_UNKNOWN', decision: UNKNOWN } : { code: row.code, decision: row.decision };
}
