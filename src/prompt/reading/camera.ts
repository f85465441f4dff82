import { Finder } from './finder.ts';
import type { Span } from './text.ts';

/** How the camera moves. `static` is a move asked not to be made. */
export type CameraMove =
  | 'pan-left' | 'pan-right' | 'pan' | 'tilt-up' | 'tilt-down' | 'tilt' | 'in' | 'out' | 'zoom' | 'orbit' | 'crane-up' | 'crane-down' | 'crane'
  | 'track' | 'truck-left' | 'truck-right' | 'handheld' | 'aerial' | 'rack-focus' | 'roll' | 'shake' | 'static';

export interface CameraCue {
  move: CameraMove;
  span: Span;
}

const SLOWLY = '(?:(?:very |slightly |then )?(?:slow(?:ly)?|gentle|gently|smooth(?:ly)?|quick(?:ly)?|rapid(?:ly)?|fast|subtle|subtly|steady|steadily|dramatic(?:ally)?)[ -]+)*';
const VERB_ENDS = '(?:s|ed|ning|ing)?';

/** Longest first, because a later pattern may not claim what an earlier one has. */
const PATTERNS: readonly (readonly [move: CameraMove, words: string, chinese?: string])[] = [
  ['static', '(?:camera (?:movement )?(?:is|stays|remains|holds) (?:completely |perfectly )?(?:static|still|fixed|locked(?:[ -]off)?|stationary)|(?:static|locked[ -]off|locked[ -]down|locked|fixed|stationary|unmoving|motionless|immobile)(?:,? (?:locked[ -]off|locked[ -]down|fixed|tripod))*(?:,? (?:wide|symmetrical|medium|tripod))* (?:camera|shot|frame|framing|composition|tripod(?: shot)?|view)|(?:locked[ -]off|tripod shot|on a tripod|no camera movement|static camera))', '固定镜头|静止镜头|镜头固定|镜头静止'],
  ['rack-focus', '(?:rack(?:ing)?[ -]focus|focus pull|pull(?:s|ing)? focus)', '变焦点'],
  ['shake', '(?:(?:intense )?(?:camera )?shak(?:e|ing) effect|camera shakes?|shaky cam(?:era)?)'],
  ['pan-left', `(?:whip[ -])?pan${VERB_ENDS}(?: ${SLOWLY}|[ -])?(?:to the |from right to |up-|down-)?left(?:wards?)?`, '左摇|向左摇|左移|向左平移|镜头向左'],
  ['pan-right', `(?:whip[ -])?pan${VERB_ENDS}(?: ${SLOWLY}|[ -])?(?:to the |from left to |up-|down-)?right(?:wards?)?`, '右摇|向右摇|右移|向右平移|镜头向右'],
  ['pan-left', 'left pan'],
  ['pan-right', 'right pan'],
  ['tilt-up', `tilt${VERB_ENDS}[ -](?:${SLOWLY})?up(?:wards?)?`, '上摇|仰拍|镜头上移|向上摇'],
  ['tilt-down', `tilt${VERB_ENDS}[ -](?:${SLOWLY})?down(?:wards?)?`, '下摇|镜头下移|向下摇'],
  ['zoom', 'dolly[ -]zoom|vertigo (?:effect|shot)|contra[ -]?zoom'],
  ['in', `(?:zoom|doll(?:y|ie)|push|crash zoom|truck|track|mov(?:e)?|creep)(?:s|es|ing|ied)?[ -](?:${SLOWLY})?(?:closer[ -])?(?:in|forward|closer)(?:s|wards)?\\b(?!\\s+(?:a|an|his|her|their|my)\\s+(?:car|boat|room|house|chair))|(?:push|punch)[ -]?in`, '镜头推进|推近|推镜|推进|拉近|推镜头'],
  ['in', '(?<=\\b(?:camera|drone) (?:slowly |smoothly |gently )?)(?:flies|glides|drifts) (?:in|forward|closer)(?:wards)?'],
  ['out', '(?<=\\b(?:camera|drone) (?:slowly |smoothly |gently )?)(?:flies|glides|drifts) (?:out|back|away)(?:wards)?'],
  ['out', `(?:zoom|doll(?:y|ie)|pull|mov(?:e)?)(?:s|es|ing|ied)?[ -](?:${SLOWLY})?(?:out|back(?:wards?)?|away)(?:s)?`, '镜头拉远|拉远|拉镜头|后拉|镜头后退'],
  ['crane-up', `(?:crane|boom|pedestal|jib|ris)(?:s|es|ing)?[ -](?:${SLOWLY})?up(?:wards?)?`, '升镜头|镜头上升'],
  ['crane-down', `(?:crane|boom|pedestal|jib|descend)(?:s|ing)?[ -](?:${SLOWLY})?down(?:wards?)?`, '降镜头|镜头下降'],
  ['crane-up', `(?<=\\b(?:camera|drone) (?:slowly |smoothly |gently )?(?:\\w{3,12} and )?)(?:rises|ascends|lifts)(?! (?:a|an|the|his|her)\\b)`],
  ['crane-down', `(?<=\\b(?:camera|drone) (?:slowly |smoothly |gently )?(?:\\w{3,12} and )?)(?:descends|lowers|sinks)(?! (?:a|an|the|his|her)\\b)`],
  ['truck-left', `(?:truck|slid(?:e)?|track)(?:s|es|ing)?[ -](?:${SLOWLY})?left`],
  ['truck-right', `(?:truck|slid(?:e)?|track)(?:s|es|ing)?[ -](?:${SLOWLY})?right`],
  ['orbit', '(?:camera )?(?:orbit(?:s|ing)?|circl(?:es|ing))(?: (?:shot|around))?|arc(?:ing)? shot|360(?:[ -]degree)? (?:shot|rotation|pan|orbit)', '环绕|围绕'],
  ['track', '(?:tracking|follow(?:ing)?|dolly|trucking|steadicam|gimbal)[ -](?:shot|camera|movement)|(?<=\\bcamera (?:slowly |smoothly )?)(?:tracks|follows|glides|moves|travels|trails|drifts|floats|pushes|pulls)|track(?:s|ing)? (?:it|him|her|them|the|alongside|behind|from)\\b', '跟拍|跟随|跟踪镜头|跟镜头'],
  ['aerial', 'drone (?:shot|footage|view|video)(?: (?:following|flying|circling))?|fpv(?: drone)?(?: shot)?|fly(?:ing)?[ -](?:over|through|by)(?: shot)?|flythrough', '航拍'],
  ['crane', '(?:crane|boom|jib) (?:shot|move(?:ment)?)'],
  ['handheld', 'hand-?held(?: (?:camera|shot|footage|look))?', '手持(?:镜头|拍摄|摄影|摄像|跟拍|运镜|感|摇晃)|手持(?=[，,。；;]|$)'],
  ['roll', 'dutch roll|camera rolls?|barrel roll shot'],
  ['pan', `whip[ -]pan${VERB_ENDS}|(?:slow |smooth |gentle |camera )pan(?:s|ning)?\\b|panning(?: shot)?`, '镜头摇|摇镜头|镜头平移'],
  ['tilt', '(?:slow |smooth |gentle |camera )tilt(?:s|ing)?\\b|tilt shot'],
  ['zoom', '(?:slow |smooth |gentle |camera |crash |quick |fast )zoom(?:s|ing)?\\b|zoom lens movement'],
  ['orbit', '\\borbit(?:s|ing)?\\b'],
];
const COMPILED = PATTERNS.map(([move, words, chinese]) => [move, new RegExp(`\\b(?:${words})\\b${chinese === undefined ? '' : `|${chinese}`}`, 'gi')] as const);
const ALL_MOVES = COMPILED.map(([, pattern]) => pattern);
/** A pan to fry in, a push to open a door: words of the camera in another trade. */
const NOT_CAMERA_AFTER = /^\s+(?:a|an|the|his|her|their|its|my|past|through|into|against|of|from|on|onto|off|at|over|with)\b/i;

/** What the words ask of the camera, in order. Linear: every pattern is anchored to its own words. */
export function cameraCues(plain: string, finder: Finder = new Finder(plain)): CameraCue[] {
  if (!finder.mayHold(ALL_MOVES)) return [];
  const found: CameraCue[] = [];
  const open: CameraCue[] = [];
  const taken = new Uint8Array(plain.length);
  for (const [move, pattern] of COMPILED) {
    for (const { span, match } of finder.spans(pattern)) {
      if (taken[span[0]] === 1 || taken[span[1] - 1] === 1) continue;
      // `moves back`, `pulls away`: people and things do that too; the camera must be named, or the move stand alone.
      if (/^(?:mov|push|pull|ris|descend|slid|creep|circl|fly)/i.test(match[0]) && !standsForCamera(plain, span, match[0])) {
        open.push({ move, span });
        continue;
      }
      taken.fill(1, span[0], span[1]);
      found.push({ move, span });
    }
  }
  found.push(...found.flatMap((cue) => secondDirection(plain, cue)));
  // `orbits, pulls back and pushes in`: beside one of the camera's they are the camera's.
  for (const cue of open.sort((a, b) => a.span[0] - b.span[0])) if (found.some(({ span }) => IN_A_ROW.test(plain.slice(span[1], cue.span[0])))) found.push(cue);
  return found.sort((a, b) => a.span[0] - b.span[0]);
}
const IN_A_ROW = /^(?:,\s*(?:and |then )?|\s+(?:and|then)\s+(?:then )?)$/;

/** `pans left and right`, `zooms in / out`: one verb for two moves. */
function secondDirection(plain: string, { move, span: [, end] }: CameraCue): CameraCue[] {
  const match = /^(?:\s+and\s+|\s*\/\s*|\s*&\s*)(up|down|left|right|in|out)(?:wards?)?\b(?!\s+(?:a|an|the|of)\b)/i.exec(plain.slice(end, end + 20));
  const other = match === null ? undefined : BOTH_WAYS.find(([one, word]) => one === move && word === (match[1] ?? '').toLowerCase())?.[2];
  return match === null || other === undefined ? [] : [{ move: other, span: [end + match[0].length - (match[0].trimEnd().match(/\w+$/)?.[0].length ?? 0), end + match[0].length] }];
}
const BOTH_WAYS: readonly (readonly [CameraMove, string, CameraMove])[] = [
  ['pan-left', 'right', 'pan-right'], ['pan-right', 'left', 'pan-left'], ['tilt-up', 'down', 'tilt-down'], ['tilt-down', 'up', 'tilt-up'], ['in', 'out', 'out'], ['out', 'in', 'in'],
  ['crane-up', 'down', 'crane-down'], ['crane-down', 'up', 'crane-up'], ['truck-left', 'right', 'truck-right'], ['truck-right', 'left', 'truck-left'],
];

function standsForCamera(plain: string, [start, end]: Span, words: string): boolean {
  const before = plain.slice(Math.max(0, start - 40), start);
  if (/\b(?:camera|shot|lens|view|drone|we)\b[^.,;!?]{0,25}$/i.test(before)) return true;
  if (/^push[ -]?in$|^pull[ -]?(?:back|out)$/i.test(words)) return !NOT_CAMERA_AFTER.test(plain.slice(end)) || /(?:^|[,;.:]|\b(?:a|the|slow|gentle|smooth|cinematic|steady|subtle|dramatic|quick|fast|then|and))\s*$/i.test(before);
  return false;
}

/** One after the other, so two moves that exclude each other may both be made. */
export const SEQUENCE = /\b(?:then|before|after(?:wards?)?|followed by|next|finally|later|until|and back|first|second(?:ly)?|once|ends? (?:with|on)|starts? (?:with|on)|begins? (?:with|on)|transitions?)\b|然后|接着|随后|之后|再|最后/i;
