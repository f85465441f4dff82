import { createHmac, timingSafeEqual } from 'node:crypto';

/** A path that opens one clip until `expiresAtMs` (whole seconds, rounded down) to whoever holds it. */
export function signClipPath(taskId: string, expiresAtMs: number, secret: Uint8Array): string {
  const expires = Math.floor(expiresAtMs / 1000);
  return `/clips/${taskId}.mp4?Expires=${expires}&Signature=${signature(taskId, String(expires), secret)}`;
}

/** True when the query is one that {@link signClipPath} made for this clip and its time has not passed. */
export function opensClip(taskId: string, query: URLSearchParams, secret: Uint8Array, nowMs: number): boolean {
  const expires = query.get('Expires') ?? '';
  const given = Buffer.from(query.get('Signature') ?? '');
  const right = Buffer.from(signature(taskId, expires, secret));
  return given.length === right.length && timingSafeEqual(given, right) && nowMs < Number(expires) * 1000;
}

function signature(taskId: string, expires: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(`${taskId}\n${expires}`).digest('hex');
}
