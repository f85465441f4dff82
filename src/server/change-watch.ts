import type { Studio } from '../studio.ts';
import type { Boards } from './boards.ts';

/** How often the store is asked for news while somebody watches: what another program commits is on the screen within a tenth of a second, and a look takes a tenth of a millisecond. */
const LOOK_EVERY_MS = 40;
/** Between two readings of everything that a journal does not tell, however much another program writes. */
const MARKS_EVERY_MS = 700;

/** Sees what this program and others on the same home change, and brings the boards up to date. */
export class ChangeWatch {
  private readonly studio: Studio;
  private readonly boards: Boards;
  private readonly nowMs: () => number;
  private readonly onTrouble: (error: unknown) => void;
  private journalEnd: number | undefined;
  private changeMark: number | undefined;
  private marks: Map<string, string> | undefined;
  private marksReadAtMs = 0;
  private watchers = 0;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(studio: Studio, boards: Boards, options: { nowMs: () => number; onTrouble: (error: unknown) => void }) {
    this.studio = studio;
    this.boards = boards;
    this.nowMs = options.nowMs;
    this.onTrouble = options.onTrouble;
  }

  /** Looks again and again while somebody watches. @returns how to end it. */
  begin(): () => void {
    this.watchers += 1;
    this.schedule();
    let watching = true;
    return () => {
      if (watching) this.watchers -= 1;
      watching = false;
      if (this.watchers > 0) return;
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  /** Brings the boards to where the store is; those who ask at the same time share one look. */
  async look(options: { whole: boolean }): Promise<void> {
    // A look under way may have begun before the change that is asked about.
    await this.looking?.catch(() => {});
    this.looking ??= this.lookOnce(options.whole).finally(() => {
      this.looking = undefined;
    });
    await this.looking;
  }

  private schedule(): void {
    if (this.timer !== undefined || this.watchers === 0) return;
    this.timer = setTimeout(() => {
      this.look({ whole: false })
        .catch(this.onTrouble)
        .finally(() => {
          this.timer = undefined;
          this.schedule();
        });
    }, LOOK_EVERY_MS);
    this.timer.unref();
  }

  private async lookOnce(whole: boolean): Promise<void> {
    const { changes, ledger } = this.studio.store;
    const end = await changes.journalEnd();
    const behind = this.journalEnd;
    this.journalEnd = end;
    if (behind !== undefined && end > behind) {
      const byFilm = new Map<string, string[]>();
      for (const { projectId, shotId } of await changes.changedShots(behind, end)) byFilm.set(projectId, [...(byFilm.get(projectId) ?? []), shotId]);
      for (const [projectId, shotIds] of byFilm) if (this.boards.find(projectId)) await this.boards.refreshShots(projectId, shotIds);
    }
    const mark = await ledger.changeMark();
    const isDue = mark !== this.changeMark && this.nowMs() - this.marksReadAtMs >= MARKS_EVERY_MS;
    if (!whole && !isDue) return;
    this.changeMark = mark;
    this.marksReadAtMs = this.nowMs();
    await this.compareMarks();
  }

  private async compareMarks(): Promise<void> {
    const marks = await this.studio.store.changes.filmMarks();
    const before = this.marks;
    this.marks = marks;
    if (!before) return;
    for (const [projectId, mark] of marks) if (before.get(projectId) !== mark) await this.boards.refresh(projectId);
    for (const projectId of before.keys()) if (!marks.has(projectId)) this.boards.forget(projectId);
  }
}
