export { clipsFolderOf } from './clips-folder.ts';
export { drawPicture } from './draw-picture.ts';
export { clipLengthOf, FilmDrawings } from './drawing.ts';
export { cutOrder, type ShotToPlace } from './cut-order.ts';
export { cutDigest, missingShots, planCut, shotsOf, type CutPiece } from './cut-plan.ts';
export { underRecipe } from './under.ts';
export { makeFilm, type FilmRequest, type FilmResult } from './make-film.ts';
export { subtitlesOf, toSrt, toVtt } from './subtitles.ts';
