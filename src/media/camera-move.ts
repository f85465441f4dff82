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

const HOW = String.raw`(?:(?:very|ever|so|quite) )?(?:slow|gentle|smooth|steady|soft|subtle|gradual|quick|fast|rapid|swift|long|short|dramatic|cinematic|graceful|aerial|wide|tight|low|high|sweeping|lateral|continuous|single|whip|swish|crash|snap|shaky|steadicam|\w+ly)`;
// A move is only a camera's when the words say so: the camera is the subject ...
const CAMERA = String.raw`\b(?:camera|cam|drone|steadicam|gimbal|dolly|lens|shot|frame|we)(?:,?\s+(?:${HOW}|is|will|then|now|begins?|starts?|continues?|keeps?|and|to|also|just|moves? to))*\s+`;
// ... or the move opens a phrase, the way directions are written ("slow push-in on her face", "pan left").
const DIRECTION = String.raw`(?:^|[,:;([—–]\s*|\b(?:then|with|in|via|by|using)\s+)(?:an?\s+)?(?:${HOW},?\s+)*`;
const EITHER = `(?:${CAMERA}|${DIRECTION})`;
// What may follow a move. An article or a possessive means that somebody does it to something: "pulls back the curtain".
/** What a camera does that leaves its place. */
const TRAVELS = String.raw`(?:moves?|moving|creeps?|creeping|glides?|gliding|floats?|floating|flies|fly|flying|drifts?|drifting|travels?|travell?ing|tracks?|tracking|doll(?:y|ies|ying)|inch(?:es|ing)?|eas(?:es?|ing)|backs?|backing|sails?|skims?|skimming|walks?|runs?|soars?|swoops?|rushes|races)`;
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
  rule(String.raw`(?:${EITHER}(?:pan|swish)(?:s|ning|ned|ing)?(?:\s+shot)?|${CAMERA}(?:sweeps?|sweeping|swings?|swinging))${SIDE}`, (side) => (toTheLeft(side) ? 'pan-left' : 'pan-right')),
  rule(String.raw`${CAMERA}pan(?:s|ning|ned)?\b|\bpanning shot\b|\b(?:whip|swish|slow|smooth|gentle|fast|quick)[\s-]+pan\b|${DIRECTION}panning\b(?!\s+(?:up|down|for|gold))|${CAMERA}(?:sweeps?|sweeping)\s+(?:across|over|along)\b`, 'pan-right'),

  rule(String.raw`${EITHER}zoom(?:s|ing|ed)?${MANNER}[\s-]+(?:in|into|closer)\b`, 'zoom-in'),
  rule(String.raw`${EITHER}zoom(?:s|ing|ed)?${MANNER}[\s-]+(?:out|away|back)\b`, 'zoom-out'),
  rule(String.raw`\b(?:slow|crash|snap|smooth|gentle|quick)[\s-]+zoom\b(?!\s+(?:out|away|back|in|lens))|${CAMERA}zooms?\s+(?:to|on|onto)\b|\b(?:dolly[\s-]zoom|vertigo (?:effect|shot))\b`, 'zoom-in'),

  rule(String.raw`\bpush-ins?\b|${EITHER}push(?:es|ing)?${MANNER}\s+(?:in|forwards?|closer|towards?|into)\b`, 'push-in'),
  rule(String.raw`\bdolly-ins?\b|${EITHER}doll(?:y|ies|ying)${MANNER}\s+(?:in|forwards?|closer|towards?|into)\b`, 'push-in'),
  rule(String.raw`${CAMERA}${TRAVELS}${MANNER}(?:\s+and ${TRAVELS})?\s+(?:in|inwards?|forwards?|closer|nearer|ahead|towards?|into|through|over|up to|in on)\b`, 'push-in'),
  rule(String.raw`${DIRECTION}(?:creep|inch|eas|mov|glid|flyi?|float|drift)ing?\s+(?:in|forwards?|closer|nearer)\b|${DIRECTION}(?:creep|track|dolly)[\s-]in\b|${CAMERA}(?:tightens?|closes? in|nears?|approaches)\b|\b(?:forward|inward)[\s-](?:tracking|travelling|traveling|dolly)\b|\bfly[\s-]?through\b`, 'push-in'),
  // Through somebody's eyes what comes at us is what we come at.
  rule(String.raw`\b(?:POV|point[\s-]of[\s-]view|first[\s-]person)\b.{0,160}?\b(?:rush|rac|hurtl|fly|speed|com|charg|loom|zoom|roll)(?:e?s|ing|ies)\b(?:\s+\w+ly)?(?:\s+(?:at|towards?|up to|past)\s+(?:us|the (?:camera|lens))|\s+(?:closer|nearer|past))\b`, 'push-in'),
  rule(String.raw`${CAMERA}(?:follows?|following|trails?|stays?)\b[^.;!?]{0,40}\bbehind\b|${DIRECTION}(?:follow|track)ing\s+[^.;!?]{0,30}\bfrom behind\b`, 'push-in'),

  rule(String.raw`\bpull-?(?:backs?|outs?)\b|\bpull-(?:back|out)\b|${EITHER}(?:pull|draw)(?:s|ing)?${MANNER}\s+(?:back|out|away|backwards?)\b${NO_OBJECT}`, 'pull-back'),
  rule(String.raw`\bdolly-(?:out|back)s?\b|${EITHER}doll(?:y|ies|ying)${MANNER}\s+(?:out|back|away|backwards?)\b`, 'pull-back'),
  rule(String.raw`${CAMERA}${TRAVELS}${MANNER}\s+(?:back|backwards?|away|out|off)\b(?!\s+and forth)|${CAMERA}(?:retreats?|retreating|recedes?|receding|withdraws?|widens?|leads?)\b|${EITHER}pull(?:s|ing)?\s+up\s+and\s+(?:away|back|out)\b|${DIRECTION}(?:retreat|withdraw|reced)ing\b|\bsteadicam\b[^.;!?]{0,20}\blead(?:s|ing)\b|\b(?:backward|reverse)[\s-](?:tracking|travelling|traveling|dolly)\b`, 'pull-back'),

  rule(String.raw`${CAMERA}(?:orbits?|orbiting|circles?|circling|arcs?|arcing|revolves?|revolving|rotates?|rotating|wheels?|(?:moves?|moving|spins?|spinning|swings?|swinging|travels?|travelling|glides?|gliding|tracks?|tracking|doll(?:y|ies))\s+(?:\w+ly\s+)?(?:a?round))\b${ROUND}`, orbit),
  rule(String.raw`\b(?:orbit(?:ing|al)?|arc(?:ing)?|circling|360(?:-degree|°)?)(?:\s+(?:orbit\s+)?(?:camera\s+)?(?:shot|move|movement|camera)\b|(?<=360|360°)(?=\s*(?:$|[,;)]|a?round\b)))${ROUND}`, orbit),
  rule(String.raw`${DIRECTION}(?:(?:orbit|arc|circl|revolv)(?:e|s|ing)?\b(?=\s*$|\s*[,;)]|\s+(?:a?round|left|right|clockwise|counter|anti|them\b|him\b|her\b|it\b|the\b)))${ROUND}`, orbit),

  rule(String.raw`(?:${CAMERA}|(?:^|[,:;]\s*)(?:${HOW}\s+)*)(?:cran(?:e|es|ing)|boom(?:s|ing)?|pedestal(?:s|ing)?|jib(?:s|bing)?)${MANNER}\s+down(?:wards?)?\b|\b(?:crane|jib) shot\b[^.;!?]{0,30}\b(?:down|descending|lowering)\b|\b(?:descending|sinking) (?:crane|camera|drone|aerial)\b|${CAMERA}(?:descends?|descending|lowers?|lowering|sinks?|sinking|comes? down|drops?|dropping|dips?)\b`, 'crane-down'),
  rule(String.raw`(?:${CAMERA}|(?:^|[,:;]\s*)(?:${HOW}\s+)*)(?:cran(?:e|es|ing)|boom(?:s|ing)?|pedestal(?:s|ing)?|jib(?:s|bing)?)${MANNER}\s+up(?:wards?)?\b|\b(?:crane|jib) shot\b|\b(?:rising|ascending) (?:crane|camera|drone|aerial)\b|${CAMERA}(?:rises?|rising|ascends?|ascending|lifts?|lifting|soars?|soaring|climbs?|climbing|goes up)\b`, 'crane-up'),

  rule(String.raw`(?:${CAMERA}(?:tracks?|tracking|trucks?|trucking|slides?|sliding|moves?|moving|glides?|gliding|doll(?:y|ies|ying)|drifts?|drifting|follows?|following|travels?|travell?ing)|\b(?:tracking|trucking|dolly|travell?ing|lateral|slider?)\s+(?:shot|move|movement))${SIDE}`, track),
  rule(String.raw`(?:${DIRECTION}(?:truck|track|dolly|slid)|^(?:${HOW}\s+)*(?:glid|travel|follow|mov))(?:e|l?ing|s)?\s+(?:(?:with|alongside|along|beside|past)\s+[^.,;!?]{0,40}?\s*)?(?:(?:him|her|them|it)\s+)?(?:to the\s+|from\s+)?(?<side>left to right|right to left|left(?:wards?)?|right(?:wards?)?)\b`, track),
  rule(String.raw`\b(?:tracking|trucking|following|travell?ing)\s+shot\b|${CAMERA}(?:tracks?|tracking|follows?|following|trucks?|slides?|sliding)\b|${CAMERA}keeps? pace\b|${CAMERA}${TRAVELS}\s+(?:with|along|alongside|beside|past|sideways|parallel)\b|${DIRECTION}(?:tracking|trucking|travell?ing|gliding)\s+(?:with|along|alongside|beside|past|parallel)\b|${DIRECTION}(?:tracking|trucking)\b(?=\s*(?:$|[,;)]))`, 'track-right'),
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
