import { randomUUID } from 'node:crypto';
import type { StruckFault } from './fault-queue.ts';
import type { Refusal } from './refusals.ts';
import type { Reply } from './reply.ts';

/** Kling's envelope around data. */
export function succeeded(data: unknown): Reply {
  return { kind: 'json', httpStatus: 200, body: { code: 0, message: 'SUCCEED', request_id: randomUUID(), data } };
}

/** Kling's envelope around a refusal: no data. */
export function refused({ httpStatus, code, message, withoutRequestId }: Refusal): Reply {
  const body = { code, message, ...(withoutRequestId !== true && { request_id: randomUUID() }) };
  return { kind: 'json', httpStatus, body };
}

const GATEWAY_PAGE = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n';

/** The right answer as a fault leaves it; unchanged without one, or for a fault that is about something else. */
export function spoil(right: Reply, struck: StruckFault | undefined): Reply {
  if (struck === undefined) return right;
  const { effect, kind: fault, ms } = struck;
  switch (effect.do) {
    case 'reset':
      return { kind: 'reset', fault };
    case 'wait':
      return { ...right, delayMs: ms, fault };
    case 'half':
      return right.kind === 'json' ? { ...right, half: true, fault } : right;
    case 'html':
      return { kind: 'text', httpStatus: effect.httpStatus, contentType: 'text/html', text: GATEWAY_PAGE, fault };
    case 'refuse':
      return { ...refused(effect.refusal), fault };
    default:
      // The rest change a task or a download; whoever makes those takes them.
      return { ...right, fault };
  }
}
