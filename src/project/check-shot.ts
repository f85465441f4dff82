import { checkVideoRequest, modelNamed, requestFromSettings } from '../kling/index.ts';
import { count } from '../lib/amount-words.ts';
import { StudioError } from '../lib/errors.ts';
import type { Frame, ShotSettings } from '../protocol/shot-settings.ts';
import { SHORTEST_ON_SCREEN_S } from '../script/index.ts';

/** Why a model cannot make a shot, or its clip not be shown as asked. @param own the shot's words without those of cast and look. */
export function checkShot(settings: ShotSettings, own: string, { inS = 0, outS }: { inS?: number | undefined; outS?: number | undefined }, askedMode: string | undefined): string[] {
  // Pictures are named for the check, not opened: they were checked when they were read.
  const request = requestFromSettings<Frame>(settings, (frame) => ('url' in frame ? frame : { path: 'name' in frame ? frame.name : 'the last frame of the shot before' }));
  const problems = checkVideoRequest(request).map(({ code, message, fix, change }) => {
    const whose = code === 'PROMPT_TOO_LONG' && settings.prompt !== own ? `: ${own.length} are its own, ${settings.prompt.length - own.length} those of cast and look` : '';
    // What a film maker calls a duration is mostly how long the shot is seen.
    const seen = code === 'DURATION_UNSUPPORTED' && change?.durationS !== undefined && change.durationS > settings.durationS ? `, or name the column “screen” to see ${settings.durationS} s of a longer clip` : '';
    return `${message}${whose}${fix === undefined ? '' : `; ${fix}`}${seen}`;
  });
  const model = modelNamed(settings.model);
  if (model?.modes.length === 0 && askedMode !== undefined) problems.push(`${model.word} takes no mode, so ${askedMode} cannot be had; leave the mode out`);
  const lengthS = settings.durationS;
  if (inS >= lengthS) problems.push(`in ${inS} s is not inside a clip of ${lengthS} s`);
  else if (outS === undefined && lengthS - inS < SHORTEST_ON_SCREEN_S) problems.push(`in ${inS} s leaves less than a picture of a clip of ${lengthS} s`);
  if ((outS ?? 0) > lengthS) problems.push(`out ${outS} s is after the end of a clip of ${lengthS} s`);
  return problems;
}

/** @param where `in this script`. */
export function refused(problems: readonly string[], where: string, next: string): StudioError {
  const shown = problems.slice(0, 10);
  const more = problems.length - shown.length;
  const list = shown.map((problem) => `\n  ${problem}`).join('');
  return new StudioError('SHOTS_REFUSED', `${count(problems.length, 'thing')} ${where} cannot be filmed as asked:${list}${more > 0 ? `\n  and ${more} more` : ''}`, {
    next,
    detail: { problems: problems.slice(0, 100) },
  });
}
