import { cueOf } from './cue.ts';

/**
 * Lines in capitals that no name can be, although words stand right below them: how a picture is taken, where the camera goes,
 * when it is. A form needs the word that makes it one: `ANGLE ON` is none's name, ANGLE may be.
 */
const SIZES = '(?:EXTREME |VERY |MEDIUM |MID |BIG |TIGHT |SLOW )?(?:CLOSE|WIDE|LONG|FULL|MEDIUM|MID|TIGHT)';
const TAKEN = `(?:${SIZES}|HIGH|LOW|REVERSE|NEW|ANOTHER|DUTCH|CANTED|AERIAL|OVERHEAD|ESTABLISHING|TRACKING|TRAVELL?ING|CRANE|DOLLY|DRONE|STEADICAM|HANDHELD|TWO|THREE|GROUP|MASTER|INSERT|POV|REACTION|MOVING|STOCK)`;
const MOVES = '(?:PAN|TILT|ZOOM|PUSH|PULL|DOLLY|TRACK|CRANE|RACK|SWISH PAN|WHIP PAN|SMASH|CUT|MATCH CUT|SMASH CUT|JUMP CUT|DISSOLVE|FADE|HOLD|WIDEN|DRIFT|SWEEP)';
const WHERE_TO = '(?:TO|IN|INTO|OUT|BACK|UP|DOWN|LEFT|RIGHT|ACROSS|ALONG|AROUND|OVER|THROUGH|FOCUS|WITH|ON|FROM|PAST|AWAY|CLOSER)';
const GROUPS = '(?:MONTAGE|SERIES OF (?:SHOTS|IMAGES)|QUICK CUTS|INTER-?CUT(?:TING)?|SPLIT[ -]SCREEN|FREEZE[ -]FRAME|FLASH[ -]?BACKS?|FLASH[ -]?FORWARD|DREAM SEQUENCE|TIME[ -]?LAPSE|TITLE SEQUENCE)';
const DAY_PARTS = '(?:SECONDS?|MOMENTS?|MINUTES?|HOURS?|DAYS?|NIGHTS?|WEEKS?|MONTHS?|YEARS?)';
/** The end of the line, or what parts a direction from its words: `INSERT - THE LETTER`, `SUPER: LONDON`. */
const PARTED = String.raw`(?=\s*(?:[-–—:.,]|$))`;

const FORMS: readonly (readonly [what: string, form: string])[] = [
  ['a size', `${SIZES}[ -]?(?:UPS?|SHOTS?|ANGLE|ON|OF)(?![\\p{L}])`],
  ['a size', `${SIZES}\\s*[-–—:]`],
  ['a kind of shot', `${TAKEN}[ -](?:CLOSE[ -]?UPS?|SHOTS?|ANGLE)(?![\\p{L}])`],
  ['an abbreviation', String.raw`(?:ECU|XCU|MCU|CU|MWS|MLS|EWS|ELS|MS|WS|LS|OTS)(?:\s*[-–—:]| ON | OF )`],
  ['where the camera looks', `(?:ANGLE|ANGLES|FOCUS|FAVOU?RING|ON) (?:ON )?\\S`],
  ['where the camera looks', `ANGLE (?:ON|TO|FROM)$`],
  ['where the camera looks', `(?:ANGLE|FAVOU?RING)\\s*[-–—:]`],
  ['where the camera looks', String.raw`(?:OVER|THROUGH) (?:THE|A|HIS|HER|THEIR|[\p{Lu}.]+['’]S?) `],
  ['through whose eyes', String.raw`(?:[\p{L}\p{N}.'’ -]+['’]S? |FROM [\p{L}\p{N}.'’ -]+ )?(?:POV|P\.O\.V\.|POINT OF VIEW)(?![\p{L}])`],
  ['an insert', `(?:INSERTS?|CUT-?AWAY)(?:${PARTED}| (?:THE|A|AN|OF|ON|HIS|HER|THEIR) )`],
  ['where the picture goes back to', 'BACK (?:TO|ON|AT) '],
  ['several pictures', `(?:(?:BEGIN|START|END)(?: OF)? |[\\p{L}'’]+ )?${GROUPS}${PARTED}`],
  ['several pictures', `(?:BEGIN|START|END)(?: OF)? (?:${GROUPS}|INSERT|DREAM|SONG|SCENE|TITLES|CREDITS)`],
  ['a move', `${MOVES}(?:S|ES|ING)? ${WHERE_TO}(?![\\p{L}])`],
  ['a move', `(?:THE )?CAMERA (?:IS |SLOWLY |NOW )*(?:PANS|TILTS|MOVES|PUSHES|PULLS|TRACKS|FOLLOWS|RISES|DRIFTS|CRANES|HOLDS|FINDS|CIRCLES|ZOOMS|DOLLIES|TURNS|GLIDES|REVEALS)`],
  ['what is seen', 'WE (?:SEE|HEAR|FOLLOW|MOVE|PAN|PUSH|TRACK|PULL|ARE|CUT|HOLD)(?![\\p{L}])'],
  ['words on the screen', String.raw`(?:SUPER(?:IMPOSE)?|TITLES?|TITLE CARD|CAPTION|CHYRON|SUBTITLE|ON SCREEN|ON-SCREEN TEXT)\s*[-–—:]`],
  ['a time', `(?:(?:[\\p{L}\\p{N}]+ )?${DAY_PARTS} )?(?:LATER|EARLIER)${PARTED}`],
  ['a time', `(?:THE |THAT |THE SAME )?(?:NEXT|SAME|FOLLOWING) (?:DAY|NIGHT|MORNING|AFTERNOON|EVENING)${PARTED}`],
  ['a time', `(?:LATER THAT (?:DAY|NIGHT|MORNING|EVENING)|MEANWHILE|CONTINUOUS)${PARTED}`],
  // The same in the languages in which headings are read.
  ['German', String.raw`(?:GRO(?:SS|ß|ẞ)AUFNAHME|NAHAUFNAHME|DETAILAUFNAHME|HALBTOTALE|TOTALE|HALBNAHE?|SCHNITT (?:AUF|ZU)|ZURÜCK (?:ZU[RM]?|AUF|INS?))(?![\p{L}])`],
  ['French', String.raw`(?:TRÈS )?GROS PLAN(?![\p{L}])|PLAN (?:LARGE|MOYEN|RAPPROCHÉ|SERRÉ|AMÉRICAIN|D['’]ENSEMBLE|SUBJECTIF|SÉQUENCE|FIXE)|RETOUR (?:À|AU|SUR) `],
  ['Spanish', String.raw`PRIMER(?:ÍSIMO)? (?:PRIMER )?PLANO(?![\p{L}])|PLANO (?:GENERAL|MEDIO|DETALLE|CERRADO|SUBJETIVO|AMERICANO)|(?:DE )?(?:REGRESO|VUELTA) A `],
  ['Italian', String.raw`PRIM(?:O|ISSIMO) PIANO(?![\p{L}])|CAMPO (?:LUNGO|LUNGHISSIMO|MEDIO|TOTALE)|DETTAGLIO (?:DI|DEL|DELLA|SU)|RITORNO (?:A|ALLA) `],
];
const DIRECTION = new RegExp(`^(?:${FORMS.map(([, form]) => form).join('|')})`, 'u');

/** Whether a line in capitals says how its picture is taken, and is nobody's name: `CLOSE ON THE RADIO`, `BACK TO SCENE`. */
export function isCameraDirection(line: string): boolean {
  const words = line.trim();
  if (/\p{Ll}/u.test(words) || !DIRECTION.test(words)) return false;
  // Only somebody who speaks is V.O. or goes on.
  const { extensions, continued, dual } = cueOf(words);
  return !continued && !dual && extensions.length === 0;
}
