import { randomUUID } from 'node:crypto';
import type { FaultMoment, FaultQueue } from './faults.ts';
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

/** The broken answer that a fault puts in place of the right one; undefined when none strikes at this moment. */
export function strike(faults: FaultQueue, moment: FaultMoment, prompts: readonly string[]): Reply | undefined {
  // Other effects change an answer instead of replacing it; whoever makes that answer takes them.
  const struck = faults.take(moment, prompts, (effect) => ['reset', 'hang', 'html', 'refuse'].includes(effect.do));
  switch (struck?.effect.do) {
    case 'reset':
    case 'hang':
      return { kind: struck.effect.do, fault: struck.kind };
    case 'html':
      return { kind: 'text', httpStatus: struck.effect.httpStatus, contentType: 'text/html', text: GATEWAY_PAGE, fault: struck.kind };
    case 'refuse':
      return { ...refused(struck.effect.refusal), fault: struck.kind };
    default:
      return undefined;
  }
}
