export type ShotSize = 'extreme-wide' | 'wide' | 'full' | 'medium-wide' | 'medium' | 'medium-close' | 'close' | 'extreme-close';
export type Framing = 'plain' | 'over-shoulder' | 'insert' | 'point-of-view';
export type CameraAngle = 'eye' | 'low' | 'high' | 'top' | 'dutch';

/** Words of the film trade. Where several match at one place the earlier row wins: "medium close-up" is no close-up. */
const SIZES: readonly [ShotSize, RegExp][] = [
  ['extreme-close', /\b(?:extreme|very|big|tight|huge|super) close[\s-]?ups?\b|\bextreme close\b|\bmacro\b|大特写|极特写/iu],
  ['medium-close', /\b(?:medium|mid)[\s-]close(?:[\s-]?ups?)?\b|\bhead[\s-]and[\s-]shoulders\b|\b(?:bust|chest) shot\b|\bchest[\s-]up\b|近景|中近景/iu],
  ['medium-wide', /\b(?:medium|mid)[\s-](?:wide|long|full)\b|\bcowboy (?:shot|framing)\b|\bamerican shot\b|\bplan am[eé]ricain\b|\bknees?[\s-]up\b|\bthree[\s-]quarter shot\b|中全景/iu],
  ['extreme-wide', /\b(?:extreme|very|ultra|super)[\s-](?:wide|long)\b|\bestablishing\b|\baerial\b|\bdrone (?:shot|view|footage)\b|\bpanorama|\bpanoramic\b|\bvista\b|大远景|航拍/iu],
  ['close', /\bclose[\s-]?ups?\b|\bclose[\s-](?:shot|view|on|framing)\b|\btight (?:shot|on)\b|(?:^|[.,:;]\s*)(?:very )?tight(?=\s*[,:;])|\bchoker\b|(?:^|[,.:;]\s*)close(?=\s*(?:[,.:;]|on\b|$))|特写/iu],
  ['medium', /\b(?:medium|mid)[\s-]?shots?\b|\bwaist[\s-]?(?:up|shot)\b|\bmedium (?=on\b|of\b|two|framing|view)|(?:^|[,.:;]\s*)medium(?=\s*[,.:;]|$)|中景/iu],
  ['full', /\bfull[\s-](?:body|length|figure)\b|(?:^|[.,:;]\s*)full(?=\s+(?:on|of)\b|\s*[.,:;])|\bfull shot\b|\bhead[\s-]to[\s-]toes?\b|全身/iu],
  ['wide', /\b(?:wide|long)[\s-](?:shot|view|angle (?:shot|view|of)|framing|frame|establishing)|\bwide (?:on|of)\b|(?:^|[,.:;]\s*)wide(?=\s*[,.:;]|$)|\bmaster shot\b|全景|远景/iu],
];

// Abbreviations only count in capitals: "ms" and "cu" are also something else.
const SHORT_SIZES: readonly [ShotSize, RegExp][] = [
  ['extreme-close', /\b(?:ECU|XCU|BCU)\b/u],
  ['medium-close', /\bMCU\b/u],
  ['medium-wide', /\b(?:MLS|MWS)\b/u],
  ['extreme-wide', /\b(?:EWS|ELS|XLS|XWS|VLS)\b/u],
  ['close', /\bCU\b/u],
  ['medium', /\bMS\b/u],
  ['full', /\bFS\b/u],
  ['wide', /\b(?:WS|LS)\b/u],
];

/** From the waist, where nothing else is said of the size. */
const SEVERAL = /\b(?:two|three|group)[\s-]shots?\b/iu;

/** The size that the words name, the first one when they name several. */
export function findSize(text: string): ShotSize | undefined {
  let first: { at: number; end: number; size: ShotSize } | undefined;
  for (const [size, pattern] of [...SIZES, ...SHORT_SIZES]) {
    const match = pattern.exec(text);
    if (!match) continue;
    const end = match.index + match[0].length;
    // "medium close-up" ends with a "close-up": the longer words around it win.
    if (first && (match.index >= first.at || end === first.end) && !(match.index < first.at && end >= first.end)) continue;
    first = { at: match.index, end, size };
  }
  return first?.size ?? (SEVERAL.test(text) ? 'medium' : undefined);
}

const OVER_SHOULDER = /\bover[\s-]the[\s-]shoulder (?:shot|view|angle|of|on|from)\b|\bOTS\b|(?:^|[.,:;—–(]\s*|\b(?:shot|view|seen|camera|framed|looking|from|filmed|angle|shoot)\s+)over[\s-](?:the|his|her|their|an?|[\p{L}]+(?:'s|’s|s'))?[\s-]?(?:[\p{L}-]+(?:'s|’s|s')?\s+){0,3}shoulders?\b|过肩|越肩/iu;
const POINT_OF_VIEW = /\bPOV\b|\bpoints?[\s-]of[\s-]view\b|\bfirst[\s-]person\b|\bsubjective (?:shot|camera|view)\b|\bthrough (?:his|her|their|the|[\p{L}]+(?:'s|’s)) (?:own )?(?:eyes|binoculars|telescope|spyglass|keyhole|scope|visor|viewfinder)\b|主观(?:镜头|视角)|第一人称/iu;
const INSERT = /\binserts?(?:\s*(?:shot|:|-|–|—|of\b|on\b))|^\s*inserts?\b|\bdetail (?:shot|of|on)\b|\b(?:product|pack)[\s-]?shot\b|\bcutaway (?:to|of)\b|插入镜头|物体特写/iu;

export function findFraming(text: string): Framing {
  if (POINT_OF_VIEW.test(text)) return 'point-of-view';
  if (OVER_SHOULDER.test(text)) return 'over-shoulder';
  return INSERT.test(text) ? 'insert' : 'plain';
}

/** What somebody's eye is put to in a shot through his eyes. */
export function findEyepiece(text: string): 'eyes' | 'binoculars' | 'telescope' {
  if (/\bbinoculars\b/iu.test(text)) return 'binoculars';
  return /\b(?:telescope|spyglass|keyhole|scope|peephole)\b/iu.test(text) ? 'telescope' : 'eyes';
}

const ANGLES: readonly [CameraAngle, RegExp][] = [
  ['top', /(?:^|[.,:;(—–]\s*)overhead\b(?!\s+(?:lights?|lamps?|wires?|lines?|fan)\b)|\boverhead (?:shot|view|angle|camera|framing|on|of|onto)\b|\b(?:from|shot|camera|seen|filmed) (?:directly |straight )?overhead\b|\b(?:top[\s-]down|top (?:shot|view)|bird'?s?’?s?[\s-]eye|birds[\s-]eye|god'?s?’?s?[\s-]eye)\b|\b(?:straight down|directly (?:above|overhead)|from directly above)\b(?! (?:the (?:road|street|stairs|hall|corridor)))|顶视|鸟瞰|正俯/iu],
  ['dutch', /\bdutch\b|\bcanted\b|\btilted (?:frame|horizon|camera)\b|\boblique (?:shot|angle|view)\b|荷兰角|倾斜构图/iu],
  ['low', /\blow[\s-]angle\b|\blow camera\b|\bworm'?s?’?s?[\s-]eye\b|\bfrom (?:down )?below\b|\b(?:camera|shot|view|angle|shooting|filmed) (?:is )?(?:looks?|looking|pointing|pointed|angled|from)?\s*(?:straight )?(?:up (?:at|on|to)|below)\b|\b(?:knee|ankle|ground|floor)[\s-](?:height|level)\b|(?:^|[.,:;—–]\s*)(?:we )?look(?:ing)?(?: \p{L}+ly)? up (?:at|to|into|past)\b|\blow[\s-](?:shot|and wide)\b|(?:^|[.,:;]\s*)low (?=on\b)|(?:(?:^|[.,:;—–]\s*)|\b(?:seen|shot|viewed|filmed|looking|view) )from the (?:ground|floor|gutter|foot of)\b|仰拍|仰视|低角度/iu],
  ['high', /\bhigh[\s-]angle\b|\bhigh camera\b|(?<!\b(?:lit|light|lights|falls|shines|lamp|down)\s)\bfrom (?:high )?above\b|\b(?:camera|shot|view|angle|shooting|filmed) (?:is )?(?:looks?|looking|pointing|pointed|angled)?\s*down (?:at|on|upon|over)\b|\bhigh vantage\b|(?:^|[.,:;—–]\s*)(?:we )?(?:look(?:ing)?|peer(?:ing)?|gaz(?:e|ing))(?: \p{L}+ly)? down (?:on|at|upon|over|onto|into|from)\b|(?:(?:^|[.,:;—–]\s*)|\b(?:seen|shot|viewed|filmed|looking|view|watched) )from (?:high up|on high|a (?:great )?height|(?:the|a) (?:balcony|rafters|tower|ramparts|gallery|mast|treetops?|crow['’]s nest|upper window|window above|helicopter|crane))\b|\b(?:aerial|drone (?:shot|view|footage))\b|俯拍|俯视|高角度/iu],
];

export function findAngle(text: string): CameraAngle {
  return ANGLES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'eye';
}
