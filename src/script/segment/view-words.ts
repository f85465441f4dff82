import { isPlaceHeading } from '../looks-like-screenplay.ts';

/** What a script itself says about how a picture is taken, and where a picture cannot go on from the one before. */

const SHOT = '(?:shots?|view|angle|up|ups|on|of|for)';
/** A sentence or line that begins so is a picture of its own, taken from somewhere else. */
const NEW_VIEW = new RegExp(
  String.raw`^\s*(?:[-–—•*]\s*)?(?:` +
    [
      String.raw`(?:(?:extreme|very|medium|mid|big|tight|slow|low|high)[\s-]+)?(?:close|wide|long|full|medium|tight)(?:[\s-]?(?:up|ups|shot|angle|two[\s-]shot))?\s*(?:[:–—]|-\s|\.\s|,\s|${SHOT}\b)`,
      String.raw`(?:insert|inserts|cutaway|cut away|montage|series of shots|quick cuts|establishing|flashback|flash(?:es)? (?:back|cut|of|to)|intercut|split screen|super(?:impose)?|title card|on screen|overhead|aerial|drone|bird'?s[\s-]eye|top[\s-]down|tracking shot|crane shot|two[\s-]shot|reverse|new angle|another angle|angle|favou?ring|pov|point of view|ots|over[\s-]the[\s-]shoulder|ecu|xcu|mcu|cu|mws|mls|ews|els|ms|ws|ls|back to|elsewhere|meanwhile|dream sequence)\b`,
      String.raw`[\p{L}’']+(?:'s|’s)\s(?:pov|point of view)\b`,
      String.raw`(?:we\s)?(?:cut|smash cut|match cut|dissolve)\s+to\b`,
      String.raw`through (?:the|a|his|her|their) (?:binoculars|telescope|spyglass|scope|keyhole|viewfinder|peephole)\b`,
    ].join('|') +
    ')',
  'iu',
);
const SIZE = /\b(?:(?:extreme|very|medium|mid|big|tight)[\s-])?(?:close[\s-]?ups?|(?:wide|long|full|medium)[\s-](?:shot|angle|two[\s-]shot))\b|\bestablishing\b|\b(?:aerial|drone|bird'?s[\s-]eye|overhead)\b|^\s*(?:close|wide|medium|full|tight)\b(?=\s*[:,.–—-]|\s+on\b)|\bclose on\b|\b(?:insert|pov|point of view|macro|two[\s-]shot|ECU|MCU)\b|^\s*(?:ECU|XCU|MCU|CU|MWS|MLS|EWS|ELS|MS|WS|LS|FS|OTS)(?=\s*[-–—:,]|\s(?:on|of)\s|\s\p{Lu})/iu;
const NUMBER = String.raw`(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|several|some|a few|many|half an)`;
const SPAN = '(?:seconds?|moments?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|summers?|winters?)';
const DAY_PART = '(?:morning|afternoon|evening|night|day|dawn|dusk|noon|midnight|sunrise|sunset|week|month|year|spring|summer|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)';
/** Time has passed, or it is another time. */
const TIME_JUMP = new RegExp(
  String.raw`^[“"'‘]?\s*(?:and\s|then\s|but\s)?(?:` +
    [
      String.raw`(?:${NUMBER}\s)?(?:\p{L}+\s)?${SPAN}\s(?:later|after|afterwards|before|earlier|passed|went by|go by|pass)\b`,
      String.raw`(?:much|long|some time|a little|a while|not long|shortly|soon)?\s?(?:later|afterwards?)\b(?!\s+(?:than|the|a|his|her)\b)`,
      String.raw`(?:that|the same|the following|the next|next|early (?:the )?next|late (?:that|the next)|on the following|all (?:that|the next))\s(?:very\s)?${DAY_PART}\b`,
      String.raw`(?:by|before|towards?|around|it was|it is)\s(?:the time|nightfall|noon|midnight|dawn|dusk|morning|evening|sunset|sunrise)\b`,
      String.raw`(?:at|in the|on the)\s(?:dawn|dusk|nightfall|midnight|noon|daybreak|sunrise|sunset|morning|evening|afternoon|(?:first|second|third|fourth|fifth|last) (?:day|night|morning|evening))\b`,
      String.raw`(?:when|as)\s(?:night|evening|morning|dawn|dusk|spring|summer|autumn|winter)\s(?:came|fell|comes|falls|broke|breaks)\b`,
      String.raw`(?:in|since)\s(?:1[0-9]|20)\d\d\b`,
      String.raw`(?:years?|days?|weeks?|months?|hours?|some time|long)\s(?:ago|earlier|before)\b`,
      String.raw`meanwhile\b|elsewhere\b|back (?:at|in|home|then)\b|the years (?:passed|went)\b|time passes\b`,
    ].join('|') +
    ')',
  'iu',
);

/** The same in the languages that stories are read in. */
const TIME_JUMP_ELSEWHERE = new RegExp(
  String.raw`^[“"'‘«„]?\s*(?:` +
    [
      String.raw`(?:[\p{L}\p{N}]+\s){0,3}(?:sekunden?|augenblicke?|minuten?|stunden?|tage?|nächte?|wochen?|monate?|jahre?)\s(?:später|danach|darauf|zuvor|vergingen|vergehen)`,
      String.raw`(?:kurz|etwas|viel|wenig)?\s?(?:später|danach|unterdessen|inzwischen|währenddessen)`,
      String.raw`(?:am|an diesem|an jenem)\s(?:(?:nächsten|folgenden|anderen|selben|späten|frühen)\s)?(?:tage?|morgen|abend|mittag|nachmittag|wochenende)`,
      String.raw`in (?:der (?:nächsten |folgenden |selben )?nacht|dieser nacht|jener nacht|der morgendämmerung)|im morgengrauen|(?:um|gegen) mitternacht|als (?:es )?(?:der |die )?(?:abend|nacht|morgen|hell|dunkel|dämmerung)`,
      String.raw`(?:[\p{L}\p{N}]+\s){0,3}(?:secondes?|instants?|minutes?|heures?|jours?|nuits?|semaines?|mois|ans|années?)\s(?:plus tard|après|passèrent|passent)`,
      String.raw`(?:bien |peu |un peu )?plus tard|le lendemain|le (?:soir|matin|jour) (?:même|suivant|venu)|(?:ce soir|cette nuit|ce matin|ce jour)-là|au (?:petit matin|matin|crépuscule)|à (?:l['’]aube|minuit|midi|la tombée de la nuit)|pendant ce temps|la nuit (?:venue|suivante|tombée)`,
      String.raw`(?:[\p{L}\p{N}]+\s){0,3}(?:segundos?|minutos?|horas?|días?|noches?|semanas?|meses|mes|años?)\s(?:después|más tarde)`,
      String.raw`(?:mucho |poco )?más tarde|al día siguiente|a la mañana siguiente|(?:esa|aquella) (?:noche|tarde|mañana)|al (?:amanecer|anochecer|atardecer)|mientras tanto|a medianoche`,
      String.raw`(?:[\p{L}\p{N}]+\s){0,3}(?:secondi|minut[oi]|or[ae]|giorn[oi]|nott[ei]|settiman[ae]|mes[ei]|ann[oi])\s(?:dopo|più tardi)`,
      String.raw`(?:molto |poco )?più tardi|(?:il giorno|la mattina|la sera|la notte) (?:dopo|seguente)|quell[ao] (?:notte|sera|mattina)|all['’]alba|al tramonto|a mezzanotte|intanto|nel frattempo`,
    ].join('|') +
    String.raw`)(?![\p{L}])`,
  'iu',
);

/** Whether the words begin a picture of their own: `CLOSE ON`, `INSERT`, `POV`, `Wide:`. */
export function beginsNewView(text: string): boolean {
  return NEW_VIEW.test(text);
}

export function jumpsInTime(text: string): boolean {
  return TIME_JUMP.test(text) || TIME_JUMP_ELSEWHERE.test(text);
}

/** Whether the words say themselves how large the picture is. */
export function saysSize(text: string): boolean {
  return SIZE.test(text);
}

/** What shot lists write for short, and a model may not know. */
const SHORT: readonly (readonly [short: string, words: string])[] = [
  ['ECU', 'Extreme close-up'],
  ['XCU', 'Extreme close-up'],
  ['MCU', 'Medium close-up'],
  ['CU', 'Close-up'],
  ['MWS', 'Medium wide shot'],
  ['MLS', 'Medium long shot'],
  ['EWS', 'Extreme wide shot'],
  ['ELS', 'Extreme long shot'],
  ['MS', 'Medium shot'],
  ['WS', 'Wide shot'],
  ['LS', 'Long shot'],
  ['FS', 'Full shot'],
  ['OTS', 'Over-the-shoulder shot'],
];
const SHORT_AHEAD = new RegExp(String.raw`^\s*(${SHORT.map(([short]) => short).join('|')})\s*(?:[-–—:,]\s*|(?=(?:on|of)\s))`, 'u');

/** `WS – Bank vault` as `Wide shot: bank vault` is meant. */
export function spelledSize(text: string): string {
  return text.replace(SHORT_AHEAD, (whole, short: string) => {
    const words = SHORT.find(([one]) => one === short)?.[1] ?? short;
    return /[-–—:,]/u.test(whole) ? `${words}: ` : `${words} `;
  });
}

/** `Wide shot` of a shot list's `WS`; other words stay as they are. */
export function sizeInWords(size: string): string {
  return SHORT.find(([short]) => short === size.trim().toUpperCase())?.[1] ?? size;
}

const ELSEWHERE = /^\s*(?:[-–—•*]\s*)?(?:insert|inserts|cutaway|cut away|montage|series of shots|quick cuts|flashback|flash(?:es)? (?:back|cut|of|to)|split screen|title card|on screen|ots|over[\s-](?:the|(?:his|her|their)|[\p{L}]+['’]s)[\s-]shoulder|pov|point of view|[\p{L}’']+(?:'s|’s)\s(?:pov|point of view)|dream sequence|through (?:the|a|his|her|their) (?:binoculars|telescope|spyglass|scope|keyhole|viewfinder|peephole))(?![\p{L}])/iu;

/** A view that is left again: what follows cannot go on from its picture. */
export function looksElsewhere(text: string): boolean {
  return ELSEWHERE.test(text);
}

/** A line that only says where the camera is again. */
export const BACK_TO = /^\s*(?:back to (?:scene|present|the present|live|shot|our scene)|end (?:of )?(?:montage|flashback|insert|intercut|series of shots|dream)|resume)\b[^.]*[.:]?\s*$/iu;

/** In capitals: what the shots below it are, and no picture itself. */
const TITLE_OF_SHOTS = /^(?:[\p{L}’']+\s)?(?:montage|series of (?:shots|images)|quick cuts|intercut(?:ting)?|inter-?cut|split[\s-]screen|begin montage|start montage)(?![\p{L}])/iu;

/** `MONTAGE - THE LONG NIGHT`, `SERIES OF SHOTS:`, and not `Montage: ropes, rain`. */
export function isTitleOfShots(text: string): boolean {
  return TITLE_OF_SHOTS.test(text) && (!/\p{Ll}/u.test(text) || /^[^:]*:$/u.test(text));
}

/** `FLASHBACK - EXT. BEACH - DAY`: a heading that says first that its scene is not now. */
const NOT_NOW = /^(?:(?:BEGIN|START)(?:\s+OF)?\s+)?(?:FLASH[\s-]?BACK|FLASH[\s-]?FORWARD|DREAM(?: SEQUENCE)?|NIGHTMARE|MEMORY|VISION|FANTASY|RÜCKBLENDE|TRAUM)(?:\s*[-–—:(]+\s*|\s+TO\s*[-–—:]?\s*)/u;

export function isFlashbackHeading(text: string): boolean {
  return NOT_NOW.test(text) && isPlaceHeading(text.replace(NOT_NOW, '').replace(/\)$/u, ''));
}

/** Words that only keep time: they hold the picture before them. */
export const PAUSE = /^\s*(?:\(?(?:a |another |one |long |a long |short )*(?:beat|pause|silence|moment|stillness|nothing)\)?[.!… ]*)+$/iu;

/** How the picture beside it is taken or plays, in a sentence of its own that shows nothing: `SLOW MOTION.` */
export const MANNER_OF_PICTURE = /^\s*\(?(?:(?:all |now |everything )?in (?:extreme |super )?slow[\s-]?(?:motion|mo)|(?:extreme |super )?slow[\s-]?mo(?:tion)?|slo[\s-]?mo|real time|normal speed|time[\s-]?lapse|fast motion|speed ramp|(?:in )?black and white|freeze[\s-]?frame|hand-?held|zeitlupe|in zeitlupe|zeitraffer|(?:au )?ralenti|(?:en |a )?cámara lenta|(?:al )?rallentatore|rallenti)\)?[.!…]*\s*$/iu;

/** Where a view through somebody's eyes names them: `POV - BISHOP: the floor`, `BISHOP'S POV`. */
const EYES_OF = /^\s*(?:pov|p\.o\.v\.|point of view)\s*(?:[-–—:(]+\s*|(?:of|from)\s)/iu;
const EYES_WHOSE = /^[\p{L}\p{N}.\s-]{1,40}['’]s?\s(?:pov|p\.o\.v\.|point of view)(?![\p{L}])/iu;

/** Where the name stands of somebody through whose eyes is seen, and who is not in the picture. */
export function eyesAt(text: string): number | undefined {
  return EYES_WHOSE.test(text) ? 0 : EYES_OF.exec(text)?.[0].length;
}

/** A time in words of the script, that a line of its own may say: `LATER`, `THE NEXT MORNING`. */
export function isTimeLine(text: string): boolean {
  return text.length <= 40 && jumpsInTime(text) && text === text.toUpperCase();
}
