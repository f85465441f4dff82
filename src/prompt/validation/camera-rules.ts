import { SEQUENCE, type CameraCue, type CameraMove } from '../reading/camera.ts';
import type { Span } from '../reading/text.ts';
import type { ValidationInput } from './issue.ts';
import { quoted, tidied, type Context, type Rule } from './rule.ts';

/** How the camera moves, and what it cannot do at once. */

const OPPOSITE_MOVES: readonly (readonly [CameraMove, CameraMove])[] = [['pan-left', 'pan-right'], ['tilt-up', 'tilt-down'], ['in', 'out'], ['crane-up', 'crane-down'], ['truck-left', 'truck-right']];
/** They do not move the place of the camera, or are how it is held. */
const NO_TRAVEL: ReadonlySet<CameraMove> = new Set(['static', 'rack-focus', 'aerial']);

function sequenced(plain: string, a: CameraCue, b: CameraCue): boolean {
  return SEQUENCE.test(plain.slice(a.span[1], b.span[0])) || /\b(?:first|starts?|begins?|opens?)\b[^.]{0,40}$/.test(plain.slice(Math.max(0, a.span[0] - 50), a.span[0]));
}

/** The prompt without some moves. What they were about stays: `the camera circles a statue` shows it, `zooms in on a fox` is a view of it. */
function withoutMoves({ reading: { plain, text } }: Context, cues: readonly CameraCue[], kept: Span): Partial<ValidationInput> {
  let result = '';
  let at = 0;
  for (const { span } of cues) {
    const [from, to] = cuePhrase(plain, span);
    const start = Math.max(at, kept[1] <= span[0] ? Math.max(from, kept[1]) : from);
    const isNamed = /\bcamera (?:\w+ly )?$/.test(plain.slice(0, span[0])) || plain.startsWith('camera ', span[0]);
    if (isNamed && span[0] >= at && /^\s+(?:a|an|the|his|her|its|two|three)\b/.test(plain.slice(span[1]))) {
      result += `${text.slice(at, span[0])}${/^camera /i.exec(text.slice(...span))?.[0] ?? ''}shows`;
      at = span[1];
      continue;
    }
    result += text.slice(at, start);
    at = Math.max(at, to);
    const about = /^\s*(on|onto|around|at|over|across|towards?|through)\s+(?=(?:a|an|the|his|her|its)\b)/.exec(plain.slice(at));
    const comma = /^\s*,/.test(plain.slice(start, to));
    if (about === null || !(comma || /(?:^|[,;.:])\s*$/.test(result))) continue;
    result += `${comma ? ', ' : ' '}a view ${/^(?:on|onto|around|at|towards?)$/.test(about[1] ?? '') ? 'of' : about[1]} `;
    at += about[0].length;
  }
  result += text.slice(at);
  return { prompt: tidied(result) };
}

/** A move with the words that only serve it: `and then slowly`, `as the camera`. */
function cuePhrase(plain: string, [start, end]: Span): Span {
  const lead = /(?:(?:[,/&]\s*)?\b(?:and|then|as|while|with|it|a|an|the|camera|shot|slow(?:ly)?|smooth(?:ly)?|gentle|gently|quick(?:ly)?|fast|very|is|moves?|does|also|finally|followed by)\s+)+$|\s*[/&]\s*$/i.exec(plain.slice(Math.max(0, start - 60), start))?.[0].length ?? 0;
  const chineseLead = /镜头(?:缓缓|慢慢|缓慢|快速|同时)?$/.exec(plain.slice(0, start))?.[0].length ?? 0;
  if (chineseLead > 0) return [start - chineseLead, end];
  const trail = /^\s*(?:shot|camera|movement|shakes?|shaking|slowly|smoothly|gently|quickly|at the same time|around (?:him|her|it|them)\b|(?:to|towards?) (?:a|an|the) \w+)/i.exec(plain.slice(end))?.[0].length ?? 0;
  // What the move was about stays, behind its comma: `tripod shot, the camera orbits around a dancer`.
  const comma = /^(?:,\s*)/.exec(plain.slice(start - lead))?.[0].length ?? 0;
  return [/^\s*(?:a|an|the|his|her)\b/.test(plain.slice(end + trail)) ? start - lead + comma : start - lead, end + trail];
}

const CAMERA_CONFLICT: Rule = {
  code: 'CAMERA_CONFLICT',
  find(context) {
    const { camera, plain } = context.reading;
    if (camera.length < 2 || /\b(?:dolly[- ]zoom|vertigo|contra[- ]?zoom|zolly)\b/.test(plain)) return [];
    for (const [index, first] of camera.entries()) {
      for (const second of camera.slice(index + 1, index + 12)) {
        if (!OPPOSITE_MOVES.some(([a, b]) => (a === first.move && b === second.move) || (a === second.move && b === first.move))) continue;
        if (sequenced(plain, first, second)) continue;
        return [{ span: [first.span[0], second.span[1]], message: `the camera is asked for ${quoted(plain, first.span)} and ${quoted(plain, second.span)} at once`, label: `keep ${quoted(plain, first.span)}`, repair: () => withoutMoves(context, [second], first.span) }];
      }
    }
    return [];
  },
};

const STATIC_CONFLICT: Rule = {
  code: 'STATIC_CONFLICT',
  find(context) {
    const { camera, plain } = context.reading;
    const still = camera.find(({ move }) => move === 'static');
    if (still === undefined) return [];
    const moving = camera.filter((cue) => !NO_TRAVEL.has(cue.move) && !sequenced(plain, ...(cue.span[0] < still.span[0] ? [cue, still] as const : [still, cue] as const)) && !/\bno\s+$/.test(plain.slice(Math.max(0, cue.span[0] - 4), cue.span[0])));
    const [first] = moving;
    if (first === undefined) return [];
    return [{ span: [Math.min(still.span[0], first.span[0]), Math.max(still.span[1], first.span[1])], message: `the camera stands still (${quoted(plain, still.span)}) and moves (${quoted(plain, first.span)})`, label: `keep ${quoted(plain, still.span)}`, repair: () => withoutMoves(context, moving, still.span) }];
  },
};

const CAMERA_OVERLOAD: Rule = {
  code: 'CAMERA_OVERLOAD',
  find(context) {
    const { camera, plain } = context.reading;
    const moves = camera.filter(({ move }) => !['static', 'handheld', 'shake', 'aerial'].includes(move)).filter((cue, index, all) => index === 0 || all[index - 1]?.move !== cue.move);
    const limit = 1 + Math.max(1, Math.ceil(context.input.clip.durationS / 5));
    if (moves.length <= limit) return [];
    const [first] = moves;
    return [{ span: [first?.span[0] ?? 0, moves.at(-1)?.span[1] ?? 0], message: `${moves.length} camera moves in ${context.input.clip.durationS} s: one, or two after each other, are followed`, label: `keep ${quoted(plain, first?.span ?? [0, 0])}`, repair: () => withoutMoves(context, moves.slice(1), first?.span ?? [0, 0]) }];
  },
};

export const CAMERA_RULES: readonly Rule[] = [CAMERA_CONFLICT, STATIC_CONFLICT, CAMERA_OVERLOAD];
