export type Setting = 'hills' | 'mountains' | 'sea' | 'forest' | 'city' | 'desert' | 'room' | 'space' | 'studio';
export type Light = 'day' | 'dawn' | 'dusk' | 'night';
export type Weather = 'clear' | 'rain' | 'snow' | 'fog' | 'embers';
export type Subject = 'none' | 'person' | 'boat' | 'lighthouse' | 'house' | 'bottle' | 'cup' | 'birds';

/** What the artist reads out of a prompt. */
export interface SceneDescription {
  setting: Setting;
  light: Light;
  weather: Weather;
  subject: Subject;
  /** Snow lies on the ground. */
  snowy: boolean;
}

const SETTINGS: readonly [Setting, RegExp][] = [
  ['space', /\b(?:space(?:ship|craft|walk)?|planets?|galaxy|nebula|orbital|astronauts?|asteroids?|cosmos|cosmic|mars|moon surface)\b|太空|宇宙/iu],
  ['studio', /\b(?:product|perfume|bottle|packshot|studio|sneakers?|wrist ?watch|skincare|lipstick|soda|espresso|coffee|packaging|advert\w*|commercial)\b|产品/iu],
  ['sea', /\b(?:sea|seas|ocean|waves?|beach|shore|coast|harbou?r|boats?|ships?|sail(?:s|ing|boat)?|island|lighthouse|lake|river|bay|pier|fisherm[ae]n|whales?|surf\w*|tide|underwater)\b|海|湖|河/iu],
  ['desert', /\b(?:deserts?|dunes?|sand|sahara|canyon|mesa|camels?|oasis|cactus|wasteland)\b|沙漠/iu],
  ['forest', /\b(?:forests?|woods|woodland|jungle|trees|pines?|grove|birch(?:es)?|oaks?|foxe?s?|deer|wol(?:f|ves))\b|森林|树林/iu],
  ['city', /\b(?:city|cities|streets?|town|skyscrapers?|skyline|buildings?|neon|alley|taxi|traffic|downtown|rooftops?|metro|subway|tokyo|new york|paris|london|market|square)\b|城市|街/iu],
  ['room', /\b(?:room|kitchen|bedroom|office|interior|int\.|hallway|corridor|parlou?r|study|library|desk|window sill|fireplace|bar|restaurant|caf[eé]|workshop|attic|cellar|studio flat|stove|table|armchair)\b|房间|厨房|室内/iu],
  ['mountains', /\b(?:mountains?|peaks?|alps|alpine|summit|cliffs?|glacier|valley|ridge|himalaya\w*|volcano)\b|山/iu],
];

const LIGHTS: readonly [Light, RegExp][] = [
  ['dawn', /\b(?:dawn|sunrise|morning|daybreak|first light)\b|黎明|日出|清晨/iu],
  ['dusk', /\b(?:dusk|sunset|golden hour|evening|twilight|blue hour|sundown)\b|黄昏|日落|傍晚/iu],
  ['night', /\b(?:night|midnight|moon(?:light|lit)?|stars?|starry|nocturnal|candle(?:light|lit)?|neon|lantern|dark)\b|夜/iu],
  ['day', /\b(?:day|daylight|noon|midday|sunny|afternoon|bright|blue sky|summer)\b|白天|阳光/iu],
];

const WEATHERS: readonly [Weather, RegExp][] = [
  ['rain', /\b(?:rain(?:s|y|ing|fall)?|storm(?:s|y)?|drizzle|downpour|thunder\w*|monsoon)\b|雨/iu],
  ['snow', /\b(?:snow(?:s|y|ing|fall|flakes?)?|blizzard|winter)\b|雪/iu],
  ['embers', /\b(?:fires?|flames?|embers?|burning|campfire|bonfire|torch(?:es|light)?|fireplace|forge|fireflies)\b|火/iu],
  ['fog', /\b(?:fog(?:gy)?|mist(?:y)?|haz[ey]|steam|smoke)\b|雾/iu],
];

const SUBJECTS: readonly [Subject, RegExp][] = [
  ['lighthouse', /\blighthouse/iu],
  ['boat', /\b(?:boats?|ships?|sail(?:s|ing|boat)?|fisherm[ae]n|canoe|ferry|yacht)\b|船/iu],
  ['bottle', /\b(?:perfume|bottles?|product|skincare|soda|packshot)\b/iu],
  ['cup', /\b(?:coffee|cups?|mug|tea|espresso)\b/iu],
  ['person', /\b(?:m[ae]n|wom[ae]n|girls?|boys?|child(?:ren)?|she|he|person|people|figure|traveller|soldiers?|king|queen|hero|astronaut|dancer|runner|keeper|detective|old man|mother|father|lovers?|couple)\b|人|女|男/iu],
  ['house', /\b(?:house|cabin|cottage|hut|farm|barn|village|home)\b|房子|小屋/iu],
  ['birds', /\b(?:birds?|gulls?|seagulls?|crows?|ravens?|eagles?|swallows?|flock)\b|鸟/iu],
];

const firstOf = <Word>(table: readonly (readonly [Word, RegExp])[], text: string): Word | undefined => table.find(([, pattern]) => pattern.test(text))?.[0];

/** Reads setting, light, weather and subject out of the words. What they do not say, `fallback` decides. */
export function describeScene(prompt: string, fallback: { light: Light; setting: Setting }): SceneDescription {
  const setting = firstOf(SETTINGS, prompt) ?? fallback.setting;
  const weather = firstOf(WEATHERS, prompt) ?? 'clear';
  const snowy = weather === 'snow' || /\b(?:ice|icy|frozen|arctic|polar|glacier)\b/iu.test(prompt);
  const light = firstOf(LIGHTS, prompt) ?? (weather === 'embers' ? 'night' : weather === 'rain' ? 'dusk' : fallback.light);
  const subject = firstOf(SUBJECTS, prompt) ?? (setting === 'studio' ? 'bottle' : 'none');
  return { setting, light: setting === 'space' ? 'night' : light, weather, subject, snowy };
}
