import { isActingVerb } from './acting-verbs.ts';
import { personNoun } from './person-nouns.ts';
import { findThings } from './thing-words.ts';
import { findSetting } from './place-words.ts';

/** Words in capitals that are no names: the trade's own, places in headings, and what is shouted. */
const NOT_NAMES = new Set(
  ('LEFT RIGHT FORWARD FORWARDS BACKWARD BACKWARDS AROUND ACROSS CIRCLES CIRCLING CIRCLE ORBIT ORBITS ORBITING SHOULDER SHOULDERS TWO-SHOT THREE-SHOT GROUP SHOTS CAMERA PANS PANNING TILTS TILTING ZOOMS ZOOMING PUSH PUSHES PUSHING PULL PULLS PULLING PUSH-IN PULL-BACK TRACKS TRACK TRUCK TRUCKS TRUCKING DOLLIES CRANES CRANING RISES RISING DESCENDS FOLLOW FOLLOWS FOLLOWING MOVE MOVES MOVING SLOW SLOWLY QUICK FAST CLOSE-UP CLOSE-UPS CLOSEUP HAND-HELD STEADICAM LOCKED OFF FIXED REVERSE MASTER SINGLE PROFILE FRONT EYE EYES EYE-LEVEL LEVEL HEAD HEADS TOE KNEES WAIST CHEST SOFT DEEP SHALLOW FOCUS RACK DETAIL MACRO CUTAWAY OVERHEAD TOP TOP-DOWN BIRD GOD SILENCE MUSIC FREEZE FRAME SPLIT SCREEN MOTION LAPSE TIMELAPSE HOLD HOLDS BEAT PAUSE STILL BEHIND BELOW ABOVE TOWARDS TOWARD THROUGH INTO SOUND SFX WALLA INTERCUT LAPSE SMASH MATCH JUMP HARD SOFT INT/EXT MID MEDIUM-WIDE MEDIUM-CLOSE WIDER TIGHTER TIGHT LOOSE CLEAN DIRTY REACTION GO GOES ' +
    'INT EXT CU ECU XCU BCU MCU MS MLS MWS WS LS EWS ELS XLS VLS FS OTS POV CLOSE WIDE MEDIUM SHOT ANGLE INSERT CUT TO FADE IN OUT DISSOLVE DAY NIGHT DAWN DUSK MORNING EVENING LATER CONTINUOUS SAME THE A AN AND OR OF ON AT BACK UP DOWN FROM WITH OVER VO OS OC CONT MOS SFX VFX TITLE SUPER BEGIN END FLASHBACK MONTAGE SERIES NO YES UHD HD FPV RED BLUE GREEN BLACK WHITE TV FBI CIA USA UK NYC LA AI CGI DSLR IMAX ARRI KODAK NIKON CANON SONY EXTREME ESTABLISHING FULL LONG TRACKING TWO THREE STATIC PAN TILT ZOOM DOLLY CRANE HANDHELD LOW HIGH DUTCH AERIAL DRONE SCENE THEN WE HE SHE THEY IT HIS HER THEIR I YOU ' +
    'January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday God Earth Moon Sun Mars English French German Chinese Japanese American European Victorian Gothic Static Slow Camera Close Wide Medium Extreme Over Night Day Dawn Dusk Inside Outside Bright Golden Low High Handheld Tracking The A An And But Then As In On At With From He She They It His Her Their We Two Three Four Five Six Seven One No Nobody Everyone Someone Insert Overhead Dutch Aerial Drone Studio Close-up Closeup Rain Snow Wind Light Shadows Steam Smoke Snowflakes Steadicam Gimbal Dolly Zoom Pan Tilt Track Truck Pull Push Whip Crash Locked Still Macro Wider Tighter Same Reverse').split(' ').map((word) => word.toUpperCase()),
);
const NATURE = /^(?:\p{L}*light|rain(?:drops?|fall)?|snow(?:flakes?)?|dust|winds?|waves?|leaves|water|fires?|flames?|smoke|steam|clouds?|shadows?|sparks?|stars?|fog|mist|first|last|then|suddenly|silence|music|lightning|thunder|blood|tears?|sun(?:set|rise|beams?)?|moon|hooded|masked|tall|young|old|tiny|small|warm|cold|soft|blue|red|green|white|black|dark|macro|amber|crisp|muted|natural|shallow|gentle|steady|slow|fast|quick|time|style|film|cinematic|photo(?:realistic|graphy)?|realistic|ultra|hyperrealistic|dawn|dusk|midday|noon|morning|evening|tracking|panning|orbit(?:ing|s)?|interior|exterior|empty|busy|crowded|long|both|everything|everyone|everybody|every|something|someone|somebody|some|anything|anyone|anybody|any|nothing|nobody|no|not|now|none|dramatic|dramatically|slowly|quietly|inside|outside|behind|above|below|under|through|across|along|between|around|beside|near|far|after|before|while|when|where|there|here|another|other|what|who|how|why|upon|within|without|during|despite|instead|once|soon|maybe|perhaps|still|just|only|even|also|finally|later|meanwhile|nearby|outdoors|indoors|welcome|please|let|make|show|create|generate|imagine)$/iu;
const PLACE_BEFORE = /\b(?:in|from|near|of|across|over|through|into|towards?|outside|inside|to)\s+$/iu;
const TITLES = /\b(?:Mr|Mrs|Ms|Dr|Sir|Lady|Lord|Captain|Detective|Inspector|Officer|Professor|Uncle|Aunt|Father|Sister|Brother|King|Queen|Prince|Princess|Agent|Sergeant|Colonel|General|Old|Young|Little|Nonna|Nonno|Signora?|Señora?|Madame|Monsieur|Mademoiselle|Miss|Herr|Frau|Sheikh|Rabbi|Judge|Nurse|Chef|Mayor|Commander|Major|Lieutenant|Corporal|Private|Admiral|Grandma|Grandpa|Granny)\.?\s+$/u;

/**
 * Names of people in a text, as written first: a capitalised word that acts ("Mara opens the door"), that is in capitals
 * as scripts have it ("MARA (30s)"), or that acts together with another one ("Mara and Jonah argue").
 */
export function findNames(text: string): string[] {
  const found = new Map<string, string>();
  const words = Array.from(text.matchAll(/\p{Lu}[\p{L}’'-]*(?<!['’][sS])/gu));
  for (const match of words) {
    const word = match[0].replace(/['’]$/u, '');
    const key = word.toUpperCase();
    if (found.has(key) || word.length < 2 || NOT_NAMES.has(key) || personNoun(word.toLowerCase()) || NATURE.test(word) || findThings(word).length > 0 || findSetting(word) !== undefined) continue;
    const before = text.slice(Math.max(0, match.index - 24), match.index);
    const after = text.slice(match.index + word.length, match.index + word.length + 60);
    if (isHeading(text, match.index)) continue;
    if (!actsHere(before, after, word)) continue;
    const first = firstNameBefore(text, match.index);
    if (first !== undefined) found.delete(first.toUpperCase());
    found.set(key, first === undefined ? titled(word) : `${titled(first)} ${titled(word)}`);
  }
  return Array.from(found.values());
}

/** The `Ines` of "Ines Vidal": what stands right before a name and may be one. */
function firstNameBefore(text: string, at: number): string | undefined {
  const word = /(\p{Lu}[\p{L}’'-]+) $/u.exec(text.slice(Math.max(0, at - 24), at))?.[1];
  if (word === undefined || /['’]s?$/u.test(word) || NOT_NAMES.has(word.toUpperCase()) || NATURE.test(word) || TITLES.test(`${word} `) || /(?:ed|ing|ly|ful|less|ous)$/u.test(word) || personNoun(word.toLowerCase()) || isActingVerb(word.toLowerCase())) return undefined;
  return findThings(word).length > 0 || findSetting(word) !== undefined ? undefined : word;
}

function actsHere(before: string, after: string, word: string): boolean {
  if (/^\s*\((?:V\.?\s?O|O\.?\s?[SC]|off)/iu.test(after)) return false;
  const capitals = word === word.toUpperCase() && word.length > 2;
  const opensSentence = /(?:^|[.!?:;\n]\s*|[—–-]\s+)$/u.test(before);
  const next = /^(?:,[^.;!?]{1,40},)?\s+(?:and|slowly|quietly|suddenly|still|now|then|just|also|both|silently|gently|carefully|\p{Ll}+ly)?\s*(\p{Ll}+)/u.exec(after)?.[1];
  // "Northern lights" light nothing.
  if (next === 'lights' && !/^\s+lights\s+(?:an?|the|his|her|up|another)\b/u.test(after)) return false;
  // "Rows of houses" is no verb.
  if (next !== undefined && new RegExp(`\\b${next}\\s+of\\b`, 'u').test(after) && next.endsWith('s')) return false;
  const together = /^\s*(?:,|and|&|with)\s+\p{Lu}[\p{L}’'-]+/u.test(after);
  // At the start of a sentence anything has a capital: only "Mara opens" counts there, not "First light".
  const acts = next !== undefined && isActingVerb(next) && (!opensSentence || next.endsWith('s') || capitals);
  const owns = /^['’]s?\s+(?:\p{Ll}+\s+){0,2}(?:face|eyes?|hands?|shoulders?|pov|point|profile|silhouette|back|lips|mouth|fingers?|head)\b/iu.test(after);
  if (TITLES.test(before)) return true;
  // "Viktor and two riders"
  const beside = /^\s*(?:,|and|&|with)\s+(?:an?|the|his|her|two|three|four|five|six|some|several)\s+((?:[\p{L}-]+\s+){0,2}[\p{L}-]+)/iu.exec(after)?.[1];
  if (beside?.toLowerCase().split(/\s+/u).some((noun) => personNoun(noun)) === true) return true;
  if (owns) return true;
  if (capitals) return !PLACE_BEFORE.test(before) || acts || /^\s*(?:\(|,)/u.test(after) || !/\b(?:in|near|outside|inside)\s+$/iu.test(before);
  if (PLACE_BEFORE.test(before) && !acts) return /\b(?:of|towards?|to)\s+$/iu.test(before) && /\b(?:close[\s-]?up|shot|face|eyes|hands?|next|over|turns?|talks?|speaks?|listens?|hands|gives|smiles|nods|says?|two-shot) (?:\p{Ll}+ )?(?:of|towards?|to)\s+$/iu.test(before);
  if (acts || /^\s*\(\d/u.test(after) || /^,\s+\d{1,2}\b/u.test(after) || describesSomebody(after)) return !(opensSentence && next !== undefined && /^(?:is|are|was|were|has|have)$/u.test(next) && !together);
  if (together) {
    // "Tad and Ruth at the bars"
    if (/^\s*(?:and|&)\s+\p{Lu}\p{Ll}[\p{L}’'-]*\s+(?:at|on|in|by|beside|behind|before|under|side|back|face|alone|together)\b/u.test(after)) return true;
    const shared = /^(?:,?\s*(?:,|\band|&|\bwith)\s+\p{Lu}[\p{L}’'-]+(?:\s+\p{Lu}[\p{L}’'-]+)?)+\s+(?:\p{Ll}+ly\s+)?(\p{Ll}+)/u.exec(after)?.[1];
    if (shared !== undefined && isActingVerb(shared)) return true;
  }
  return /\b(?:and|with|at|faces|facing|watches|beside|behind|hugs|kisses|joins|follows|on|meets|sees|holds|helps|shoulder|between|shoulder of|close[\s-]?up:?|medium:?|wide:?|(?:CU|MS|MCU|ECU|OTS|WS|LS|FS|shot|close|tight|up|push-in|push in|zoom in|pov)(?: of| on| to|:)?)\s+$/iu.test(before) && !/^\s+(?:street|road|avenue|bridge|tower|square|river|bay|station|park|hill|beach|island|mountains?|canyon|desert|airport|hotel)\b/iu.test(after) && (!/\b(?:on|at)\s+$/iu.test(before) || /\b(?:CU|MS|MCU|ECU|WS|close|tight|shot|up|push-in|in)(?: on| at)\s+$/iu.test(before));
}

/** A line of a script that says where a scene plays: all in capitals, or beginning with INT or EXT. */
function isHeading(text: string, at: number): boolean {
  const from = text.lastIndexOf('\n', at) + 1;
  const line = text.slice(from, text.indexOf('\n', at) < 0 ? undefined : text.indexOf('\n', at));
  const heading = /^\s*(?:\d+\s*)?(?:INT|EXT|I\/E)\b[^\n]*?(?:\b(?:DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|LATER|CONTINUOUS)\b|[a-z]|$)/u.exec(line);
  return heading !== null && at - from < heading[0].length;
}

/** `MARA` as people read it: `Mara`. */
export function titled(word: string): string {
  return word === word.toUpperCase() ? word.charAt(0) + word.slice(1).toLowerCase() : word;
}

/** ", a tired nurse": what is in apposition to a name says who it is. */
function describesSomebody(after: string): boolean {
  const words = /^,\s+an?\s+((?:[\p{L}-]+\s+){0,3}[\p{L}-]+)/u.exec(after)?.[1];
  return words !== undefined && words.toLowerCase().split(/\s+/u).some((word) => personNoun(word) !== undefined);
}
