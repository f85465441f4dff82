/** A finished clip at Kling. Addresses die 30 days after the task ended and need no key; never send it there. */
export interface KlingVideo {
  id?: string;
  url: string;
  /** Only when a watermarked file was asked for. */
  watermarkUrl?: string;
  /** Real length in seconds, e.g. 5.041 for 5. */
  durationS?: number;
}

export type KlingTaskStatus = 'submitted' | 'processing' | 'succeeded' | 'failed' | 'unrecognised';

/** A task at Kling, whichever of its two APIs told us. */
export interface KlingTask {
  /** A string of digits; longer than a number can hold. */
  taskId: string;
  externalTaskId?: string;
  /** `unrecognised`: a word Kling added since (see `rawStatus`); wait on. */
  status: KlingTaskStatus;
  rawStatus: string;
  /** Kling's reason when it failed, else empty. */
  statusMessage: string;
  /** Milliseconds since 1970. */
  createdAtMs?: number;
  updatedAtMs?: number;
  /** Normally one when it succeeded. None then is possible and worth a complaint. */
  videos: KlingVideo[];
  /** Units taken for it. Kling deducts when the task succeeds; absent until it says so. */
  billedUnits?: number;
  /** On accounts that pay in money: amounts as Kling spells them. */
  billedCash?: { amount: string; listPrice?: string; currency?: string }[];
  /** The answer as it came, for what is not read here. Holds signed addresses: keep it out of logs. */
  raw: unknown;
}

/** Nothing more will happen to it. */
export function isTerminal(task: KlingTask): boolean {
  return task.status === 'succeeded' || task.status === 'failed';
}

/** A pack of prepaid units. */
export interface ResourcePack {
  name: string;
  id: string;
  /** `decreasing_total` or `constant_period`. */
  type: string;
  totalUnits: number | undefined;
  /** Up to 12 hours old: never decide with it whether the next clip can be paid. */
  remainingUnits: number | undefined;
  purchasedAtMs: number | undefined;
  effectiveAtMs: number | undefined;
  invalidAtMs: number | undefined;
  /** `toBeOnline`, `online`, `expired` or `runOut`. */
  status: string;
}
