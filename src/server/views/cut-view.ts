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
  const facts = shownFacts(takes, board);
  let atS = 0;
  const parts = planCut({ prompts, takes, edit, cast: project.castAndLook.cast }).map((piece): Cut['parts'][number] => {
    const startS = atS;
    atS = Math.round((startS + lengthS(piece)) * 1e6) / 1e6;
    return 'blackS' in piece ? { blackS: piece.blackS, startS, endS: atS } : { ...facts(piece), startS, endS: atS };
  });
  const names = (shots: readonly ProjectPrompt[]) => shots.map(({ name }) => name);
  return {
    edited,
    ...(edited && edit ? { editedBy: edit.source } : {}),
    parts,
    durationS: atS,
    leftOut: planCut({ prompts: leftOut, takes, edit: undefined, cast: project.castAndLook.cast }).flatMap((piece) => ('blackS' in piece ? [] : [facts(piece)])),
    added: names(added),
    outrun: names(outrun),
  };
}

function lengthS(piece: CutPiece): number {
  if ('blackS' in piece) return piece.blackS;
  return (piece.outS ?? clipLengthOf(piece.prompt.settings).durationS) - piece.inS;
}

/** What a shot shows, for a film of thousands: a take is found without looking through all of them. */
function shownFacts(takes: readonly Take[], board: Board): (shot: Exclude<CutPiece, { blackS: number }>) => Cut['leftOut'][number] {
  const rows = new Map(takes.map((take) => [`${take.shotId} ${take.number}`, take]));
  return ({ prompt, take, otherTake, inS, outS }) => {
    const shown = take ?? otherTake;
    const row = shown && rows.get(`${prompt.id} ${shown.number}`);
    const clip = row && clipUrl(row);
    return {
      shotId: prompt.id,
      name: prompt.name,
      inS,
      ...(outS === undefined ? {} : { outS }),
      clipS: clipLengthOf(prompt.settings).durationS,
      shows: take ? 'clip' : otherTake ? 'otherTake' : 'drawing',
      ...(shown ? { take: shown.number } : {}),
      ...(clip === undefined ? {} : { clipUrl: clip }),
      pictureUrl: (row && takePictureUrl(row)) ?? drawingUrl(prompt, board.drawings),
      ...(prompt.line === undefined ? {} : { line: prompt.line }),
    };
  };
}
