/** How long tasks take at the sandbox, said in a way that can be sent to another process. */
export type DurationPlan =
  /** Every task the same. */
  | { kind: 'fixed'; ms: number }
  /** Log-normal, as Kling's are; drawn by the prompt, so that every contestant's shot 17 takes equally long. */
  | { kind: 'log-normal'; medianMs: number; sigma: number; seed: string }
  /** Shots up to a number end at once, the others after a time. */
  | { kind: 'by-shot'; upTo: number; laterMs: number };

/** The words of a shot; its number stands in it, so that the sandbox can tell shots apart. @param shot from 1. */
export function promptOf(shot: number, film = 'film'): string {
  return `Clip ${shot} of the ${film}: a paper kite over a grey beach, slow camera.`;
}

export function shotOf(prompt: string): number {
  return Number(/^Clip (\d+) /.exec(prompt)?.[1] ?? Number.NaN);
}

/** Milliseconds from a create to its task's end. */
export function durationOf(plan: DurationPlan, prompt: string): number {
  switch (plan.kind) {
    case 'fixed':
      return plan.ms;
    case 'log-normal':
      return Math.round(plan.medianMs * Math.exp(plan.sigma * normal(`${plan.seed} ${prompt}`)));
    case 'by-shot':
      return shotOf(prompt) <= plan.upTo ? 0 : plan.laterMs;
    default:
      return plan satisfies never;
  }
}

/** A standard normal number for a text: Box and Muller's way; beyond three deviations it is cut. */
function normal(text: string): number {
  const z = Math.sqrt(-2 * Math.log(1 - fraction(`${text} radius`))) * Math.cos(2 * Math.PI * fraction(`${text} angle`));
  return Math.max(-3, Math.min(3, z));
}

/** 0 to less than 1, spread evenly: FNV-1a, then MurmurHash3's last mixing (both public domain). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
