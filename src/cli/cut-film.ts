import type { FilmRequest, FilmResult } from '../film/index.ts';
import type { Studio } from '../studio.ts';
import { liveLines } from './live-lines.ts';
import { makeFilmFolder } from './output-path.ts';
import { count, listed, printable } from './printable.ts';
import type { Session } from './session.ts';

/** Cuts the film with a progress bar. @throws what the studio's `film` throws. */
export async function cutFilm(session: Session, studio: Studio, request: Omit<FilmRequest, 'onProgress' | 'signal'>): Promise<FilmResult> {
  const takeBack = await makeFilmFolder(request.outputPath);
  const live = await liveLines(session.deps.stderr);
  let shownPercent = -1;
  const onProgress = (done: number) => {
    const percent = Math.floor(done * 100);
    if (percent === shownPercent) return;
    // A film that needs no cut never says that it is being cut.
    if (shownPercent < 0 && !live) session.tell('Cutting the film.');
    shownPercent = percent;
    const full = Math.round(done * 20);
    live?.(`Cutting the film  ${'━'.repeat(full)}${'─'.repeat(20 - full)} ${percent} %`);
  };
  try {
    return await studio.film({ ...request, onProgress, signal: session.signal });
  } catch (error) {
    await takeBack();
    throw error;
  } finally {
    live?.clear();
    live?.done();
  }
}

/** Where the film is and what it is. */
export function sayFilm(session: Session, film: FilmResult): void {
  const { colours } = session;
  const sound = film.audio ? 'with sound' : 'without sound';
  const how = { copied: 'clips copied frame by frame', encoded: 'encoded anew', mixed: `clips copied frame by frame, ${film.encodedFrames === undefined ? 'some frames' : count(film.encodedFrames, 'frame')} encoded anew where a trim or another format asks for it`, unchanged: 'nothing cut: it was there, unchanged' }[film.method];
  const otherTakes = film.missing.filter((slate) => !film.drawn.includes(slate));
  if (film.drawn.length > 0) session.say(colours.yellow(`Not filmed yet, so drawn: ${listed(film.drawn)}.`));
  if (otherTakes.length > 0) session.say(colours.yellow(`Another take stands in for the selected one: ${listed(otherTakes)}.`));
  if (film.outdated.length > 0) session.say(colours.yellow(`Shown as it was before its words, its settings or the shot that it continues changed: ${listed(film.outdated)}.`));
  session.say(`${colours.green('Film:')} ${film.path}`);
  session.say(`  ${film.durationS.toFixed(2)} s, ${count(film.frameCount, 'frame')}, ${film.width} × ${film.height} at ${film.frameRate} frames a second, ${sound}; ${how}`);
  for (const { path, what, atS } of film.broken) session.say(colours.yellow(`${printable(path)} is damaged: its ${what} could not be read beyond ${atS.toFixed(2)} s, ${what === 'picture' ? 'its last good frame stands' : 'silence stands'} from there on.`));
  if (film.under !== undefined) session.say(`  Under it: ${printable(film.under)} (--under none takes it away)`);
  if (film.editedBy !== undefined) session.say(`  Order and trims: as in ${printable(film.editedBy)}, not as the script has them (directorstudio handoff --script-order goes back)`);
  session.say(`Clips: ${film.clipsFolder}`);
  session.emit('film', { path: film.path, method: film.method, encodedFrames: film.encodedFrames ?? null, broken: film.broken, frameCount: film.frameCount, durationS: film.durationS, width: film.width, height: film.height, frameRate: film.frameRate, audio: film.audio, missing: film.missing, drawn: film.drawn, outdated: film.outdated, editedBy: film.editedBy ?? null, under: film.under ?? null, clipsFolder: film.clipsFolder });
}
