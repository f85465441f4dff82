import { currentTakes, stageOf, unsentRetakes } from '../../generation/index.ts';
import type { Take as TakeView } from '../../protocol/api/index.ts';
import { STATUS_OF_STAGE, wordsOfStage } from '../../protocol/clip-progress.ts';
import type { ProjectPrompt, Take } from '../../store/index.ts';
import { clipUrl, takePictureUrl } from './card-view.ts';
import { errorOf } from './error-view.ts';

/** The takes of one shot on one engine. @param driven generations that a living process drives. */
export function takeViews(prompt: ProjectPrompt, takes: readonly Take[], driven: ReadonlySet<string>): TakeView[] {
  const current = new Set(currentTakes(prompt, takes).map(({ id }) => id));
  const [first] = takes;
  const withdrawable = new Set(first ? unsentRetakes(prompt, first.engine, takes).map(({ id }) => id) : []);
  return takes.map((take) => {
    const { generation } = take;
    const { state, request } = generation;
    const stage = stageOf(state);
    const error = errorOf(state);
    const clip = clipUrl(take);
    const picture = takePictureUrl(take);
    const atWork = driven.has(generation.id);
    return {
      takeId: take.id,
      shotId: take.shotId,
      number: take.number,
      engine: take.engine,
      selected: take.selected,
      current: current.has(take.id),
      status: STATUS_OF_STAGE[stage],
      stage,
      words: wordsOfStage(stage, take.engine),
      ...(error ? { error } : {}),
      prompt: request.prompt,
      model: request.model,
      ...(request.mode === undefined ? {} : { mode: request.mode }),
      durationS: request.durationS,
      externalTaskId: generation.externalTaskId,
      ...('taskId' in state && state.taskId !== undefined ? { taskId: state.taskId } : {}),
      estimateUnits: generation.estimateUnits,
      ...(generation.billedUnits === undefined ? {} : { billedUnits: generation.billedUnits }),
      ...(take.note === undefined ? {} : { note: take.note }),
      rejected: take.rejected === true,
      atWork,
      withdrawable: !atWork && withdrawable.has(take.id),
      createdAt: new Date(generation.createdAtMs).toISOString(),
      ...(clip === undefined ? {} : { clipUrl: clip }),
      ...(picture === undefined ? {} : { pictureUrl: picture }),
      ...(state.status === 'completed' ? { sizeBytes: state.sizeBytes } : {}),
    };
  });
}
