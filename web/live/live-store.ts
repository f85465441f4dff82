import type { Job, ProjectSummary, ShotCard } from '../../src/protocol/api/index.ts';
import { cardWithProgress } from '../../src/protocol/card-progress.ts';
import type { PageEvent, PageEvents } from '../../src/protocol/events.ts';

/** A card with the moment its time left was heard, so that a screen can count down from there. */
export type LiveCard = ShotCard & { heardAtMs: number };

export interface LiveFilm {
  projectId: string;
  /** Missing until the stream told of the film. */
  summary: ProjectSummary | undefined;
  /** The stream told of its cards. What is asked for from then on is kept fresh by the events. */
  heard: boolean;
  /** In the order of the film. */
  shotIds: readonly string[];
}

export type Connection = 'connecting' | 'live' | 'lost';

/** What can be listened to; a card by its own name, so that one clip's progress wakes one card. */
export type Topic = 'connection' | 'projects' | 'jobs' | 'paused' | 'film' | 'cards' | `card ${string}`;

/** `frame`: what moves under somebody's eyes. `list`: what is counted and sorted over all cards, some times a second. */
export type Pace = 'frame' | 'list';

/**
 * How everything is now, as the events tell it. Lists are replaced, never changed, so a screen may compare them. Listeners are
 * called once for many events: `schedule` says when.
 */
export class LiveStore {
  connection: Connection = 'connecting';
  projects: readonly ProjectSummary[] | undefined;
  jobs: readonly Job[] = [];
  paused = false;
  film: LiveFilm | undefined;
  private readonly cards = new Map<string, LiveCard>();
  private cardList: readonly LiveCard[] | undefined;
  private readonly listeners = new Map<Topic, Set<() => void>>();
  private readonly changed: Record<Pace, Set<Topic>> = { frame: new Set(), list: new Set() };
  private readonly schedule: (flush: () => void, pace: Pace) => void;
  private readonly nowMs: () => number;

  constructor(options: { schedule: (flush: () => void, pace: Pace) => void; nowMs: () => number }) {
    this.schedule = options.schedule;
    this.nowMs = options.nowMs;
  }

  on(topic: Topic, listener: () => void): () => void {
    const heard = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, heard.add(listener));
    return () => {
      heard.delete(listener);
      if (heard.size === 0) this.listeners.delete(topic);
    };
  }

  card(shotId: string): LiveCard | undefined {
    return this.cards.get(shotId);
  }

  /** Every card of the film, in its order. */
  allCards(): readonly LiveCard[] {
    this.cardList ??= (this.film?.shotIds ?? []).flatMap((id) => this.cards.get(id) ?? []);
    return this.cardList;
  }

  /** Begins with another film, or with none. */
  watch(projectId: string | undefined): void {
    if (this.film?.projectId === projectId) return;
    this.cards.clear();
    this.setFilm(projectId === undefined ? undefined : { projectId, summary: this.projects?.find((project) => project.projectId === projectId), heard: false, shotIds: [] });
    this.mark('cards');
  }

  setConnection(connection: Connection): void {
    if (this.connection === connection) return;
    this.connection = connection;
    this.mark('connection');
  }

  hear(event: PageEvent): void {
    switch (event.type) {
      case 'snapshot':
        return this.takeSnapshot(event.data);
      case 'project':
        return this.putProject(event.data.project);
      case 'projectGone':
        this.projects = this.projects?.filter(({ projectId }) => projectId !== event.data.projectId);
        return this.mark('projects');
      case 'job':
        this.jobs = [event.data.job, ...this.jobs.filter(({ jobId }) => jobId !== event.data.job.jobId)].toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
        return this.mark('jobs');
      case 'paused':
        this.paused = event.data.paused;
        return this.mark('paused');
      case 'card':
        return this.putCard(event.data);
      case 'clip':
        return this.putProgress(event.data);
      case 'plan':
        return event.data.projectId === this.film?.projectId && event.data.shotIds ? this.keepOnly(event.data.shotIds) : undefined;
      case 'cut':
      case 'takes':
      case 'settings':
      case 'notice':
      case 'resync':
        // Nothing that is kept here: whoever shows it asks again.
        return undefined;
    }
  }

  private takeSnapshot({ projects, jobs, paused, project, cards }: PageEvents['snapshot']): void {
    this.projects = projects;
    this.jobs = jobs;
    this.paused = paused;
    for (const topic of ['projects', 'jobs', 'paused'] as const) this.mark(topic);
    if (!project || !cards || project.projectId !== this.film?.projectId) return;
    const before = new Set(this.cards.keys());
    this.cards.clear();
    for (const card of cards) {
      this.cards.set(card.shotId, { ...card, heardAtMs: this.nowMs() });
      before.add(card.shotId);
    }
    for (const shotId of before) this.mark(`card ${shotId}`);
    this.setFilm({ projectId: project.projectId, summary: project, heard: true, shotIds: inOrder(cards) });
    this.mark('cards');
  }

  private putProject(project: ProjectSummary): void {
    const others = (this.projects ?? []).filter(({ projectId }) => projectId !== project.projectId);
    this.projects = [...others, project].toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt));
    this.mark('projects');
    if (this.film?.projectId === project.projectId) this.setFilm({ ...this.film, summary: project });
  }

  private putCard({ projectId, card }: PageEvents['card']): void {
    if (!this.film || this.film.projectId !== projectId) return;
    const before = this.cards.get(card.shotId);
    this.cards.set(card.shotId, { ...card, heardAtMs: this.nowMs() });
    this.mark(`card ${card.shotId}`);
    this.mark('cards');
    if (before?.index !== card.index) this.setFilm({ ...this.film, shotIds: inOrder([...this.cards.values()]) });
  }

  private putProgress({ projectId, shotId, ...progress }: PageEvents['clip']): void {
    const card = this.cards.get(shotId);
    const now = card && this.film?.projectId === projectId ? cardWithProgress(card, progress) : undefined;
    if (!now) return;
    this.cards.set(shotId, { ...now, heardAtMs: this.nowMs() });
    this.mark(`card ${shotId}`);
    this.mark('cards');
  }

  /** Shots that the plan no longer has. */
  private keepOnly(shotIds: readonly string[]): void {
    if (!this.film) return;
    const kept = new Set(shotIds);
    for (const shotId of this.cards.keys()) if (!kept.has(shotId)) this.cards.delete(shotId);
    this.setFilm({ ...this.film, shotIds: inOrder([...this.cards.values()]) });
    this.mark('cards');
  }

  private setFilm(film: LiveFilm | undefined): void {
    this.film = film;
    this.mark('film');
  }

  private mark(topic: Topic): void {
    if (topic === 'cards') this.cardList = undefined;
    const pace = topic === 'cards' ? 'list' : 'frame';
    const isFirst = this.changed[pace].size === 0;
    this.changed[pace].add(topic);
    if (isFirst) this.schedule(() => this.flush(pace), pace);
  }

  private flush(pace: Pace): void {
    const topics = [...this.changed[pace]];
    this.changed[pace].clear();
    for (const topic of topics) for (const listener of this.listeners.get(topic) ?? []) listener();
  }
}

function inOrder(cards: readonly ShotCard[]): string[] {
  return cards.toSorted((one, other) => one.index - other.index).map(({ shotId }) => shotId);
}
