export { cutDigest, planCut, type CutShot } from './cut-plan.ts';
export { makeFilm, type FilmClips, type FilmRequest, type FilmResult } from './make-film.ts';
