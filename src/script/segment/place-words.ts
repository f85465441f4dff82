import { placeSpelling, type PlaceSpelling } from './place-spelling.ts';
import type { Tongue } from './tongue.ts';

/** Where and when a scene plays, as its heading or its words say it. */
export interface Place {
  side?: 'Interior' | 'Exterior' | 'Interior and exterior';
  /** Small letters where the word is a common one. */
  where?: string | undefined;
  /** `night`, `dawn`, ... */
  time?: string;
}

const SIDE = String.raw`(?:int|ext|est|innen|au(?:ss|ß|ẞ)en|int[ée]rieur|ext[ée]rieur|interior|exterior|interno|esterno|binnen|buiten|инт|нат|экст|i|e)`;
const PREFIX = new RegExp(String.raw`^(${SIDE}(?![\p{L}])\.?(?:\s?\/\s?${SIDE}(?![\p{L}])\.?)?)[\s.–—-]*`, 'iu');
/** Before the place, where a heading says that its scene is not now: `FLASHBACK - EXT. BEACH`. */
const NOT_NOW = /^(?:(?:begin|start)(?:\s+of)?\s+)?(?:flash[\s-]?back|flash[\s-]?forward|dream(?: sequence)?|nightmare|memory|vision|fantasy|rückblende|traum)(?:\s*[-–—:]+\s*|\s+to\s*[-–—:]?\s*|\s*\(|\s+)/iu;
/** Says when by the scene before it, which has the time of day. */
const BY_THE_SCENE_BEFORE = /^(?:continuous(?:ly)?|continuing|cont(?:inued|['’]d)|same(?: (?:time|day|night))?|simultaneous(?:ly)?|moments? later|(?:a |two |few |some )*(?:minutes?|seconds?|hours?) later|later(?: that (?:day|night))?|meanwhile|contin(?:u|ué|uité)|suite|plus tard|même moment|fortlaufend|durchgehend|(?:kurz |etwas )?später|kurz darauf|gleichzeitig|continu(?:o|a|ación|azione)|más tarde|mismo momento|più tardi|poco dopo|stesso momento)$/iu;
/** Says nothing that is seen. */
const NOT_SEEN = /^(?:moving|in motion|travell?ing|stationary|establishing|flashback|present(?: day)?|back to (?:scene|present)|resume|intercut|montage|dream|stock|vfx)$/iu;
const TIME = /^(?:(?:early|late|mid|just before|just after|before|after|pre[- ]|spring|summer|autumn|winter)[\s-]?)?(?:day|night|morning|afternoon|evening|dawn|dusk|noon|midday|midnight|sunrise|sunset|twilight|magic hour|golden hour|blue hour|daybreak|nightfall|tag|nacht|morgen|abend|jour|nuit|matin|soir|día|noche|mañana|tarde|giorno|notte|день|ночь|утро|вечер|白天|夜|夜晚|日|昼|朝|夕)(?:\s\(.*\))?$/iu;

/** Places that scripts and stories have again and again. */
const PLACE_NOUNS = `airport aisle alcove alley alleyway apartment arena attic auditorium avenue backseat backyard bakery balcony ballroom bank bar barn barracks basement bathroom bay beach bedroom boardroom boat boathouse bookshop bridge bunker bus cabin cafe café cafeteria camp canteen canyon car carriage casino castle cathedral cave cell cellar cemetery chamber chapel church city classroom cliff clinic clifftop closet club coast cockpit coffin college compartment corridor cottage country countryside courtroom courtyard cove crypt deck den desert desk diner dock docks doorway dormitory driveway dungeon elevator entrance factory farm farmhouse farmyard ferry field fields flat foyer forest forge freeway front garage garden gallery gate gates graveyard greenhouse gym hall hallway hangar harbor harbour headland highway hill hills hillside hospital hotel house hut inn island jetty jungle kitchen lab laboratory ladder lake landing lane library lift lighthouse living lobby lodge loft lounge mansion market meadow mill mine monastery moor morgue motel mountain museum newsroom nursery ocean office orchard outpost palace pantry park parlor parlour passage path pavement petrol pier plain plane platform plaza pool porch port prairie prison pub quarry quay railway ranch reception restaurant ridge river riverbank road roadside roof rooftop room ruins saloon sanctuary school sea seaside shack shed ship shop shore shoreline sidewalk sitting square stable stage staircase stairs stairway stairwell station store storeroom street studio study submarine suburb subway supermarket swamp taxi temple tent terrace theater theatre throne toilet tower town track train trail trailer tram trench truck tunnel underpass upstairs valley van vault veranda village vineyard waiting ward warehouse waterfall wharf wood woods workshop yacht yard zoo`.split(' ');
const PLACE_SET = new Set(PLACE_NOUNS);

/**
 * A scene heading, read. `INT. WORKSHOP - NIGHT` is inside a workshop at night; `THE NORTH WINDOW`, which says neither inside nor
 * when, is within the place of the scenes before.
 * @param around.outer the place of the last heading that said inside or outside.
 */
export function placeOfHeading(whole: string, { before, outer, spelling = placeSpelling([], 'en') }: { before?: Place | undefined; outer?: Place | undefined; spelling?: PlaceSpelling }): Place {
  const heading = headingOf(whole);
  const prefix = PREFIX.exec(heading);
  const side = sideOf(prefix?.[1] ?? '');
  const parts = heading
    .slice(prefix?.[0].length ?? 0)
    .split(/\s[–—-]+\s|\s[–—-]{2,}\s?/)
    .map((part) => part.trim().replace(/[.,;:]+$/, ''))
    .filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const timed = parts.filter((part) => TIME.test(part));
  const inherited = timed.length === 0 && parts.some((part) => BY_THE_SCENE_BEFORE.test(part)) ? before?.time : undefined;
  const where = parts.filter((part) => !TIME.test(part) && !BY_THE_SCENE_BEFORE.test(part) && !NOT_SEEN.test(part));
  // `EXT HARBOUR DAWN`: the time without a dash.
  const [, head = '', tail] = timed.length === 0 ? (/^(.*?)\s+(\S+)$/u.exec(last) ?? []) : [];
  const loose = tail !== undefined && TIME.test(tail) && prefix !== null ? tail : undefined;
  if (loose !== undefined) where[where.length - 1] = head;
  const time = timed.at(-1) ?? loose ?? inherited;
  const words = where.map(spelling).join(', ');
  if (prefix === null && timed.length === 0 && outer !== undefined && words !== '') return within({ ...outer, ...(before?.time === undefined ? {} : { time: before.time }) }, words);
  return { ...(side === undefined ? {} : { side }), ...(words === '' ? {} : { where: words }), ...(time === undefined ? {} : { time: time.toLowerCase().replace(/\s*\(.*\)$/, '') }) };
}

/** Whether a heading says inside or outside. */
export function hasSide(heading: string): boolean {
  return PREFIX.test(headingOf(heading));
}

const headingOf = (whole: string): string => whole.replace(NOT_NOW, '').replace(/^(?:\d+[A-Z]?\.?\s+)(?=\p{Lu})/u, '');

/** `lighthouse, lantern room, the north window`; a room takes the place of another one, and what is outside is not in a room. */
function within(outer: Place, words: string): Place {
  const { side, time } = outer;
  const own = placeOfProse(words);
  const when = time === undefined ? {} : { time };
  if (own.side === undefined) return { ...outer, where: outer.where === undefined ? words : `${outer.where}, ${words}` };
  if (own.side !== side) return { side: own.side, where: words, ...when };
  const building = outer.where?.includes(', ') === true ? outer.where.slice(0, outer.where.lastIndexOf(', ')) : undefined;
  return { side, where: building === undefined ? words : `${building}, ${words}`, ...when };
}

function sideOf(prefix: string): Place['side'] {
  const word = prefix.toLowerCase();
  if (word.includes('/')) return 'Interior and exterior';
  if (/^(?:i|binnen|инт)/.test(word)) return 'Interior';
  return /^(?:e|au|buiten|нат|экст)/.test(word) ? 'Exterior' : undefined;
}

/** `Interior: workshop, night.` The same wording for every shot of the scene. */
export function placeClause({ side, where, time }: Place, tongue: Tongue): string {
  const words = [where, time === undefined || tongue.language !== 'de' ? time : time.charAt(0).toUpperCase() + time.slice(1)].filter((part) => part !== undefined).join(', ');
  const label = side === undefined ? tongue.setting : side === 'Interior' ? tongue.interior : side === 'Exterior' ? tongue.exterior : tongue.both;
  if (words === '') return side === undefined || label === '' ? '' : `${label}.`;
  return label === '' ? `${words}.` : `${label}${tongue.colon}${words}.`;
}

const INSIDE = /\b(?:aisle|alcove|apartment|attic|auditorium|backseat|bakery|ballroom|bank|bar|barracks|basement|bathroom|bedroom|boardroom|bookshop|bunker|cabin|caf[eé]|cafeteria|canteen|casino|cathedral|cave|cell|cellar|chamber|chapel|church|classroom|clinic|closet|club|cockpit|compartment|corridor|courtroom|crypt|den|diner|dormitory|dungeon|elevator|flat|foyer|gallery|garage|gym|hall|hallway|hangar|hotel|kitchen|lab|laboratory|library|lift|living room|lobby|loft|lounge|monastery|morgue|motel|museum|newsroom|nursery|office|pantry|parlou?r|prison|reception|restaurant|room|saloon|shop|stairwell|storeroom|studio|study|submarine|supermarket|taxi|temple|theat(?:re|er)|toilet|trench|tunnel|vault|ward|warehouse|workshop)s?\b/iu;
const OUTSIDE = /\b(?:alley|alleyway|avenue|backyard|balcony|bay|beach|boat|bridge|camp|canyon|cemetery|cliff|clifftop|coast|countryside|courtyard|cove|deck|desert|dock|docks|driveway|farmyard|ferry|fields?|forest|front gate|garden|gates?|graveyard|harbou?r|headland|highway|hills?|hillside|island|jetty|jungle|lake|lane|market|meadow|moor|mountain|ocean|orchard|park|path|pavement|pier|plaza|pool|porch|port|prairie|quarry|quay|ridge|river|riverbank|road|roadside|roof|rooftop|sea|seaside|shore|shoreline|sidewalk|square|street|swamp|terrace|track|trail|valley|village|vineyard|waterfall|wharf|woods|yard)\b/iu;

/** The place of a scene of prose. */
export function placeOfProse(where: string): Place {
  const [head = where] = where.split(/\s(?:of|above|over|behind|under|by|near|beside|at)\s/u);
  const side = INSIDE.test(head) ? ('Interior' as const) : OUTSIDE.test(head) ? ('Exterior' as const) : undefined;
  return { ...(side === undefined ? {} : { side }), where };
}

/** Whether two descriptions mean one place: the same noun stands at their head. */
export function isSamePlace(a: string | undefined, b: string | undefined): boolean {
  const head = (where: string | undefined) => where?.split(/\s(?:of|above|over|behind|under|by|near|beside|at)\s/u)[0]?.split(' ').at(-1)?.toLowerCase().replace(/s$/, '');
  return head(a) === head(b);
}

/** Of now, and of no other day: not `the night before`, `all night`, `early morning rambles`. */
const OF_DAY = (part: string, before = 'that|the|one|this|early|late|next|dark|cold|quiet|summer|winter|autumn|spring|same|following|grey|gray|bright|sunny') => new RegExp(String.raw`(?:^|\b(?:in|on|at|by|into|through|it was|this was)\s(?:(?:${before}|a|an)\s)*|^(?:[\p{L}]+\s)?(?:(?:${before})\s)+)${part}(?!['’]s|\s(?:before|after next|\p{L}+s\b|train|shift|watch|coat|gown|prayers?|paper|meal|walk|plunge|star))(?![\p{L}-])`, 'iu');
const TIMES: readonly (readonly [time: string, words: RegExp])[] = [
  ['dawn', /\b(?:dawn|sunrise|daybreak|first light)\b/iu],
  ['dusk', /\b(?:dusk|twilight|nightfall|sunset|sundown)\b/iu],
  ['night', OF_DAY('night')],
  ['night', /\b(?:midnight|moonlight|moonlit|starlight)\b/iu],
  ['evening', OF_DAY('evening')],
  ['morning', OF_DAY('morning')],
  ['day', /\b(?:noon|midday|daylight|sunlight|sunlit|sunshine)\b/iu],
  ['day', OF_DAY('afternoon')],
];
/** A story that says what was so day after day, or at some other time, tells no time of its scene. */
const NO_TIME = /\b(?:always|usually|often|sometimes|every|all|save|except|had been|would|days|nights|mornings|evenings|last night|at night)\b/iu;

/** The time of day that a sentence of prose tells. */
export function timeIn(sentence: string): string | undefined {
  return NO_TIME.test(sentence) ? undefined : TIMES.find(([, words]) => words.test(sentence))?.[0];
}

const DETERMINER = String.raw`(?:(the|a|an|his|her|their|its|my|our|this|that|one|some|another)\s)?`;
const PLACE_PHRASE = new RegExp(String.raw`(?<![\p{L}’'-])(in|inside|into|on|onto|at|to|down|up|along|across|through|over|from|outside|under|beneath|behind|beside|by|near|above|below|upon|within|around|reached|entered|enters|reaches)\s${DETERMINER}((?:[\p{L}’'-]+\s){0,3}?(?:${PLACE_NOUNS.join('|')})s?)(?![\p{L}’'-])(?!\s(?:${PLACE_NOUNS.join('|')})(?![\p{L}’'-]))((?:\s(?:of|above|over|behind|under|by|near|beside|at the (?:end|edge|foot|top|back) of)\s(?:the|a|an|his|her|their)\s[\p{L}’'-]+)?)`, 'giu');
/** Somewhere else is only spoken of, or seen from here. */
const FROM_AFAR = /\b(?:look(?:s|ed|ing)?|see|sees|saw|seen|seeing|star(?:es?|ed|ing)|gaz(?:es?|ed|ing)|point(?:s|ed|ing)?|nod(?:s|ded)?|glanc(?:es?|ed|ing)|stood|stands|waits|waited|remember(?:s|ed)?|dream(?:s|ed|t)?|letter|photograph|picture|map|painting|way|back|road|key|door|window)\s+(?:\w+\s+){0,3}$/iu;
const ARRIVES = /^(?:reached|entered|enters|reaches)$/i;
const NO_PLACE = /\b(?:front|back|living|waiting|sitting|end|top|country|study|stage|bank|plain|field|track|path)$/iu;

/** A place that prose names, with its words and where they stand. */
export interface FoundPlace {
  where: string;
  at: number;
  preposition: string;
  /** Begins the sentence: `On deck she turned`. */
  opens: boolean;
  arrives: boolean;
}

/** The places that a sentence of prose is in or goes to, in order. */
export function placesIn(sentence: string): FoundPlace[] {
  const found: FoundPlace[] = [];
  for (const match of sentence.matchAll(PLACE_PHRASE)) {
    const [, preposition = '', determiner, phrase = '', more = ''] = match;
    const before = sentence.slice(0, match.index);
    const words = phrase.trim();
    if (/[,.;]/.test(words) || (NO_PLACE.test(words) && !/\s/.test(words)) || /\b(?:and|or|but|of|in|on|at|with|from|to|for|as|by|was|is|who|that|when|while|the|if|then|across|along|through|over|down|up|into|onto|under|behind|near|past|round|around|towards?|before|after)\b/iu.test(words)) continue;
    // `to avoid two carriages`: something to do, and no place.
    if (determiner === undefined && (/^(?:to|from)$/i.test(preposition) || /\s/.test(words) || words.endsWith('s'))) continue;
    if (FROM_AFAR.test(before) && !/^\s*$/.test(before)) continue;
    const opens = /^(?:[“"'‘—–-]\s*)?(?:(?:and|but|then|now|outside|inside|upstairs|downstairs|back|out|up|down|over|far|high|deep|[^,]{0,40},)\s+)*$/iu.test(before);
    // `in a little shed`: a place that is told of for the first time.
    const isNew = /^(?:in|at|within)$/i.test(preposition) && /^an?$/i.test(determiner ?? '');
    found.push({ where: `${words}${more}`.replace(/^(?:the|a|an)\s/i, '').replace(/\s+/g, ' '), at: match.index, preposition, opens, arrives: ARRIVES.test(preposition) || /^(?:into|onto|to|inside)$/i.test(preposition) || isNew });
  }
  return found;
}

const STANDS_IN = /\b(?:in|inside|on|onto|into|under|outside|across|through|along|up|down)\s/giu;

/** The place that a picture's own words put it in: `a trapeze in a barn`. */
export function ownPlaceOf(words: string): Place | undefined {
  for (const { index } of words.matchAll(STANDS_IN)) {
    const [found] = placesIn(words.slice(index));
    if (found?.at === 0) return placeOfProse(found.where);
  }
  return undefined;
}

/** Whether words say themselves where they are: at the place of the scene or at another. */
export function namesPlace(words: string, where: string | undefined): boolean {
  const head = where?.split(/\s(?:of|above|over|behind|under|by|near|beside|at)\s/u)[0]?.split(' ').at(-1) ?? '';
  return (head !== '' && words.toLowerCase().includes(head.toLowerCase())) || words.search(PLACE_PHRASE) >= 0;
}

export function isPlaceNoun(word: string): boolean {
  return PLACE_SET.has(word.toLowerCase());
}
