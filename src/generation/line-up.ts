/** Works that are started in order, a few at a time. */
export interface LineUp<Item, Result> {
  /** Resolves when all are over, in the order in which they were started. Never rejects. */
  done: Promise<PromiseSettledResult<Result>[]>;
  /** An item whose work goes on takes no place any more: the next may start. Harmless when it took none. */
  passed(item: Item): void;
  /** Starts those that have not been started now, before all others and beyond the places: a person waits for them. */
  first(which: (item: Item) => boolean): void;
  /** Those whose turn has not come; once `done` has resolved, those that the signal kept from being started. */
  notStarted(): readonly Item[];
}

/**
 * Starts `work` for the items in their order, with `atOnce` of them taking a place: ten thousand at once would be a heap of
 * promises. @param signal once it is aborted none is started any more.
 */
export function lineUp<Item, Result>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<Result>, signal?: AbortSignal): LineUp<Item, Result> {
  let waiting = [...items];
  const inPlace = new Set<Item>();
  const started: Promise<PromiseSettledResult<Result>>[] = [];
  const passed = (item: Item) => {
    if (inPlace.delete(item)) fill();
  };
  const start = (item: Item) => {
    inPlace.add(item);
    started.push(settled(work(item)).finally(() => passed(item)));
  };
  const fill = () => {
    while (inPlace.size < atOnce && signal?.aborted !== true) {
      const item = waiting.shift();
      if (item === undefined) return;
      start(item);
    }
  };
  fill();
  return {
    done: allOf(started),
    passed,
    first(which) {
      if (signal?.aborted === true) return;
      const now = waiting.filter(which);
      waiting = waiting.filter((item) => !which(item));
      for (const item of now) start(item);
    },
    notStarted: () => waiting,
  };
}

async function settled<Result>(work: Promise<Result>): Promise<PromiseSettledResult<Result>> {
  try {
    return { status: 'fulfilled', value: await work };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}

/** The list grows while it is waited for: whoever ends makes room for the next before its promise resolves. */
async function allOf<Result>(started: readonly Promise<Result>[]): Promise<Result[]> {
  const results: Result[] = [];
  for (let index = 0; index < started.length; index += 1) results.push(await (started[index] as Promise<Result>));
  return results;
}
