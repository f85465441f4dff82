export type Setting =
  | 'room' | 'kitchen' | 'bedroom' | 'office' | 'bar' | 'corridor' | 'library' | 'hall' | 'station' | 'arena' | 'car' | 'studio'
  | 'street' | 'platform' | 'stadium' | 'forest' | 'sea' | 'desert' | 'hills' | 'mountains' | 'space';
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

const INSIDE: readonly Setting[] = ['room', 'kitchen', 'bedroom', 'office', 'bar', 'corridor', 'library', 'hall', 'station', 'arena', 'car', 'studio'];

/** Cars that people walk about in. */
const RAIL_CARS = '(?:subway|train|railway|tram|dining|sleeping|sleeper|buffet|restaurant|baggage|luggage|freight|mail|box|passenger|observation|parlou?r|pullman|club|lounge|cattle|cable)';

/** Where trains and buses stop: not where policemen, petrol or engines are. */
const STATIONS = String.raw`(?:(?:railway|railroad|train|rail|tube|metro|subway|underground|tram|bus|central|main|grand central|victoria|valley|country|village|old|deserted|empty|abandoned|small|busy) )+stations?`;
const STATION = String.raw`(?<!\b(?:police|petrol|gas|fire|space|weather|power|polling|research|radio|work|play|filling|service|cable car|hill|lifeboat|ranger|tv|television|transfer|pumping|docking) )stations?`;

const SETTINGS: readonly [Setting, RegExp][] = [
  ['platform', new RegExp(String.raw`\b(?:${STATIONS}|(?:station|railway|train) platforms?|platforms?|${STATION}(?! (?:hall|concourse|cafe|café|bar|buffet|building|wagon|clock|master)))\b`, 'giu')],
  ['station', new RegExp(String.raw`\b(?:${STATIONS}|station (?:hall|concourse|building)|concourses?|ticket (?:hall|office|counter|window)s?|waiting hall|departure (?:hall|lounge)|arrivals? hall|turnstiles?|airport(?: terminal)?|terminal(?! (?:cancer|illness|window))|${STATION})\b|火车站`, 'giu')],
  ['stadium', /\b(?:stadiums?|football (?:pitch|ground|field)|soccer (?:pitch|field)|racetrack|race ?course|bullring|hippodrome|colosseum|coliseum|running track|(?:in|from) the (?:stands|bleachers))\b|体育场/giu],
  ['arena', /\b(?:arenas?|stadiums?|gymnasiums?|gym|sports hall|boxing (?:ring|hall|gym)|boxing ring|ice rink|velodrome|circus (?:tent|ring)?|big top)\b|体育馆/giu],
  ['car', new RegExp(String.raw`\b(?:(?:inside|in|into) (?:the|a|an|his|her|their|my)(?: (?!${RAIL_CARS})[\p{L}-]+){0,2} (?:car|taxi|cab|truck|van|limousine)|(?:car|taxi|van|truck) interior|back ?seat|passenger seat|dashboard|behind the wheel|steering wheel)\b|^\s*int\b[.\s\x2f]*(?:ext[.\s]*)?(?:(?!${RAIL_CARS})[\p{L}'’]+ ){0,3}(?:car|taxi|cab|truck|van|limousine)\b|车内|车里`, 'giu')],
  ['kitchen', /\b(?:kitchens?|stove|kitchen table|galley)\b|厨房/giu],
  ['bedroom', /\b(?:bedrooms?|hospital (?:room|ward)|hotel room|motel room|ward|dormitory|nursery|in bed)\b|卧室|病房|床上/giu],
  ['office', /\b(?:offices?|desk|study|newsroom|control room|classroom|laborator(?:y|ies)|\blab\b|police station|interrogation room|courtroom|boardroom|conference room)\b|办公室|教室/giu],
  ['bar', /\b(?:bar(?! of\b)|bars(?= and\b)|pubs?|taverns?|saloons?|cafes?|coffee (?:shop|house)|restaurants?|diners?|nightclubs?|bistros?)\b|\bcafés?(?![\p{L}])|酒吧|咖啡馆|餐厅/giu],
  ['corridor', /\b(?:corridors?|hallways?|passages?|stairwells?|tunnels?|staircases?|elevators?|lift|(?:subway|train|railway|tram|dining|sleeping|sleeper|buffet|restaurant|baggage|luggage|passenger|observation|pullman|club) cars?|(?:train|railway|sleeping|first-class|second-class|third-class|tram) (?:carriages?|compartments?)|compartments?|boxcars?|night train|(?:inside|in|on|aboard) (?:the|a) (?:[\p{L}-]+ )?(?:train|tram|subway|underground))\b|走廊|楼道/giu],
  ['library', /\b(?:librar(?:y|ies)|book ?(?:shop|store)s?|archives?|bookshel(?:f|ves))\b|图书馆|书店/giu],
  ['hall', /\b(?:halls?|church(?:es)?|cathedrals?|chapels?|theat(?:re|er)s?|ballrooms?|warehouses?|factor(?:y|ies)|hangars?|museums?|galler(?:y|ies)|concert (?:hall|room)|lobby|auditorium|(?<!\b(?:landing|floating|open-air|outdoor|river|festival|makeshift) )stage(?! of\b)|backstage|throne room|palace|caves?|caverns?|barns?|mosque|temple hall|swimming pool hall|atrium|mine|crypt|vault|bunker)\b|大厅|教堂|仓库/giu],
  ['room', /\b(?:rooms?|living room|parlou?rs?|attics?|cellars?|basements?|workshops?|apartments?|flat|cabin interior|fireplace|hearth|armchair|sofa|couch|lounge|shop|store|salon|bathroom|bath|cells?|prisons?|jail(?:house)?s?|dungeons?|barracks|dining (?:room|table)|window ?sill|waiting room|(?:in|inside|into) (?:the|an?|his|her|their|its|my) (?:[\p{L}'’-]+ ){0,2}?(?:house|inn|cabin|cottage|tent|hut|shed|igloo|wheelhouse|cockpit|caravan|trailer|houseboat|lodge|boathouse|greenhouse|observatory|yurt|school|schoolhouse|clinic|barracks|pavilion|booth|lamp room|shelter|hold)|wheelhouse|cockpit|igloo|engine room|cabin of (?:the|an?|his|her|their))\b|房间|室内|客厅|屋里/giu],
  ['studio', /\b(?:product shot|packshot|photo studio|studio (?:still|light|backdrop|background|shot)|studio|seamless|plinth|pedestal|white background|black background)\b|摄影棚/giu],
  ['space', /\b(?:outer space|space(?:ship|craft|walk|station)?|planets?|galax(?:y|ies)|nebula|orbital|orbit of|asteroids?|cosmos|cosmic|mars|lunar|moon surface|surface of the moon)\b|太空|宇宙/giu],
  ['street', /\b(?:cit(?:y|ies)|streets?|towns?|skyscrapers?|skyline|buildings?|alleys?|alleyway|traffic|downtown|rooftops?|on the roof|metro|tokyo|new york|paris|london|markets?|square|pavement|sidewalk|crosswalk|intersection|plaza|bus stop|tram stop|avenue|boulevard|village square|parking lot|car park|petrol station|gas station|courtyard|doorway|porch|storefront|terrace|balcon(?:y|ies)|veranda|forecourt|quayside cafe|bazaar|souk|fairground|harbou?r town)\b|城市|街|巷/giu],
  ['sea', /\b(?:seas?(?! of\b)|oceans?|(?:the|crashing|breaking|rolling|huge|high|great|big|small|little|gentle|grey|gray|dark|black|white|blue|foaming|tall|rough|of|in|on|through|under|over|by|against|between) (?:[\p{L}-]+ )?waves|waves (?:break|crash|roll|lap|pound|wash|rise|hit|beat|slap|surge|tower|far|in the)\p{L}*|(?:a|the|tidal) (?:[\p{L}-]+ )?wave (?=breaks|crashes|rolls|towers|rises|hits|washes|curls|lifts)|beach(?:es)?|shores?|shoreline|coasts?|coastline|harbou?rs?|islands?|lighthouse|lakes?|lagoons?|ponds?|rivers?|riverbank|bay|piers?|jetty|surf|tide|wet sand|underwater|(?:on|across|along|over) (?:the |an? |his |her |their )?(?:[\p{L}-]+ ){0,2}deck(?! of cards)|(?:on|aboard) (?:the|a|his|her|their) (?:[\p{L}-]+ ){0,2}(?:boat|ship|ferry|trawler|barge|raft|yacht|schooner)|in a boat|ferry|quays?|quayside|docks?|wharf|landing stage|pontoons?|gangway|boardwalk|waterfront|waterside|riverside|lakeside|seaside|harbou?rside|floating (?:market|stage|village)|(?:by|beside|near|above|over) the water|water's edge|water’s edge|canals?|fjords?|estuar(?:y|ies)|open water|cliff ?tops?|cliffs?|bluffs?|headlands?)\b|海|湖|河/giu],
  ['desert', /\b(?:deserts?|dunes?|sahara|canyons?|mesa|oasis|cactus|wasteland)\b|沙漠/giu],
  ['forest', /\b(?:forests?|woods|woodlands?|jungles?|trees|pines?|groves?|birches|oaks?|undergrowth|clearing|swamp)\b|森林|树林|丛林/giu],
  ['mountains', /\b(?:mountains?|mountainside|peaks?|alps|alpine|summits?|glaciers?|ridge|ridgeline|himalaya\w*|volcano|mountain pass|gorges?|ravines?|crags?|crevasses?|base camp|rock ?face|ice ?fields?|tundra|arctic|antarctic(?:a)?|ice shelf|moraine|scree)\b|山/giu],
  ['hills', /\b(?:hills?|hillside|fields?|meadows?|gardens?|parks?|farms?|farmyard|countryside|grass|prairie|plains?|lane|country road|dirt road|roads?|highway|village|valley|orchard|vineyard|backyard|yard|playground|cemetery|graveyard|moor|steppe|pasture|campfire|battlefield|lawn|camp(?:site)?s?|viaducts?|railway (?:line|track|bridge)s?|train tracks|rails|embankments?|roof of (?:the|a) (?:[\p{L}-]+ )?(?:train|carriage|wagon)|carriage roof|airfield|runway|paddock|corral|ranch|quarry|marsh(?:es)?|bog|heath|savannah?|outback|bush|stables? yard|golf course|football pitch)\b|草地|田野|公园|花园/giu],
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
  ['rain', /\b(?:rain(?:s|y|ing|fall|drops?|-soaked)?(?! of (?:rice|petals|confetti|sparks|arrows|ash|blows|coins|glass|dust|leaves))|(?<!\b(?:dust|sand|snow|ice) ?)storm(?:s|y)?|rain ?storms?|drizzl\w+|downpour|cloudburst|deluge|squalls?|hail(?:stones|storm)?|thunder\w*|monsoon)\b|雨/iu],
  ['snow', /\b(?:(?:it |still )snows|snowing|snow ?fall|snow ?flakes?|snow ?storms?|blizzards?|whiteout|(?:falling|driving|swirling|blowing|drifting|light|heavy|thick|wet|first) snow|snow (?:is |still |keeps )?(?:fall|drift|swirl|whirl|blow|driv|begin|start|com|settl|sift|float)\p{L}*|(?:in|through|into) (?:the )?snow(?=\s*[,.;]|\s*$))(?![\p{L}])|雪/iu],
  ['embers', /\b(?:flames?|embers?|burning|campfire|bonfire|wildfire|forge|fireflies|on fire|sparks)\b|火焰|篝火/iu],
  ['fog', /\b(?:fog(?:gy|bound)?|mist(?:y)?|haz[ye]|smoke(?! (?:at|by|in|on|outside|together|a|an|his|her|their)\b)|smoky|(?:dust|sand) ?storms?)\b|雾/iu],
];

/** What is only seen through something, or in a picture, is not where the shot plays. */
const ELSEWHERE = /\b(?:through|out of|beyond|outside) (?:the|a|an|his|her|its) (?:[\p{L}-]+ )?(?:windows?|windscreen|windshield|door|glass)\b[^.;]*|\b(?:photo(?:graph)?|painting|picture|portrait|postcard|poster|drawing|map|memor(?:y|ies)|smell|sound|dreams?) of [^.,;]*|\bwindow (?:onto|overlooking|over)\b[^.,;]*|\b(?:overlooking|looks? out (?:at|over|to|on)|gaz(?:es|ing) (?:out )?(?:at|over)) [^.,;]*|\bnews ?stand\b|\broom for\b/giu;

const PLACED = /\b(?:in|inside|into|at|on|onto|through|across|along|over|above|from|by|down|up|around|under|within|near|beside|outside)\s+(?:(?:the|a|an|his|her|their|this|that|its|some|one)\s+)?(?:[\p{L}'’-]+,?\s+){0,4}$/iu;

/**
 * The setting that the words name: one that somebody or something is in or at goes before one that is only mentioned.
 * @param inside only rooms, or only places in the open, where that is known.
 */
export function findSetting(text: string, inside?: boolean): Setting | undefined {
  const here = text.replace(ELSEWHERE, (match) => ' '.repeat(match.length));
  let best: { rank: number; setting: Setting } | undefined;
  for (const [setting, pattern] of SETTINGS) {
    if (inside !== undefined && inside !== INSIDE.includes(setting)) continue;
    for (const match of here.matchAll(pattern)) {
      const placed = /^\s*(?:(?:[\p{L}]+(?: [\p{L}]+)?[,.:] *)?(?:an?|the)?\s*(?:[\p{L}-]+ ){0,3})$/u.test(here.slice(0, match.index)) || PLACED.test(here.slice(Math.max(0, match.index - 60), match.index)) || /^(?:in|inside|on|into)\b/iu.test(match[0]);
      const rank = match.index + (placed ? 0 : 10_000) + (setting === 'studio' ? 5000 : 0);
      if (!best || rank < best.rank) best = { rank, setting };
    }
  }
  return best?.setting;
}

export function isOutdoors(setting: Setting): boolean {
  return !INSIDE.includes(setting);
}

export function findLight(text: string): Light | undefined {
  const now = /\bit is (?:now |already )?(dawn|dusk|night|day)\b/iu.exec(text)?.[1]?.toLowerCase();
  if (now !== undefined) return now as Light;
  return LIGHTS.find(([, pattern]) => pattern.test(text))?.[0] ?? (DARK.test(text) ? 'night' : undefined);
}

function findInside(text: string): boolean | undefined {
  if (/\bINT\s*\.?\s*\/\s*EXT\b|\bEXT\s*\.?\s*\/\s*INT\b|\bI\/E\b/u.test(text)) return undefined;
  if (/\bINT\b\.?/u.test(text) || /(?:^|[.;:]\s*)interior\b|\bindoors?\b/iu.test(text)) return true;
  if (/\bEXT\b\.?/u.test(text) || /(?:^|[.;:]\s*)exterior\b|\boutdoors?\b|\b(?:in|into) the open(?: air)?\b|\bunder (?:the|an?) (?:[\p{L}-]+ )?(?:open |night )?sky\b|\bunder the stars\b|(?:^|[.,;:]\s*)outside(?:\s*[,.:;]|\s+(?:the|an?|his|her|their)\s+(?!windows?\b|doors?\b|glass\b))/iu.test(text)) return false;
  return undefined;
}

const CLIFF = /\b(?:cliffs?|cliff ?tops?|headlands?|bluffs?|promontory)\b|悬崖/iu;
/** Where a cliff is no coast. */
const INLAND = /\b(?:mountains?|mountainside|canyons?|gorges?|ravines?|valleys?|deserts?|alps|alpine|peaks?|summits?|jungles?|forests?|mesa|waterfalls?|climbers?|climbing|mountaineers?|glaciers?)\b/iu;
const PIER = /\b(?:piers?|jett(?:y|ies)|quays?|quayside|docks?|wharf|boardwalks?|landing stage|pontoons?|gangway|floating stage)\b|码头/iu;
const SEA_SEEN = /\b(?:seas?(?! of\b)|oceans?|surf|coasts?|coastline|the (?:[\p{L}-]+ )?waves)\b|海/iu;
/** What is only in a picture, or a noise, is not seen. */
const NOT_SEEN = /\b(?:photo(?:graph)?|painting|picture|postcard|poster|drawing|map|memor(?:y|ies)|smell|sound|roar|dreams?) of [^.,;\n]*|\bsea (?:level|salt|captain|chest)\b/giu;

/** Words that are found indoors when nothing says where: "she sits at the table"; the first ones also where the shot before was outdoors. */
const ROOM_THINGS = /\b(?:beds?|desks?|curtains?|ceiling|(?:the|a) door|windows?|cupboard|shel(?:f|ves)|stairs|piano|tv|television|computer|laptop|stove|fridge|sink|sofa|couch|carpet|bathtub)\b|床/iu;
const INDOOR_THINGS = /\b(?:tables?|beds?|chairs?|desks?|lamps?|curtains?|ceiling|wall|floor|door|windows?|mirror|cupboard|shel(?:f|ves)|stairs|piano|tv|television|computer|laptop|phone|letter|book|cup|candle|stove|fridge|sink)\b|桌|床|椅/iu;
const SKY = /\b(?:sky|skies|clouds?|horizon|the sun|the moon|sun(?:rise|set)|wind|thunder|lightning)\b|天空/iu;

/** What words say of place and time; what they do not say is missing. */
export interface SaidPlace {
  setting?: Setting;
  light?: Light;
}

/** As {@link readPlace} finds it, without guesses: for shots that follow and say nothing. */
export function placeSaid(prompt: string, sceneHeading: string): SaidPlace {
  const { setting, light } = saidOf(prompt, sceneHeading);
  return { ...(setting === undefined ? {} : { setting }), ...(light === undefined ? {} : { light }) };
}

function saidOf(prompt: string, sceneHeading: string): SaidPlace & { inside: boolean | undefined; all: string } {
  const own = /^\s*(?:[([]?\d+[)\].]?\s*)?((?:INT|EXT)\b[^\n]{0,90}?(?:\b(?:DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|LATER|CONTINUOUS)\b|[.\n](?=\s)|$))/u.exec(prompt.replace(/\b(INT|EXT)\./gu, '$1 '))?.[1] ?? '';
  const headings = [sceneHeading, own].map((heading) => heading.trim()).filter((heading) => heading !== '');
  const inside = firstDefined([...headings, prompt].map(findInside)) ?? (/\b(?:inside|indoors)\b/iu.test(prompt) ? true : undefined);
  const named = firstDefined([...headings.map((heading) => findSetting(lower(heading), inside)), findSetting(prompt, inside)]);
  const all = [...headings, prompt].join('\n');
  const seaSeen = SEA_SEEN.test(all.replace(NOT_SEEN, ' '));
  // A cliff or a hill with the sea below is a place by the sea; a cliff in the mountains is none.
  const setting = (named === 'mountains' || named === 'hills') && seaSeen ? 'sea' : named === 'sea' && CLIFF.test(all) && INLAND.test(all) && !seaSeen ? 'mountains' : named;
  const light = firstDefined([...headings, prompt].map(findLight));
  return { inside, all, ...(setting === undefined ? {} : { setting }), ...(light === undefined ? {} : { light }) };
}

/**
 * Reads place and time. The scene's heading goes before the prompt, a heading inside the prompt before the rest of it; what
 * none of them says is as in the shot before, where that can be.
 * @param fallback without any word: people stand in a plain outdoors, things in a studio.
 */
export function readPlace(prompt: string, sceneHeading: string, fallback: { light: Light; setting: Setting; seen: boolean }, before: SaidPlace = {}): Place {
  const { setting: named, light: said, inside, all } = saidOf(prompt, sceneHeading);
  const setting = named ?? goesOn(prompt, inside, before.setting, fallback.seen) ?? (inside === true ? 'room' : inside === false ? 'street' : INDOOR_THINGS.test(prompt) ? 'room' : fallback.setting);
  const weather = WEATHERS.find(([, pattern]) => pattern.test(prompt))?.[0] ?? 'clear';
  const light = said ?? (weather === 'embers' ? 'night' : before.light ?? fallback.light);
  return {
    setting,
    inside: INSIDE.includes(setting),
    light: setting === 'space' ? 'night' : light,
    weather,
    shore: CLIFF.test(all) ? 'cliff' : PIER.test(all) ? 'pier' : 'beach',
    snowy: weather === 'snow' || /\b(?:snow(?:y|ed|drifts?|fields?|bound|-?(?:covered|capped|clad))?|ice|icy|frozen|arctic|antarctic\p{L}*|polar|glaciers?|winter)\b/iu.test(all),
  };
}

/** The setting of the shot before, unless something in this one cannot be there. @param seen animals, vehicles or buildings are in it. */
function goesOn(prompt: string, inside: boolean | undefined, before: Setting | undefined, seen: boolean): Setting | undefined {
  if (before === undefined || (inside !== undefined && inside !== INSIDE.includes(before))) return undefined;
  return INSIDE.includes(before) ? (seen || SKY.test(prompt) ? undefined : before) : ROOM_THINGS.test(prompt) ? undefined : before;
}

/** Headings are in capitals; the tables read either, but names of cities and the like are written small. */
function lower(heading: string): string {
  return heading.toLowerCase();
}

function firstDefined<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  return values.find((value) => value !== undefined);
}
