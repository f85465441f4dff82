import type { HandOff, ProjectPrompt } from '../../store/index.ts';

/** Which shot a name means: as it went out with the last hand-off, else as shots are called today. */
export class HandedNames {
  private readonly ids: ReadonlySet<string>;
  private readonly bySlate: Map<string, string>;
  private readonly slates: Map<string, string>;
  private readonly handedOff: ReadonlySet<string> | undefined;

  constructor(prompts: readonly ProjectPrompt[], removed: readonly ProjectPrompt[], handOff: HandOff | undefined) {
    this.ids = new Set([...prompts, ...removed].map(({ id }) => id));
    this.bySlate = new Map([...prompts.map(({ name, id }) => [name, id] as const), ...Object.entries(handOff?.slates ?? {})]);
    this.slates = new Map([...Object.entries(handOff?.slates ?? {}).map(([slate, id]) => [id, slate] as const), ...prompts.map(({ name, id }) => [id, name] as const)]);
    this.handedOff = handOff && new Set(Object.values(handOff.slates));
  }

  idOf({ shotId, slate }: { shotId?: string; slate: string }): string | undefined {
    if (shotId !== undefined && this.ids.has(shotId)) return shotId;
    const id = this.bySlate.get(slate);
    return id !== undefined && this.ids.has(id) ? id : undefined;
  }

  slateOf(id: string): string {
    return this.slates.get(id) ?? id;
  }

  wereHandedOff(id: string): boolean {
    return this.handedOff === undefined || this.handedOff.has(id);
  }
}
