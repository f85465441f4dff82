export type Setting =
  | 'room' | 'kitchen' | 'bedroom' | 'office' | 'bar' | 'corridor' | 'library' | 'hall' | 'car' | 'studio'
  | 'street' | 'forest' | 'sea' | 'desert' | 'hills' | 'mountains' | 'space';
export type Light = 'day' | 'dawn' | 'dusk' | 'night';
export type Shore = 'beach' | 'cliff' | 'pier';
export type Weather = 'clear' | 'rain' | 'snow' | 'fog' | 'embers';

/** Where and when a shot plays. */
export interface Place {
  setting: Setting;
  inside: boolean;
  light: Light;
  weather: Weather;
  /** What people stand on by the sea. */
  shore: Shore;
  /** Snow lies on the ground. */
  snowy: boolean;
}

const INSIDE: readonly Setting[] = ['room', 'kitchen', 'bedroom', 'office', 'bar', 'corridor', 'library', 'hall', 'car', 'studio'];

const SETTINGS: readonly [Setting, RegExp][] = [
  ['car', /\b(?:(?:inside|in|into) (?:the|a|an|his|her|their|my)(?: [\p{L}-]+){0,2} (?:car|taxi|cab|truck|van|limousine)|(?:car|taxi|van|truck) interior|back ?seat|passenger seat|dashboard|behind the wheel|steering wheel)\b|^\s*int\b[.\s\x2f]*(?:ext[.\s]*)?(?:(?!subway|train|railway|tram|dining|sleeping|cable)[\p{L}'’]+ ){0,3}(?:car|taxi|cab|truck|van|limousine)\b|车内|车里/giu],
  ['kitchen', /\b(?:kitchens?|stove|kitchen table|galley)\b|厨房/giu],
  ['bedroom', /\b(?:bedrooms?|hospital (?:room|ward)|hotel room|motel room|ward|dormitory|nursery|in bed)\b|卧室|病房|床上/giu],
  ['office', /\b(?:offices?|desk|study|newsroom|control room|classroom|laborator(?:y|ies)|\blab\b|police station|interrogation room|courtroom|boardroom|conference room)\b|办公室|教室/giu],
  ['bar', /\b(?:bars?|pubs?|taverns?|saloons?|cafes?|coffee (?:shop|house)|restaurants?|diners?|nightclubs?|bistros?)\b|\bcafés?(?![\p{L}])|酒吧|咖啡馆|餐厅/giu],
  ['corridor', /\b(?:corridors?|hallways?|passages?|stairwells?|tunnels?|staircases?|elevators?|lift|subway car|train (?:car|carriage|compartment)|(?:inside|in|on) (?:the|a) train)\b|走廊|楼道/giu],
  ['library', /\b(?:librar(?:y|ies)|book ?(?:shop|store)s?|archives?|bookshel(?:f|ves))\b|图书馆|书店/giu],
  ['hall', /\b(?:halls?|church(?:es)?|cathedrals?|chapels?|theat(?:re|er)s?|ballrooms?|warehouses?|factor(?:y|ies)|hangars?|museums?|galler(?:y|ies)|gymnasium|gym|arena|concert|station hall|lobby|auditorium|stage|throne room|palace|cave|barn)\b|大厅|教堂|仓库/giu],
  ['room', /\b(?:rooms?|living room|parlou?rs?|indoors|interiors?|attics?|cellars?|basements?|workshops?|apartments?|flat|cabin interior|fireplace|hearth|armchair|sofa|couch|lounge|shop|store|salon|bathroom|bath|cell|prison|dining (?:room|table)|window ?sill|inside the (?:house|inn|cabin|cottage|tent|hut))\b|房间|室内|客厅|屋里/giu],
  ['studio', /\b(?:product shot|packshot|photo studio|studio (?:still|light|backdrop|background|shot)|studio|seamless|plinth|pedestal|white background|black background)\b|摄影棚/giu],
  ['space', /\b(?:outer space|space(?:ship|craft|walk|station)?|planets?|galax(?:y|ies)|nebula|orbital|orbit of|asteroids?|cosmos|cosmic|mars|lunar|moon surface|surface of the moon)\b|太空|宇宙/giu],
  ['street', /\b(?:cit(?:y|ies)|streets?|towns?|skyscrapers?|skyline|buildings?|alleys?|alleyway|traffic|downtown|rooftops?|on the roof|metro|tokyo|new york|paris|london|markets?|square|pavement|sidewalk|crosswalk|intersection|plaza|bus stop|tram stop|avenue|boulevard|village square|parking lot|car park|petrol station|gas station|courtyard|doorway|porch|storefront)\b|城市|街|巷/giu],
  ['sea', /\b(?:seas?|oceans?|waves?|beach(?:es)?|shores?|shoreline|coasts?|coastline|harbou?rs?|islands?|lighthouse|lakes?|lagoons?|ponds?|rivers?|riverbank|bay|piers?|jetty|surf|tide|wet sand|underwater|on deck|on the boat|in a boat|ferry|quay|docks?|wharf)\b|海|湖|河/giu],
  ['desert', /\b(?:deserts?|dunes?|sahara|canyons?|mesa|oasis|cactus|wasteland)\b|沙漠/giu],
  ['forest', /\b(?:forests?|woods|woodlands?|jungles?|trees|pines?|groves?|birches|oaks?|undergrowth|clearing|swamp)\b|森林|树林|丛林/giu],
  ['mountains', /\b(?:mountains?|mountainside|peaks?|alps|alpine|summits?|cliffs?|glaciers?|ridge|himalaya\w*|volcano|mountain pass)\b|山/giu],
  ['hills', /\b(?:hills?|hillside|fields?|meadows?|gardens?|parks?|farms?|farmyard|countryside|grass|prairie|plains?|lane|country road|dirt road|roads?|highway|village|valley|orchard|vineyard|backyard|yard|playground|cemetery|graveyard|headland|moor|steppe|pasture|campfire|battlefield|lawn)\b|草地|田野|公园|花园/giu],
];

const LIGHTS: readonly [Light, RegExp][] = [
  ['dawn', /\b(?:dawn|sunrise|daybreak|first light|early morning)\b|黎明|日出|清晨/iu],
  ['dusk', /\b(?:dusk|sunset|golden hour|evening|twilight|blue hour|sundown|magic hour|nightfall)\b|黄昏|日落|傍晚/iu],
  ['night', /\b(?:night(?:time)?|midnight|moon(?:light|lit)?|starry|starlight|stars|nocturnal|candle(?:light|lit)|by candle|neon)\b|夜/iu],
  ['day', /\b(?:day|daytime|daylight|noon|midday|sunny|sunlight|sunlit|sunshine|afternoon|morning|blue sky|blazing sun)\b|白天|阳光|中午/iu],
];
// Weaker words: they make it night only where nothing else is said.
const DARK = /\b(?:candles?|lanterns?|torches|in the dark|darkness|pitch black|headlights|streetlights?|street ?lamps?)\b/iu;

const WEATHERS: readonly [Weather, RegExp][] = [
  ['rain', /\b(?:rain(?:s|y|ing|fall|drops?|-soaked)?|storm(?:s|y)?|drizzle|downpour|thunder\w*|monsoon)\b|雨/iu],
  ['snow', /\b(?:snow(?:s|y|ing|fall|flakes?|storm)?|blizzard)\b|雪/iu],
  ['embers', /\b(?:flames?|embers?|burning|campfire|bonfire|wildfire|forge|fireflies|on fire|sparks)\b|火焰|篝火/iu],
  ['fog', /\b(?:fog(?:gy)?|mist(?:y)?|hazy?|smoke|smoky)\b|雾/iu],
];

/** What is only seen through something, or in a picture, is not where the shot plays. */
const ELSEWHERE = /\b(?:through|out of|beyond|outside) (?:the|a|an|his|her|its) (?:[\p{L}-]+ )?(?:windows?|windscreen|windshield|door|glass)\b[^.;]*|\b(?:photo(?:graph)?|painting|picture|portrait|postcard|poster|drawing|map|memor(?:y|ies)|smell|sound|dreams?) of [^.,;]*|\bwindow (?:onto|overlooking|over)\b[^.,;]*|\b(?:overlooking|looks? out (?:at|over|to|on)|gaz(?:es|ing) (?:out )?(?:at|over)) [^.,;]*|\bnews ?stand\b|\broom for\b/giu;

const PLACED = /\b(?:in|inside|into|at|on|onto|through|across|along|over|above|from|by|down|up|around|under|within|near|beside|outside)\s+(?:(?:the|a|an|his|her|their|this|that|its|some|one)\s+)?(?:[\p{L}'’-]+,?\s+){0,4}$/iu;

/** The setting that the words name: one that somebody or something is in or at goes before one that is only mentioned. */
export function findSetting(text: string): Setting | undefined {
  const here = text.replace(ELSEWHERE, (match) => ' '.repeat(match.length));
  let best: { rank: number; setting: Setting } | undefined;
  for (const [setting, pattern] of SETTINGS) {
    for (const match of here.matchAll(pattern)) {
      const placed = /^\s*(?:(?:[\p{L}]+(?: [\p{L}]+)?[,.:] *)?(?:an?|the)?\s*(?:[\p{L}-]+ ){0,3})$/u.test(here.slice(0, match.index)) || PLACED.test(here.slice(Math.max(0, match.index - 60), match.index)) || /^(?:in|inside|on|into)\b/iu.test(match[0]);
      const rank = match.index + (placed ? 0 : 10_000) + (setting === 'studio' ? 5000 : 0);
      if (!best || rank < best.rank) best = { rank, setting };
    }
  }
  return best?.setting;
}

export function findLight(text: string): Light | undefined {
  return LIGHTS.find(([, pattern]) => pattern.test(text))?.[0] ?? (DARK.test(text) ? 'night' : undefined);
}

function findInside(text: string): boolean | undefined {
  if (/\bINT\s*\.?\s*\/\s*EXT\b|\bEXT\s*\.?\s*\/\s*INT\b|\bI\/E\b/u.test(text)) return undefined;
  if (/\bINT\b\.?/u.test(text) || /^\s*interior\b|\bindoors?\b/iu.test(text)) return true;
  if (/\bEXT\b\.?/u.test(text) || /^\s*exterior\b|\boutdoors?\b/iu.test(text)) return false;
  return undefined;
}

const CLIFF = /\b(?:cliffs?|clifftops?|headlands?|bluffs?|promontory)\b|悬崖/iu;
const PIER = /\b(?:piers?|jett(?:y|ies)|quays?|docks?|wharf|boardwalks?)\b|码头/iu;
const SEA_SEEN = /\b(?:seas?(?! of\b)|oceans?|surf|coasts?|coastline|the (?:[\p{L}-]+ )?waves)\b|海/iu;
/** What is only in a picture, or a noise, is not seen. */
const NOT_SEEN = /\b(?:photo(?:graph)?|painting|picture|postcard|poster|drawing|map|memor(?:y|ies)|smell|sound|roar|dreams?) of [^.,;\n]*|\bsea (?:level|salt|captain|chest)\b/giu;

/** Words that are found indoors when nothing says where: "she sits at the table". */
const INDOOR_THINGS = /\b(?:tables?|beds?|chairs?|desks?|lamps?|curtains?|ceiling|wall|floor|door|windows?|mirror|cupboard|shel(?:f|ves)|stairs|piano|tv|television|computer|laptop|phone|letter|book|cup|candle|stove|fridge|sink)\b|桌|床|椅/iu;

/**
 * Reads place and time. The scene's heading goes before the prompt, a heading inside the prompt before the rest of it.
 * @param populated somebody is in the shot: without any other word people stand in a plain outdoors, things in a studio.
 */
export function readPlace(prompt: string, sceneHeading: string, fallback: { light: Light; setting: Setting }): Place {
  const own = /^\s*(?:[([]?\d+[)\].]?\s*)?((?:INT|EXT)\b[^\n]{0,90}?(?:\b(?:DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|LATER|CONTINUOUS)\b|[.\n](?=\s)|$))/u.exec(prompt.replace(/\b(INT|EXT)\./gu, '$1 '))?.[1] ?? '';
  const headings = [sceneHeading, own].map((heading) => heading.trim()).filter((heading) => heading !== '');
  const said = firstDefined([...headings, prompt].map(findInside)) ?? (/\b(?:inside|indoors)\b/iu.test(prompt) ? true : undefined);
  const fits = (setting: Setting | undefined): Setting | undefined => (setting !== undefined && (said === undefined || said === INSIDE.includes(setting)) ? setting : undefined);
  const named = firstDefined([...headings.map((heading) => fits(findSetting(lower(heading)))), fits(findSetting(prompt))]);
  const all = [...headings, prompt].join('\n');
  // A cliff or a hill with the sea below is a place by the sea.
  const byTheSea = (named === 'mountains' || named === 'hills') && SEA_SEEN.test(all.replace(NOT_SEEN, ' '));
  const setting = byTheSea ? 'sea' : named ?? (said === true ? 'room' : said === false ? 'street' : INDOOR_THINGS.test(prompt) ? 'room' : fallback.setting);
  const weather = WEATHERS.find(([, pattern]) => pattern.test(prompt))?.[0] ?? 'clear';
  const light = firstDefined([...headings, prompt].map(findLight)) ?? (weather === 'embers' ? 'night' : fallback.light);
  return {
    setting,
    inside: INSIDE.includes(setting),
    light: setting === 'space' ? 'night' : light,
    weather,
    shore: CLIFF.test(all) ? 'cliff' : PIER.test(all) ? 'pier' : 'beach',
    snowy: weather === 'snow' || /\b(?:ice|icy|frozen|arctic|polar|glaciers?|winter)\b/iu.test(prompt),
  };
}

/** Headings are in capitals; the tables read either, but names of cities and the like are written small. */
function lower(heading: string): string {
  return heading.toLowerCase();
}

function firstDefined<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  return values.find((value) => value !== undefined);
}
