import type { RouteName } from '../protocol/api/index.ts';

/**
 * What is answered one at a time: on one film, what reads it and writes it again, so that of two people who save at once one is
 * told; and for all films, what takes a title.
 */
export const IN_TURN: Readonly<Partial<Record<RouteName, 'film' | 'titles'>>> = {
  changeScript: 'film',
  rereadScript: 'film',
  changeCast: 'film',
  changeShot: 'film',
  changeShots: 'film',
  changeCut: 'film',
  resetCut: 'film',
  readCut: 'film',
  generate: 'film',
  removeProject: 'film',
  createProject: 'titles',
  importProject: 'titles',
  duplicateProject: 'titles',
  restoreProject: 'titles',
  changeProject: 'titles',
};

/** The turn of what is done to one film. */
export const filmTurn = (projectId: string): string => `film ${projectId}`;

/** Work that may not happen at once, one after the other: on one film, or on the list of titles. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** Waits until everybody before has had their turn. @returns how to end it; ending twice is nothing. */
  async take(name: string): Promise<() => void> {
    const before = this.last.get(name);
    let end = () => {};
    const turn = new Promise<void>((ended) => {
      end = ended;
    });
    this.last.set(name, turn);
    await before;
    return () => {
      if (this.last.get(name) === turn) this.last.delete(name);
      end();
    };
  }

  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const end = await this.take(name);
    try {
      return await work();
    } finally {
      end();
    }
  }
}
