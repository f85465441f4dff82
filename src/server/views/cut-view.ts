import { clipLengthOf, cutOrder, planCut, type CutPiece } from '../../film/index.ts';
import type { Cut } from '../../protocol/api/index.ts';
import type { ProjectPrompt, Take } from '../../store/index.ts';
import type { Studio } from '../../studio.ts';
import type { Board } from '../boards.ts';
import { clipUrl, drawingUrl, takePictureUrl } from './card-view.ts';

/** The film as it stands, part by part. */
export async function cutView({ store }: Pick<Studio, 'store'>, board: Board): Promise<Cut> {
  const { project } = board;
  const prompts = [...board.prompts.values()];
  const takes = await store.takes.list(prompts.map(({ id }) => id), project.engine);
  const edit = await store.edits.find(project.id);
  const { edited, leftOut, added, outrun } = cutOrder(prompts, edit);
  let atS = 0;
  const parts = planCut({ prompts, takes, edit, cast: project.castAndLook.cast }).map((piece): Cut['parts'][number] => {
    const startS = atS;
    atS = Math.round((startS + lengthS(piece)) * 1e6) / 1e6;
    return 'blackS' in piece ? { blackS: piece.blackS, startS, endS: atS } : partOf(piece, { startS, endS: atS }, takes, board);
  });
  const names = (shots: readonly ProjectPrompt[]) => shots.map(({ name }) => name);
  return {
    edited,
    ...(edited && edit ? { editedBy: edit.source } : {}),
    parts,
    durationS: atS,
    leftOut: leftOut.map(({ id, name }) => ({ shotId: id, name })),
    added: names(added),
    outrun: names(outrun),
  };
}

function lengthS(piece: CutPiece): number {
  if ('blackS' in piece) return piece.blackS;
  return (piece.outS ?? clipLengthOf(piece.prompt.settings).durationS) - piece.inS;
}

function partOf({ prompt, take, otherTake, inS, outS }: Exclude<CutPiece, { blackS: number }>, time: { startS: number; endS: number }, takes: readonly Take[], board: Board): Cut['parts'][number] {
  const shown = take ?? otherTake;
  const row = shown && takes.find(({ shotId, number }) => shotId === prompt.id && number === shown.number);
  const clip = row && clipUrl(row);
  return {
    shotId: prompt.id,
    name: prompt.name,
    inS,
    ...(outS === undefined ? {} : { outS }),
    clipS: clipLengthOf(prompt.settings).durationS,
    ...time,
    shows: take ? 'clip' : otherTake ? 'otherTake' : 'drawing',
    ...(shown ? { take: shown.number } : {}),
    ...(clip === undefined ? {} : { clipUrl: clip }),
    pictureUrl: (row && takePictureUrl(row)) ?? drawingUrl(prompt, board.drawings),
    ...(prompt.line === undefined ? {} : { line: prompt.line }),
  };
}
