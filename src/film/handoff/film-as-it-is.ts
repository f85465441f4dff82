import { frameCountOf, frameRateOf, modelNamed } from '../../kling/index.ts';
import { pictureKey, type ProjectPrompt, type Take } from '../../store/index.ts';
import { shotsOf, type CutPiece, type CutShot } from '../cut-plan.ts';
import type { FilmClips } from '../make-film.ts';
import type { FoundClip, KnownShot } from './edit-of-timeline.ts';
import { frameRateFrom, secondsOf, type FrameRate } from './frame-rate.ts';
import { takeName } from './take-name.ts';
import { timelineOfFilm, timelineShot } from './timeline-of-film.ts';
import { clipsOf, type TimelineMedia } from './timeline.ts';
import { edlSourceFrame } from './write-edl.ts';

/** Which takes a film will show after an edit was read, and why not others. */
export interface ChosenTakes {
  /** Takes that the editor used and the film does not show yet; it should, because the trims are theirs. */
  selections: { shotId: string; slate: string; take: number }[];
  notes: string[];
  problems: string[];
}

/** The film with its takes as they are in the store, and their clips as they are on the disk. */
export class FilmAsItIs {
  private readonly clips: Pick<FilmClips, 'find'>;
  private readonly prompts: ReadonlyMap<string, ProjectPrompt>;
  private readonly takes: readonly Take[];
  /** Takes that the film will show after {@link choose}. */
  private readonly chosen = new Map<string, Take>();
  private readonly lengths = new Map<string, { rate: FrameRate; frameCount: number }>();

  constructor(clips: Pick<FilmClips, 'find'>, prompts: readonly ProjectPrompt[], removed: readonly ProjectPrompt[], takes: readonly Take[]) {
    this.clips = clips;
    this.prompts = new Map([...prompts, ...removed].map((prompt) => [prompt.id, prompt]));
    this.takes = takes;
    for (const take of takes) if (take.selected && take.generation.state.status === 'completed') this.chosen.set(take.shotId, take);
  }

  /** A film shows one take of a shot: the one that the editor used, where it can be shown. */
  choose(found: readonly FoundClip[]): ChosenTakes {
    const wanted = new Map<string, Set<number>>();
    for (const { shotId, take } of found) if (take !== undefined) wanted.set(shotId, (wanted.get(shotId) ?? new Set()).add(take));
    const result: ChosenTakes = { selections: [], notes: [], problems: [] };
    for (const [shotId, numbers] of wanted) {
      const prompt = this.prompts.get(shotId);
      const [number] = numbers;
      if (!prompt || number === undefined) continue;
      if (numbers.size > 1) {
        result.problems.push(`${prompt.name} is there with takes ${[...numbers].join(' and ')}; a film shows one take of a shot`);
        continue;
      }
      const take = this.takes.find((each) => each.shotId === shotId && each.number === number);
      if (!take || take.id === this.chosen.get(shotId)?.id) continue;
      if (take.generation.state.status === 'completed' && pictureKey(take.generation.request) === pictureKey(prompt.settings)) {
        this.chosen.set(shotId, take);
        result.selections.push({ shotId, slate: prompt.name, take: number });
      } else result.notes.push(`${takeName(prompt.name, number)} is there, made when the shot had other words; the film shows the take of its present ones.`);
    }
    return result;
  }

  async rateOf(pieces: readonly CutPiece[]): Promise<FrameRate> {
    const [first] = shotsOf(pieces);
    return first ? (await this.lengthOf(first.prompt)).rate : { numerator: 24, denominator: 1 };
  }

  /** The shots that were found, with what the film has of them by each of the cuts, as a hand-off writes it. */
  async knownShots(cuts: readonly (readonly CutPiece[])[], ids: ReadonlySet<string>): Promise<Map<string, KnownShot>> {
    const known = new Map<string, KnownShot & { parts: KnownShot['parts'][number][] }>();
    for (const id of ids) {
      const prompt = this.prompts.get(id);
      if (prompt) known.set(id, { id, slate: prompt.name, media: await this.lengthOf(prompt), parts: [] });
    }
    for (const pieces of cuts) {
      const media = new Map<string, TimelineMedia>();
      for (const { prompt } of shotsOf(pieces)) if (!media.has(prompt.id)) media.set(prompt.id, await this.mediaOf(prompt));
      if (media.size === 0) continue;
      const mediaOf = ({ prompt }: CutShot) => media.get(prompt.id) as TimelineMedia;
      const timeline = timelineOfFilm({ name: '', pieces, mediaOf, media: [] });
      const shots = shotsOf(pieces);
      for (const [index, clip] of clipsOf(timeline).entries()) {
        const { inS = 0, outS } = shots[index] ?? {};
        known.get(clip.shot.id)?.parts.push({
          inS,
          ...(outS === undefined ? {} : { outS }),
          sourceFrame: clip.sourceFrame,
          durationS: secondsOf(clip.frameCount, timeline.rate),
          timecodeS: secondsOf(edlSourceFrame(clip, timeline.rate), timeline.rate),
        });
      }
    }
    return known;
  }

  private async mediaOf(prompt: ProjectPrompt): Promise<TimelineMedia> {
    return { shot: timelineShot(prompt), name: '', file: '', path: '', width: 0, height: 0, ...(await this.lengthOf(prompt)) };
  }

  /** Of the clip that the film shows; where there is none here, of the one that Kling makes. */
  private async lengthOf(prompt: ProjectPrompt): Promise<{ rate: FrameRate; frameCount: number }> {
    const known = this.lengths.get(prompt.id);
    if (known) return known;
    const take = this.chosen.get(prompt.id);
    const clip = take && (await this.clips.find(take.generation.fingerprint));
    const { probeVideo } = await import('../../media/index.ts');
    const probe = clip && (await probeVideo(clip.path).catch(() => undefined));
    const length = probe ? { rate: frameRateFrom(probe.frameRate), frameCount: probe.frameCount } : expectedLength(prompt);
    this.lengths.set(prompt.id, length);
    return length;
  }
}

function expectedLength({ settings: { model, kind, mode, durationS } }: ProjectPrompt): { rate: FrameRate; frameCount: number } {
  const entry = modelNamed(model);
  if (!entry) return { rate: { numerator: 24, denominator: 1 }, frameCount: Math.round(durationS * 24) };
  return { rate: frameRateFrom(frameRateOf(entry, kind, mode)), frameCount: Math.round(frameCountOf(entry, kind, mode, durationS)) };
}
