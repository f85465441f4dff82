import { loadShots } from '../generation/index.ts';
import type { FilmDrawings } from '../film/index.ts';
import type { ProjectSummary, ShotCard } from '../protocol/api/index.ts';
import { cardWithProgress } from '../protocol/card-progress.ts';
import type { ClipProgress } from '../protocol/clip-progress.ts';
import { isLastFrame, type Engine } from '../protocol/shot-settings.ts';
import { takesByShot, type Project, type ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import type { EventLog } from './event-log.ts';
import { cardOf, drawingsOf } from './views/card-view.ts';
import { summaryOf } from './views/project-view.ts';

/** A film as it is shown: every shot's card, by shot id in film order. */
export interface Board {
  project: Project;
  prompts: ReadonlyMap<string, ProjectPrompt>;
  cards: Map<string, ShotCard>;
  summary: ProjectSummary;
  drawings: FilmDrawings;
}

/** So many films are kept whole in memory; of the others only the summary. */
const MOST_BOARDS = 6;

/**
 * What the page shows of the films, read from the store and kept. Everything that changes here is said as an event in the
 * same turn: whoever takes the snapshot and listens from then on misses nothing and hears nothing twice.
 */
export class Boards {
  private readonly studio: () => Studio;
  private readonly log: EventLog;
  private readonly boards = new Map<string, Board>();
  private readonly summaries = new Map<string, ProjectSummary>();
  /** The last that was heard of each shot that is at work in this process. */
  private readonly heard = new Map<string, ClipProgress>();
  /** One reading of a film after the other: an older one must not write over a newer. */
  private readonly queues = new Map<string, Promise<unknown>>();
  /** Films that somebody watches, with how many do: they stay in memory. */
  private readonly watched = new Map<string, number>();
  private allRead: Promise<void> | undefined;

  constructor(studio: () => Studio, log: EventLog) {
    this.studio = studio;
    this.log = log;
  }

  /** A film's board, read when it is not there. @throws StudioError PROJECT_UNKNOWN. */
  async open(projectId: string): Promise<Board> {
    const there = this.boards.get(projectId);
    if (!there) return await this.read(projectId);
    // The last asked for is the last to go.
    this.boards.delete(projectId);
    this.boards.set(projectId, there);
    return there;
  }

  /** Every film, the last touched first. */
  async all(): Promise<ProjectSummary[]> {
    this.allRead ??= this.readAll();
    await this.allRead;
    return this.known();
  }

  /** What is known of all films now, in one turn. */
  known(): ProjectSummary[] {
    return [...this.summaries.values()].sort((one, other) => other.updatedAt.localeCompare(one.updatedAt));
  }

  /** The film of a shot, of those in memory. */
  filmOf(shotId: string): string | undefined {
    return [...this.boards].find(([, { prompts }]) => prompts.has(shotId))?.[0];
  }

  find(projectId: string): Board | undefined {
    return this.boards.get(projectId);
  }

  private async readAll(): Promise<void> {
    for (const { id } of await this.studio().store.projects.listProjects()) await this.refresh(id);
  }

  /** Reads a film anew and says what changed. A film that is gone is forgotten. */
  async refresh(projectId: string): Promise<void> {
    await this.read(projectId).catch((error: unknown) => {
      if (!isGone(error)) throw error;
      this.forget(projectId);
    });
  }

  forget(projectId: string): void {
    this.boards.delete(projectId);
    if (this.summaries.delete(projectId)) this.log.publish('projectGone', { projectId });
  }

  /** Reads the takes of some shots anew. */
  async refreshShots(projectId: string, shotIds: readonly string[]): Promise<void> {
    const board = this.boards.get(projectId);
    if (!board) return;
    // What a shot starts from is another clip, as the shot before it has another take now.
    const order = [...board.prompts.values()];
    const chosen = new Set(shotIds);
    const isFollowed = order.some(({ settings }, index) => isLastFrame(settings.startFrame) && chosen.has(order[index - 1]?.id ?? ''));
    if (isFollowed || shotIds.length > board.prompts.size / 4) {
      await this.refresh(projectId);
      return;
    }
    await this.inTurn(projectId, async () => {
      const { takes, ledger } = this.studio().store;
      const byShot = takesByShot(await takes.list(shotIds, board.project.engine));
      const spentUnits = await ledger.spentUnits(projectId, board.project.engine);
      const driven = ledger.drivenNow([...byShot.values()].flat().map(({ generation }) => generation));
      for (const shotId of shotIds) {
        const prompt = board.prompts.get(shotId);
        if (prompt) this.put(board, cardOf({ prompt, takes: byShot.get(shotId) ?? [], driven, heard: this.heard.get(shotId), drawings: board.drawings }));
      }
      this.sum(board, spentUnits);
    });
  }

  /** Takes in what the orchestrator says, before the store is read. */
  hear(projectId: string, engine: Engine, progress: ClipProgress): void {
    this.heard.set(progress.shotId, progress);
    const board = this.boards.get(projectId);
    const card = board?.cards.get(progress.shotId);
    // The card is put right in silence: the event says it already, and the next card says the same. That it is ready, its own card says.
    const now = board?.project.engine === engine && card && progress.status !== 'completed' ? cardWithProgress(card, progress) : undefined;
    if (now) board?.cards.set(progress.shotId, now);
    this.log.publish('clip', { ...progress, projectId, engine }, projectId);
  }

  /** A run is over: what was heard in it is old now. */
  hush(shotIds: Iterable<string>): void {
    for (const shotId of shotIds) this.heard.delete(shotId);
  }

  private async read(projectId: string): Promise<Board> {
    return await this.inTurn(projectId, async () => {
      const { store } = this.studio();
      const project = await store.projects.getProject(projectId);
      const prompts = await loadShots(store, project.engine, projectId);
      const takes = await store.takes.list(prompts.map(({ id }) => id), project.engine);
      const spentUnits = await store.ledger.spentUnits(projectId, project.engine);
      const driven = store.ledger.drivenNow(takes.map(({ generation }) => generation));
      const byShot = takesByShot(takes);
      const drawings = drawingsOf(project, prompts);
      const fresh = prompts.map((prompt) => cardOf({ prompt, takes: byShot.get(prompt.id) ?? [], driven, heard: this.heard.get(prompt.id), drawings }));
      const before = this.boards.get(projectId);
      const board: Board = { project, prompts: new Map(prompts.map((prompt) => [prompt.id, prompt])), cards: before?.cards ?? new Map<string, ShotCard>(), drawings, summary: summaryOf(project, fresh, spentUnits) };
      const samePlan = before !== undefined && before.cards.size === fresh.length && fresh.every(({ shotId }) => before.cards.has(shotId));
      if (before && !samePlan) this.log.publish('plan', { projectId, shotIds: fresh.map(({ shotId }) => shotId) }, projectId);
      if (before) for (const card of fresh) this.put(board, card);
      board.cards = new Map(fresh.map((card) => [card.shotId, card]));
      this.boards.set(projectId, board);
      this.sum(board, spentUnits);
      this.letGo();
      return board;
    });
  }

  /** Keeps a film in memory. @returns how to let it go. */
  hold(projectId: string): () => void {
    this.watched.set(projectId, (this.watched.get(projectId) ?? 0) + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (this.watched.get(projectId) ?? 1) - 1;
      if (left > 0) this.watched.set(projectId, left);
      else this.watched.delete(projectId);
    };
  }

  private letGo(): void {
    const idle = [...this.boards.keys()].filter((projectId) => !this.watched.has(projectId));
    for (const projectId of idle.slice(0, Math.max(0, idle.length - MOST_BOARDS))) this.boards.delete(projectId);
  }

  private put({ project, cards }: Board, card: ShotCard): void {
    const before = cards.get(card.shotId);
    cards.set(card.shotId, card);
    if (before === undefined || JSON.stringify(before) !== JSON.stringify(card)) this.log.publish('card', { projectId: project.id, card }, project.id);
  }

  private sum(board: Board, spentUnits: number): void {
    const before = this.summaries.get(board.project.id);
    board.summary = summaryOf(board.project, board.cards.values(), spentUnits);
    this.summaries.set(board.project.id, board.summary);
    if (JSON.stringify(before) !== JSON.stringify(board.summary)) this.log.publish('project', { project: board.summary });
  }

  private async inTurn<Result>(projectId: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.queues.get(projectId) ?? Promise.resolve();
    const next = before.catch(() => {}).then(work);
    this.queues.set(projectId, next);
    return await next;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'PROJECT_UNKNOWN';
}
