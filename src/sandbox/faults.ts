import { REFUSALS, type Refusal } from './refusals.ts';

/** The moment in a request at which a fault strikes. */
export type FaultMoment = 'create-arrives' | 'create-checked' | 'create-accepted' | 'read' | 'download';

/** What happens then. */
export type FaultEffect =
  | { do: 'reset' } // the connection is reset without an answer
  | { do: 'hang' } // no answer ever; the connection stays open
  | { do: 'html'; httpStatus: number } // a gateway's page in place of Kling's JSON
  | { do: 'refuse'; refusal: Refusal }
  | { do: 'fail-task' } // accepted, and fails later by moderation
  | { do: 'omit-videos' } // succeed, with an empty list of videos
  | { do: 'cut' } // half of the promised bytes, then a reset
  | { do: 'garbage' } // the promised number of bytes, none of them the clip's
  | { do: 'not-found' };

interface Fault {
  moment: FaultMoment;
  effect: FaultEffect;
}

/** Everything that can be made to go wrong, as a table: kind -> when and what. A new fault is a line here. */
const FAULTS = {
  'create-reset-before': { moment: 'create-arrives', effect: { do: 'reset' } },
  'create-5xx-before': { moment: 'create-arrives', effect: { do: 'refuse', refusal: REFUSALS.unavailable } },
  'status-1302': { moment: 'create-checked', effect: { do: 'refuse', refusal: REFUSALS.rate } },
  'status-1303': { moment: 'create-checked', effect: { do: 'refuse', refusal: REFUSALS.slots } },
  'status-1102': { moment: 'create-checked', effect: { do: 'refuse', refusal: REFUSALS.balance } },
  'status-1301': { moment: 'create-checked', effect: { do: 'refuse', refusal: REFUSALS.moderated } },
  'task-failed-moderation': { moment: 'create-checked', effect: { do: 'fail-task' } },
  'create-reset-after': { moment: 'create-accepted', effect: { do: 'reset' } },
  'create-502-after': { moment: 'create-accepted', effect: { do: 'html', httpStatus: 502 } },
  'create-slow-after': { moment: 'create-accepted', effect: { do: 'hang' } },
  'poll-502': { moment: 'read', effect: { do: 'html', httpStatus: 502 } },
  'succeed-without-videos': { moment: 'read', effect: { do: 'omit-videos' } },
  'download-cut': { moment: 'download', effect: { do: 'cut' } },
  'download-garbage': { moment: 'download', effect: { do: 'garbage' } },
  'download-404': { moment: 'download', effect: { do: 'not-found' } },
} as const satisfies Record<string, Fault>;

export type FaultKind = keyof typeof FAULTS;

export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];

export interface FaultOptions {
  /** How many requests it strikes; default 1, Infinity for all. */
  times?: number;
  /** Strikes only tasks whose prompt contains this text. Default: any. */
  prompt?: string;
}

/** A fault that strikes now. */
export interface StruckFault {
  kind: FaultKind;
  effect: FaultEffect;
}

export interface FaultQueue {
  failNext(kind: FaultKind, options?: FaultOptions): void;
  /**
   * Takes the fault for this moment, oldest first, and uses up one of its times.
   * @param prompts of the task or tasks the request is about; empty when it cannot be read.
   * @param accepts which effects can strike here; others stay queued. Default all.
   */
  take(moment: FaultMoment, prompts: readonly string[], accepts?: (effect: FaultEffect) => boolean): StruckFault | undefined;
}

/** Faults waiting for their moment. In this process only: another sandbox on the same folder has its own. */
export function createFaultQueue(): FaultQueue {
  const waiting: { kind: FaultKind; left: number; prompt: string | undefined }[] = [];
  return {
    failNext(kind, options = {}) {
      const left = options.times ?? 1;
      if (!(left > 0)) throw new RangeError(`failNext: times must be more than 0, not ${left}`);
      waiting.push({ kind, left, prompt: options.prompt });
    },
    take(moment, prompts, accepts = () => true) {
      const found = waiting.find(({ kind, prompt }) => {
        const fault: Fault = FAULTS[kind];
        return (
          fault.moment === moment &&
          accepts(fault.effect) &&
          (prompt === undefined || prompts.some((text) => text.includes(prompt)))
        );
      });
      if (found === undefined) return undefined;
      found.left -= 1;
      if (found.left <= 0) waiting.splice(waiting.indexOf(found), 1);
      return { kind: found.kind, effect: FAULTS[found.kind].effect };
    },
  };
}
