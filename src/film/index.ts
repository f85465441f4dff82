export { clipsFolderOf } from './clips-folder.ts';
export { cutDigest, planCut } from './cut-plan.ts';
export { makeFilm, type FilmRequest, type FilmResult } from './make-film.ts';
