export type Pose = 'stand' | 'walk' | 'run' | 'sit' | 'kneel' | 'lie' | 'ride';
export type Gesture = 'none' | 'hold' | 'raise' | 'reach' | 'wave';
/** Which way somebody looks, seen from the camera. */
export type Facing = 'left' | 'right' | 'camera' | 'away';

const POSES: readonly [Pose, RegExp][] = [
  ['ride', /\b(?:rid(?:es?|ing)|rode|gallop\w*|on horseback|pedal\w*|cycl(?:es|ing))\b|骑/iu],
  ['lie', /\b(?:lies|lying|lay(?! (?:the|a|an|his|her|their|down (?:his|her|their|the)|out|hands?)\b)|asleep|sleep(?:s|ing)?|unconscious|in bed|collapsed|(?<!\b(?:case|bag|rucksack|backpack|pack|basket|child|baby|guitar|violin|cello|rifle|load|sack|quiver|shield|sword|weight|tank|jacket|coat|strapped|slung|crate|ladder|number|rain|sun) )on (?:his|her|their) back(?!s? (?:foot|feet|legs?|wheel|porch|seat))|(?:is|are|lies|lying|found|falls?|drops?|stone|shot) dead|dead (?=(?:wo)?m[ae]n\b|bod(?:y|ies)\b|boy\b|girl\b|soldiers?\b|king\b|queen\b))(?![\p{L}])|躺|睡/iu],
  ['kneel', /\b(?:kneel(?:s|ing)?|knelt|crouch(?:es|ed|ing)?|squat(?:s|ting)?|on (?:his|her|their|all) (?:knees|fours)|on hands and knees|prays?|praying|hid(?:es|ing)|crawl(?:s|ed|ing)?|cower(?:s|ing)?|huddl(?:es?|ed|ing)|hugging (?:his|her|their) knees)\b|跪|蹲/iu],
  ['sit', /\b(?:sits?|sitting|sat|seated|driv(?:es|ing)|(?<!\b(?:look|star|gaz|glanc|point|shout|smil|wav|run|walk|com)\p{L}* (?:up |down |back |over )?)(?:at|around|round) (?:the|a|an|his|her|their|little|small|long|their little|the little|the long) ?(?:[\p{L}-]+ )?(?:tables?|desks?|piano|bar|counter|computer|typewriter|wheel)|ha(?:s|ve|ving) (?:breakfast|lunch|dinner|supper|tea)|(?:eat|din)(?:s|es|ing) at|on (?:the|a) (?:[\p{L}-]+ )?(?:bench|chair|sofa|couch|stool|armchair|throne|swing)|plays? the piano|fishing|row(?:s|ing)|paddl(?:es?|ing))\b|坐/iu],
  ['run', /(?<!\b(?:juice|tears?|water|sweat|blood|rain|paint|colou?rs?|ink|mascara|engine|tap|nose|road|track|path|river|stream|children's|cracks?) )\b(?:run(?:s|ning)?(?! (?:down (?:his|her|the) (?:chin|cheeks?|face|glass|wall|window)|the (?:shop|bar|place|show)|out of))|ran|kick(?:s|ing)? (?:a|the|an old) (?:[\p{L}-]+ )?(?:ball|football|can)|play(?:s|ing)? (?:football|soccer|tag|catch)|skip(?:s|ping)|hop(?:s|ping)|sprint\w*|chas(?:es|ing)|flee(?:s|ing)?|rac(?:es|ing)|dash(?:es|ing)|charg(?:es|ing)|jog(?:s|ging)?|rush(?:es|ing)?)\b|跑/iu],
  ['walk', /\b(?:walk(?:s|ed|ing)?|stroll\w*|approach\w*|pac(?:es|ing)|march\w*|wander\w*|enter(?:s|ing)?|cross(?:es|ing)|(?:steps?|stepping) (?:into|out|forwards?|back|onto|up|down|closer|aside|through|from|off|over|inside|outside|on|away|towards?)|follow(?:s|ing)? (?:him|her|them|behind|after|at a)|hurr(?:y|ies|ying)|squeez(?:es?|ing) (?:past|through)|haul(?:s|ing) (?:himself|herself|themselves)|strid(?:es|ing)|hik(?:es|ing)|danc(?:es|ing)|comes?|coming|climb(?:s|ing)?|creep(?:s|ing)?|slip(?:s|ping)? (?:past|through|into|out|away|by|in|off)|pass(?:es|ing)? (?:by|him|her|them|us|through)|goes|heads? (?:for|to|towards?|down|up|off|into)|makes? (?:his|her|their) way|limp(?:s|ing)?|stagger\w*|stumbl\w*|shuffl(?:es|ing) (?:in|out|to|towards?|along|across|past|off|through)|sneak\w*|leav(?:es|ing)|trudg\w*|drags?|push(?:es|ing)?)\b|走/iu],
];

/** How somebody is, by the first such word about him. */
export function findPose(text: string): Pose | undefined {
  let first: { at: number; pose: Pose } | undefined;
  for (const [pose, pattern] of POSES) {
    const match = pattern.exec(text);
    if (match && (!first || match.index < first.at)) first = { at: match.index, pose };
  }
  const stands = /\b(?:stands?|standing|stood|upright|waits?|waiting|leans?|leaning|pauses?|stops?|hesitates?|halts?)\b|站/iu.exec(text);
  return stands && (!first || stands.index < first.at) ? 'stand' : first?.pose;
}

export function findFacing(text: string): Facing | undefined {
  if (/\bfrom behind\b|\bback(?:s)? (?:is |are )?(?:turned )?to (?:us|the camera|camera)\b|\bwalk(?:s|ing)? away\b|\b(?:his|her|their) back to\b|\brear view\b|背影|背对/iu.test(text)) return 'away';
  if (/\b(?:at|into|to|toward|towards|faces?|facing) (?:the )?(?:camera|lens|us|viewer)\b|\bhead-on\b|看(?:着|向)镜头/iu.test(text)) return 'camera';
  if (/\b(?:profile|looks?|looking|facing|faces|turned|walks?|walking|runs?|running|moves?) (?:to (?:the )?)?(?:screen |frame |camera )?left\b|\bfrom right to left\b/iu.test(text)) return 'left';
  if (/\b(?:profile|looks?|looking|facing|faces|turned|walks?|walking|runs?|running|moves?) (?:to (?:the )?)?(?:screen |frame |camera )?right\b|\bfrom left to right\b/iu.test(text)) return 'right';
  return undefined;
}

export function findSide(text: string): 'left' | 'right' | 'centre' | undefined {
  const match = /\b(?:on|at|to|in|from)? ?(?:the )?(?:screen|frame|camera|far)? ?(left|right|centre|center)(?: (?:of|side|third|edge|foreground|half)\b| of frame)|\b(?:screen|frame|camera)[ -](left|right)\b|\bon the (left|right)\b/iu.exec(text);
  const word = (match?.[1] ?? match?.[2] ?? match?.[3])?.toLowerCase();
  return word === 'center' ? 'centre' : (word as 'left' | 'right' | 'centre' | undefined);
}

export function findGesture(text: string): Gesture {
  if (/\b(?:waves?|waving|beckons?|beckoning)\b(?! (?:crash|break|roll|lap|of))|挥手/iu.test(text)) return 'wave';
  if (/\b(?:raises?|raising|lifts?|hails?|salutes?|points?|pointing|aims?)\b|举/iu.test(text)) return 'raise';
  if (/\b(?:reach(?:es|ing)?|hands over|gives|offers|touch(?:es)?|opens|knocks|pushes|presses|pulls)\b/iu.test(text)) return 'reach';
  return /\b(?:holds?|holding|reads?|reading|carr(?:y|ies)|drinks?|sips?|eats?|typ(?:es|ing)|writes?|writing|pours?|plays?|clutch(?:es)?|cooks?|stirs?|cuts?|chops?|paints?|picks?|unscrews|drives?|driving|with (?:a|an|his|her) (?:\p{L}+ )?(?:lantern|tray|book|umbrella|cup|letter|gun|camera|phone))\b/iu.test(text) ? 'hold' : 'none';
}

/** Whether somebody says something, or moves his head for another reason. */
export function findNodding(text: string): boolean {
  return /\b(?:nods?|nodding|shakes? (?:his|her) head|speaks?|speaking|talks?|talking|says?|shouts?|shouting|whispers?|whispering|argues?|arguing|answers?|laughs?|laughing|sings?|singing|explains?|tells?|pleads?|yells?|cries|sobs?|lectures?|counts?|orders?)\b/iu.test(text);
}
