export type CameraMove =
  | 'static'
  | 'pan-left'
  | 'pan-right'
  | 'tilt-up'
  | 'tilt-down'
  | 'zoom-in'
  | 'zoom-out'
  | 'push-in'
  | 'pull-back'
  | 'track-left'
  | 'track-right'
  | 'orbit-left'
  | 'orbit-right'
  | 'crane-up'
  | 'crane-down'
  | 'handheld';

const HOW = String.raw`(?:slow|gentle|smooth|steady|soft|subtle|gradual|quick|fast|rapid|swift|long|short|dramatic|cinematic|graceful|aerial|wide|tight|low|high|sweeping|lateral|continuous|single|whip|crash|snap|\w+ly)`;
// A move is only a camera's when the words say so: the camera is the subject ...
const CAMERA = String.raw`\b(?:camera|cam|drone|steadicam|gimbal|dolly|lens|shot|we)(?:\s+(?:${HOW}|is|will|then|now|begins?|starts?|continues?|keeps?|and|to|also|just|moves? to))*\s+`;
// ... or the move opens a phrase, the way directions are written ("slow push-in on her face", "pan left").
const DIRECTION = String.raw`(?:^|[,:;([—–]\s*|\b(?:then|with|in|via|by|using)\s+)(?:an?\s+)?(?:${HOW},?\s+)*`;
const EITHER = `(?:${CAMERA}|${DIRECTION})`;
// What may follow a move. An article or a possessive means that somebody does it to something: "pulls back the curtain".
const NO_OBJECT = String.raw`(?![\s-]+(?:the|his|her|their|its|my|your|our|an?)\b)`;
const MANNER = String.raw`(?:\s+\w+ly)*`;
const SIDE = String.raw`\s+(?:\w+\s+){0,6}?(?<side>left to right|right to left|from the left|from the right|(?:left|right)(?:wards?)?(?!\s+(?:on|in|by|alone|behind|out|over)\b))\b`;
const ROUND = String.raw`(?:[^.;!?]{0,60}?\b(?<side>counter-?\s?clockwise|anti-?clockwise|clockwise|left|right)\b)?`;

interface Rule {
  pattern: RegExp;
  move: CameraMove | ((side: string) => CameraMove);
}

const rule = (pattern: string, move: Rule['move']): Rule => ({ pattern: new RegExp(pattern, 'iu'), move });
const toTheLeft = (side: string): boolean => /^(?:left(?:wards?)?$|right to left|from the right|clockwise)/iu.test(side);
const orbit = (side: string): CameraMove => (toTheLeft(side) ? 'orbit-left' : 'orbit-right');
const track = (side: string): CameraMove => (toTheLeft(side) ? 'track-left' : 'track-right');

const RULES: readonly Rule[] = [
  rule(String.raw`\b(?:static|locked[- ]off|locked[- ]down|fixed|stationary|tripod)\s+(?:\w+\s+)?(?:shot|camera|frame|framing|view|take)\b`, 'static'),
  rule(String.raw`${CAMERA}(?:stays?|remains?|holds?|is|stands?)\s+(?:\w+ly\s+)?(?:still|static|fixed|locked|motionless|stationary|steady)\b`, 'static'),

  rule(String.raw`${EITHER}(?:pan|tilt)(?:s|ning|ned|ing|ed)?${MANNER}[\s-]+up(?:wards?)?\b`, 'tilt-up'),
  rule(String.raw`${EITHER}(?:pan|tilt)(?:s|ning|ned|ing|ed)?${MANNER}[\s-]+down(?:wards?)?\b`, 'tilt-down'),
  rule(String.raw`${EITHER}pan(?:s|ning|ned)?(?:\s+shot)?${SIDE}`, (side) => (toTheLeft(side) ? 'pan-left' : 'pan-right')),
  rule(String.raw`${CAMERA}pan(?:s|ning|ned)?\b|\bpanning shot\b|\b(?:whip|slow|smooth|gentle|fast|quick)[\s-]+pan\b`, 'pan-right'),

  rule(String.raw`${EITHER}zoom(?:s|ing|ed)?${MANNER}[\s-]+(?:in|into|closer)\b`, 'zoom-in'),
  rule(String.raw`${EITHER}zoom(?:s|ing|ed)?${MANNER}[\s-]+(?:out|away|back)\b`, 'zoom-out'),
  rule(String.raw`\b(?:slow|crash|snap|smooth|gentle|quick)[\s-]+zoom\b(?!\s+(?:out|away|back|in|lens))|${CAMERA}zooms?\s+(?:to|on|onto)\b`, 'zoom-in'),

  rule(String.raw`\bpush-ins?\b|${EITHER}push(?:es|ing)?${MANNER}\s+(?:in|forwards?|closer|towards?|into)\b`, 'push-in'),
  rule(String.raw`\bdolly-ins?\b|${EITHER}doll(?:y|ies|ying)${MANNER}\s+(?:in|forwards?|closer|towards?|into)\b`, 'push-in'),
  rule(String.raw`${CAMERA}(?:moves?|moving|creeps?|glides?|floats?|flies|drifts?|travels?|tracks?|inches)${MANNER}\s+(?:in|inwards?|forwards?|closer|towards?|into|through)\b`, 'push-in'),

  rule(String.raw`\bpull-?(?:backs?|outs?)\b|\bpull-(?:back|out)\b|${EITHER}pull(?:s|ing)?${MANNER}\s+(?:back|out|away|backwards?)\b${NO_OBJECT}`, 'pull-back'),
  rule(String.raw`\bdolly-(?:out|back)s?\b|${EITHER}doll(?:y|ies|ying)${MANNER}\s+(?:out|back|away|backwards?)\b`, 'pull-back'),
  rule(String.raw`${CAMERA}(?:moves?|moving|creeps?|glides?|floats?|flies|drifts?|travels?|backs)${MANNER}\s+(?:back|backwards?|away|out)\b`, 'pull-back'),

  rule(String.raw`${CAMERA}(?:orbits?|orbiting|circles?|circling|arcs?|arcing|revolves?|rotates?|(?:moves?|spins?|swings?|travels?|glides?)\s+around)\b${ROUND}`, orbit),
  rule(String.raw`\b(?:orbit(?:ing|al)?|arc(?:ing)?|circling|360(?:-degree|°)?)\s+(?:orbit\s+)?(?:camera\s+)?(?:shot|move|movement|camera)\b${ROUND}`, orbit),
  rule(String.raw`${DIRECTION}orbit(?:ing)?\s+(?=around|left|right)${ROUND}`, orbit),

  rule(String.raw`(?:${CAMERA}|(?:^|[,:;]\s*)(?:${HOW}\s+)*)(?:crane|boom)(?:s|ing)?${MANNER}\s+down(?:wards?)?\b|\bcrane shot\b[^.;!?]{0,30}\b(?:down|descending|lowering)\b|${CAMERA}(?:descends?|lowers|sinks|drops down)\b`, 'crane-down'),
  rule(String.raw`(?:${CAMERA}|(?:^|[,:;]\s*)(?:${HOW}\s+)*)(?:crane|boom)(?:s|ing)?${MANNER}\s+up(?:wards?)?\b|\bcrane shot\b|${CAMERA}(?:rises?|rising|ascends?|lifts|soars|climbs)\b`, 'crane-up'),

  rule(String.raw`(?:${CAMERA}(?:tracks?|tracking|trucks?|trucking|slides?|moves?|moving|glides?|doll(?:y|ies)|drifts?|follows?|travels?)|\b(?:tracking|trucking|dolly|travell?ing|lateral)\s+shot)${SIDE}`, track),
  rule(String.raw`(?:^|[,:;]\s*)(?:${HOW}\s+)*(?:truck|track|dolly|slide)\s+(?:to the\s+)?(?<side>left|right)\b`, track),
  rule(String.raw`\b(?:tracking|trucking|following|travell?ing)\s+shot\b|${CAMERA}(?:tracks?|tracking|follows?|following|trucks?|slides?)\b`, 'track-right'),
  rule(String.raw`\bdolly shot\b`, 'push-in'),

  rule(String.raw`\bhand-?held\b(?=\s*(?:$|[,.;:)]|(?:camera|shot|footage|feel|look|style|movement|motion|shake|cinematography|documentary|follow)))|\bshaky[- ]cam(?:era)?\b`, 'handheld'),

  // Kling's own users often write Chinese.
  rule('(?:镜头|相机|摄影机)[^。，,.]{0,6}(?:向左|左)(?:摇|平移|移)', 'pan-left'),
  rule('(?:镜头|相机|摄影机)[^。，,.]{0,6}(?:向右|右)(?:摇|平移|移)', 'pan-right'),
  rule('(?:镜头|相机|摄影机)[^。，,.]{0,6}(?:推近|推进|前推|拉近|推向)|推镜头', 'push-in'),
  rule('(?:镜头|相机|摄影机)[^。，,.]{0,6}(?:拉远|拉出|后退|后拉)|拉镜头', 'pull-back'),
  rule('(?:镜头|相机|摄影机)[^。，,.]{0,6}(?:环绕|旋转)|环绕镜头', 'orbit-right'),
  rule('(?:镜头|相机|摄影机)[^。，,.]{0,6}(?:上升|升起)', 'crane-up'),
  rule('(?:镜头|相机|摄影机)[^。，,.]{0,6}(?:下降|降下)', 'crane-down'),
  rule('(?:镜头|相机|摄影机)[^。，,.]{0,6}(?:跟随|跟拍)|跟拍', 'track-right'),
  rule('手持(?:镜头|摄影|拍摄)', 'handheld'),
];

/**
 * The camera move that the words name: "slow push-in", "the camera pans left", "tracking shot to the right". When several
 * are named, the first. What people and things do is no camera move: "she looks up", "he pulls back the curtain", "a frying
 * pan". A pan, a tracking shot or an orbit without a side goes to the right.
 * @returns `static` when no move is named.
 */
export function findCameraMove(prompt: string): CameraMove {
  for (const sentence of prompt.split(/[.!?\n。！？]+/u)) {
    const found = firstMove(sentence.trim());
    if (found) return found;
  }
  return 'static';
}

function firstMove(sentence: string): CameraMove | undefined {
  let first: { at: number; move: CameraMove } | undefined;
  for (const { pattern, move } of RULES) {
    const match = pattern.exec(sentence);
    // Ties go to the earlier rule: the more precise one.
    if (!match || (first && match.index >= first.at)) continue;
    first = { at: match.index, move: typeof move === 'string' ? move : move(match.groups?.['side'] ?? 'right') };
  }
  return first?.move;
}
