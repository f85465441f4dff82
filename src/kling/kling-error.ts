import { StudioError } from '../lib/errors.ts';
import type { RequestProblem } from './request-problem.ts';
import { KLING_ERROR_TEXTS, READ_UNKNOWN_NEXT, type KlingLocale } from './error-texts.ts';
import type { KlingAction, KlingDecision, KlingErrorCode, KlingOutcome } from './outcome.ts';

/**
 * Closed: a switch over it ends. `invalid-request`: our own check, nothing sent. `unsent`: the connection never stood.
 * `refused`: Kling said no. `unknown`: it can't be told what happened.
 */
export type KlingErrorKind = 'invalid-request' | 'unsent' | 'refused' | 'unknown';

export interface KlingErrorFacts {
  code: KlingErrorCode;
  decision: KlingDecision;
  /** Method and path, e.g. `POST /v1/videos/text2video`; no query and no host. */
  tried: string;
  call: 'create' | 'read';
  /** Kling's own words, or what the network said; already free of secrets. */
  said?: string;
  klingCode?: number;
  httpStatus?: number;
  requestId?: string;
  retryAfterMs?: number;
  serverTimeMs?: number;
  problems?: readonly RequestProblem[];
  cause?: Error;
}

/**
 * Everything that goes wrong between us and Kling. The caller's own abort is not among it: that comes back unchanged,
 * and a create that was aborted may have arrived.
 */
export class KlingError extends StudioError {
  override readonly name = 'KlingError';
  declare readonly code: KlingErrorCode;
  readonly kind: KlingErrorKind;
  /** What it means for sending again; `action` and `outcome` are its parts. */
  readonly decision: KlingDecision;
  readonly outcome: KlingOutcome;
  /** Only of a refusal. */
  readonly action: KlingAction | undefined;
  readonly tried: string;
  /** Kling's own words. */
  readonly said: string | undefined;
  readonly klingCode: number | undefined;
  readonly httpStatus: number | undefined;
  /** To quote to Kling's support; some answers have none. */
  readonly requestId: string | undefined;
  /** From a `Retry-After` header, which Kling does not document. */
  readonly retryAfterMs: number | undefined;
  /** Kling's clock by the answer's `Date` header, in milliseconds since 1970; whole seconds. */
  readonly serverTimeMs: number | undefined;
  /** Every reason, when our own check refused the request. */
  readonly problems: readonly RequestProblem[];
  readonly #facts: KlingErrorFacts;

  constructor(facts: KlingErrorFacts) {
    super(facts.code, describe(facts, 'en'), {
      next: nextOf(facts, 'en'),
      cause: facts.cause,
      detail: Object.fromEntries(
        Object.entries({
          tried: facts.tried,
          klingCode: facts.klingCode,
          httpStatus: facts.httpStatus,
          requestId: facts.requestId,
          said: facts.said,
          problems: facts.problems,
        }).filter(([, value]) => value !== undefined),
      ),
    });
    this.decision = facts.decision;
    this.outcome = facts.decision.outcome;
    this.action = facts.decision.outcome === 'refused' ? facts.decision.action : undefined;
    this.kind = facts.code === 'KLING_REQUEST_INVALID' ? 'invalid-request' : facts.decision.outcome;
    this.tried = facts.tried;
    this.said = facts.said;
    this.klingCode = facts.klingCode;
    this.httpStatus = facts.httpStatus;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
    this.serverTimeMs = facts.serverTimeMs;
    this.problems = facts.problems ?? [];
    this.#facts = facts;
  }

  /** The message and what to do next in another language; English for one that is not there. */
  localizedMessage(locale: string): { message: string; next: string } {
    const language: KlingLocale = locale.toLowerCase().startsWith('de') ? 'de' : 'en';
    return { message: describe(this.#facts, language), next: nextOf(this.#facts, language) };
  }
}

function describe(facts: KlingErrorFacts, locale: KlingLocale): string {
  const { what } = KLING_ERROR_TEXTS[facts.code][locale];
  if (facts.problems !== undefined && facts.problems.length > 0) {
    const reasons = facts.problems.map(({ message, fix }) => (fix === undefined ? message : `${message}; ${fix}`));
    return `${what}: ${reasons.join('. ')}.`;
  }
  const words = { en: { request: 'request' }, de: { request: 'Anfrage' } }[locale];
  const numbers = [
    facts.httpStatus === undefined ? undefined : `HTTP ${facts.httpStatus}`,
    facts.klingCode === undefined ? undefined : `code ${facts.klingCode}`,
    facts.requestId === undefined ? undefined : `${words.request} ${facts.requestId}`,
  ].filter((part) => part !== undefined);
  const tail = [facts.tried, ...numbers].join(', ');
  return `${what}${facts.said === undefined || facts.said === '' ? '' : `: ${facts.said.replace(/\.$/, '')}`} (${tail}).`;
}

function nextOf(facts: KlingErrorFacts, locale: KlingLocale): string {
  if (facts.call === 'read' && facts.decision.outcome === 'unknown') return READ_UNKNOWN_NEXT[locale];
  return KLING_ERROR_TEXTS[facts.code][locale].next;
}
