export type AnimalShape = 'dog' | 'cat' | 'horse' | 'deer' | 'bear' | 'cow' | 'elephant' | 'camel' | 'rabbit' | 'bird' | 'fish';
export type VehicleShape = 'car' | 'truck' | 'bus' | 'train' | 'bicycle' | 'motorcycle' | 'boat' | 'ship' | 'plane' | 'helicopter' | 'rocket' | 'cart';
export type BuildingShape = 'house' | 'lighthouse' | 'castle' | 'tower' | 'tent' | 'bridge' | 'windmill' | 'pyramid';
export type ObjectShape = 'paper' | 'book' | 'phone' | 'key' | 'gun' | 'blade' | 'dial' | 'cup' | 'glass' | 'bottle' | 'photo' | 'ring' | 'coins' | 'candle' | 'lantern' | 'map' | 'box' | 'screen' | 'flower' | 'hand' | 'shoe' | 'fruit' | 'kettle' | 'tin' | 'bowl' | 'knob' | 'pen' | 'rope' | 'parcel';

export type Thing =
  | { kind: 'animal'; shape: AnimalShape; word: string; count: number; at: number }
  | { kind: 'vehicle'; shape: VehicleShape; word: string; count: number; at: number }
  | { kind: 'building'; shape: BuildingShape; word: string; count: number; at: number }
  | { kind: 'object'; shape: ObjectShape; word: string; count: number; at: number };

type Row = readonly [kind: Thing['kind'], shape: string, words: RegExp];
const row = (kind: Thing['kind'], shape: string, words: string): Row => [kind, shape, new RegExp(`(?:(?<![\\p{L}-])(?:${words})(?![\\p{L}]|-\\p{L}))`, 'giu')];

const ROWS: readonly Row[] = [
  row('animal', 'dog', String.raw`dogs?(?! tags?)|pupp(?:y|ies)|hounds?|wol(?:f|ves)|fox(?:es)?|coyotes?|terriers?|shepherd dogs?|corgis?|poodles?|labradors?|retrievers?|bulldogs?|dachshunds?|beagles?|husk(?:y|ies)|collies?|spaniels?|chihuahuas?`),
  row('animal', 'cat', 'cats?|kittens?|tigers?|lions?|lioness(?:es)?|leopards?|panthers?|cheetahs?'),
  row('animal', 'horse', 'horses?|pon(?:y|ies)|stallions?|mares?|zebras?|donkeys?|unicorns?|mules?'),
  row('animal', 'deer', 'deer|stags?|does?(?= )(?=\\s+and fawn)|fawns?|antelopes?|gazelles?|elks?|moose|reindeer|giraffes?|goats?'),
  row('animal', 'bear', '(?:polar |grizzly |brown |black )bears?|(?<=\\b(?:a|the|two|three|huge|giant|wild|old) )bears?|bear cubs?|pandas?|gorillas?|apes?|chimpanzees?'),
  row('animal', 'cow', 'cows?|bulls?|oxen|ox|cattle|buffalos?|bison|sheep|lambs?|rams?|pigs?|boars?|rhinos?|hippos?'),
  row('animal', 'elephant', 'elephants?|mammoths?'),
  row('animal', 'camel', 'camels?|llamas?|alpacas?'),
  row('animal', 'rabbit', 'rabbits?|hares?|squirrels?|mouse|mice|rats?|hamsters?|hedgehogs?|raccoons?|frogs?|turtles?|tortoises?'),
  row('animal', 'bird', 'birds?|gulls?|seagulls?|crows?|ravens?|eagles?|hawks?|falcons?|swallows(?! the| his| her)|swans?|geese|goose|owls?|pigeons?|doves?|parrots?|chickens?|hens?|roosters?|ducks(?! under)|herons?|penguins?|sparrows?|flamingos?'),
  row('animal', 'fish', 'fish(?:es)?(?! (?:markets?|stalls?|shops?|soup|sauce|hooks?|nets?|tank|bowl|knife|sellers?|and chips)\\b)|whales?|dolphins?|sharks?|koi|salmon|jellyfish|orcas?|seals?|octopus'),
  row('vehicle', 'truck', 'trucks?|lorr(?:y|ies)|vans?|fire engines?|ambulances?|pick-?ups?(?! the| his| her| a)|tanks?|tractors?'),
  row('vehicle', 'bus', 'bus(?:es)?(?! stops?| driver| station)|trams?(?! stop)|trolleys?|minibus|coaches'),
  row('vehicle', 'train', 'trains?(?! (?:tracks?|stations?|platforms?|car|carriage|compartment|his|her|them|for|interior))|locomotives?|steam engines?|metro train'),
  row('vehicle', 'bicycle', 'bicycles?|bikes?|tricycles?'),
  row('vehicle', 'motorcycle', 'motorcycles?|motorbikes?|scooters?|mopeds?'),
  row('vehicle', 'ship', 'ships?|galleons?|sailing ships?|schooners?|frigates?|steamers?|ferr(?:y|ies)|tankers?|cruise ships?|yachts?|submarines?|aircraft carrier'),
  row('vehicle', 'boat', 'boats?|canoes?|kayaks?|rowing boats?|rowboats?|sailboats?|dingh(?:y|ies)|rafts?|gondolas?|speedboats?'),
  row('vehicle', 'plane', 'planes?|air ?planes?|aeroplanes?|jets?|aircraft|biplanes?|airliners?|gliders?'),
  row('vehicle', 'helicopter', 'helicopters?|choppers?|drones?(?! (?:shot|view|footage|camera|rises|flies over|glides|pushes|pulls))(?<!\\bthe drone)'),
  row('vehicle', 'rocket', 'rockets?|spaceships?|spacecrafts?|starships?|space shuttles?|satellites?|ufos?'),
  row('vehicle', 'cart', 'carts?|wagons?|carriages?|chariots?|sleds?|sleighs?|barrows?|wheelbarrows?'),
  row('vehicle', 'car', '(?<!\\b(?:cable|dining|sleeping|railway|train|subway|tram) )cars?(?! (?:park|door|keys?|window|interior|seat|horn|alarm|radio))|taxis?|cabs?|limousines?|convertibles?|sedans?|sports ?cars?|jeeps?|police cars?|automobiles?|vehicles?'),
  row('building', 'lighthouse', 'lighthouses?(?! keeper)'),
  row('building', 'castle', 'castles?|fortress(?:es)?|citadels?|palaces?(?! hall)'),
  row('building', 'windmill', 'windmills?|wind turbines?'),
  row('building', 'pyramid', 'pyramids?'),
  row('building', 'tent', 'tents?|tepees?|yurts?'),
  row('building', 'bridge', 'bridges?'),
  row('building', 'tower', 'towers?|skyscrapers?|monuments?|statues?|church(?:es)?|cathedrals?|chapels?|temples?|pagodas?|obelisks?'),
  row('building', 'house', '(?<!full )houses?(?! of cards)|cabins?|cottages?|huts?|inns?|farmhouses?|barns?|mansions?|villas?|bungalows?|shacks?|motels?|hotels?(?! room)'),
  row('object', 'paper', 'letters?|notes?|papers?|pages?|documents?|envelopes?|telegrams?|tickets?|receipts?|contracts?|newspapers?|headlines?|invitations?|passports?|cards?|sheet music|scroll|packets?|posters?|placards?|leaflets?|flyers?|notices?(?= (?:on|nailed|pinned|board))|signs?(?= (?:on|nailed|above|reads|reading|hangs|in)|[,.:;]|$)|labels?|menus?|banners?|certificates?|stamps?|blackboards?|manuscripts?|sketch(?:es)?|drawings?'),
  row('object', 'map', 'maps?|blueprints?|charts?|plans of'),
  row('object', 'book', 'books?|diar(?:y|ies)|journals?|notebooks?|bibles?|ledgers?|albums?'),
  row('object', 'phone', '(?:smart|cell|mobile )?phones?|smartphones?|telephones?|handsets?|walkie-talkies?|radios?|remote controls?'),
  row('object', 'key', 'keys?(?!board)'),
  row('object', 'gun', 'guns?|pistols?|revolvers?|rifles?|shotguns?'),
  row('object', 'blade', 'kni(?:fe|ves)|daggers?|swords?|blades?|scissors|axes?|scalpels?'),
  row('object', 'dial', 'watch(?:es)?(?= (?:face|dial|on|ticks|lies|hands|with|in|stops)|[,.;]|$)|wrist ?watch(?:es)?|pocket ?watch(?:es)?|clocks?(?! tower)|compass(?:es)?|dials?|gauges?|speedometers?|stopwatch|alarm clocks?|timers?'),
  row('object', 'cup', 'cups?|mugs?|coffees?|espresso|teacups?|lattes?|cappuccino'),
  row('object', 'kettle', 'kettles?|teapots?|coffee ?pots?|watering cans?|jugs?|pitchers?'),
  row('object', 'glass', '(?:wine |whisky |champagne |water )?glass(?:es)?(?= of|[,.;]|$| on| is| falls| shatters| slides)|whisk(?:e)?y|martinis?|cocktails?|goblets?|drinks?(?= on)|troph(?:y|ies)|chalices?'),
  row('object', 'bottle', 'bottles?|perfumes?|flasks?|vials?|potions?|soda|skincare|serum|lotion'),
  row('object', 'photo', 'photos?|photographs?|polaroids?|portraits?|pictures?(?= of| frame| on)|postcards?|paintings?'),
  row('object', 'ring', '(?<!\\b(?:iron|mooring|steel|metal|rusty|rusted|boxing|key|circus) )(?:wedding |engagement |gold |silver )?rings?(?= (?:on|in|box|lies|glints|with|rolls|slides)|[,.;]|$)|bracelets?|necklaces?|pendants?|lockets?|jewel(?:le)?ry|diamonds?|crowns?'),
  row('object', 'coins', 'coins?|money|banknotes?|cash|gold(?! (?:trophy|ring|watch|medal|chain|leaf|tooth|frame|light|braid))|medals?|badges?|dice|poker chips|pills?|bullets?'),
  row('object', 'candle', 'candles?|matches|match flame|lighters?|cigarettes?'),
  row('object', 'lantern', 'lanterns?|lamps?|light ?bulbs?|torch(?:es)?|flashlights?'),
  row('object', 'screen', 'laptops?|computers?|screens?|monitors?|televisions?|tv|tablets?|keyboards?|typewriters?'),
  row('object', 'flower', 'flowers?|roses?|bouquets?|tulips?|petals?|lotus|sunflowers?|daisies|seedlings?|sprouts?|dandelions?'),
  row('object', 'hand', 'hands?|fingers?|fists?|palms?|fingertips?'),
  row('object', 'shoe', 'shoes?|boots?|sneakers?|trainers|heels|sandals?|slippers?'),
  row('object', 'fruit', 'apples?|oranges?|lemons?|fruits?|mango(?:e?s)?|pineapples?|melons?|chil(?:l)?i(?:e?s)?|peppers?|onions?|garlic|carrots?|potato(?:es)?|cabbages?|vegetables?|berries|cherr(?:y|ies)|grapes?|bananas?|olives?|figs?|dates(?= on)|cheeses?|tomato(?:es)?|eggs?|peach(?:es)?|strawberr(?:y|ies)|pumpkins?|bread|loa(?:f|ves)|cakes?|burgers?|hamburgers?|pizzas?|croissants?|steaks?|dumplings?|sushi|chocolate|sandwich(?:es)?|skull'),
  row('object', 'bowl', 'bowls?|plates?|dish(?:es)?|soup|ramen|noodles|salad|stew|porridge|rice|frying pan|saucepans?|pans?(?= (?:of|on)|[,.;]|$)|pots?|woks?|cauldrons?'),
  row('object', 'tin', 'tins?|cans?(?= of|[,.;]| on)|jars?|lipsticks?'),
  row('object', 'knob', 'door ?knobs?|door ?handles?|handles?(?= turns)|switch(?:es)?|buttons?|locks?|keyholes?|doorbells?|levers?'),
  row('object', 'pen', 'pens?|pencils?|chopsticks|thermometers?|quills?|brush(?:es)?|paintbrush(?:es)?|needles?|syringes?'),
  row('object', 'rope', 'ropes?(?! (?:bridge|ladder))|knots?(?! per)|twine|mooring lines?'),
  row('object', 'box', 'box(?:es)?|chests?(?! pain)|suitcases?|trunks?|briefcases?|crates?|parcels?|packages?|baskets?|bags?|backpacks?|wallets?|purses?|coffins?|drawers?|strongbox(?:es)?|safes?(?= (?:door|stands|swings)|[,.;]|$)|toolbox(?:es)?|violin cases?'),
];

const CHINESE: readonly (readonly [Thing['kind'], string, RegExp])[] = [
  ['animal', 'dog', /狗|狼|狐狸/gu], ['animal', 'cat', /猫|老虎|狮子/gu], ['animal', 'horse', /马(?!路|上)/gu], ['animal', 'bird', /鸟|鹰/gu], ['animal', 'fish', /鱼|鲸/gu], ['vehicle', 'car', /汽车|轿车|出租车/gu], ['vehicle', 'train', /火车|列车/gu], ['vehicle', 'boat', /船/gu], ['vehicle', 'plane', /飞机/gu], ['building', 'house', /房子|小屋/gu], ['building', 'lighthouse', /灯塔/gu], ['object', 'cup', /杯/gu], ['object', 'bottle', /瓶/gu], ['object', 'paper', /信(?!号)/gu], ['object', 'phone', /手机|电话/gu], ['object', 'hand', /手(?!机|持|表)/gu], ['object', 'dial', /手表|钟/gu], ['object', 'flower', /花/gu],
];

const NOT_HERE = /\b(?:no|without|like (?:a|an|the)|as (?:a|an)|sound of|smell of|(?:photo|picture|painting|drawing|portrait|statue|dream)(?:graph)?s? of)\s+(?:an?\s+|the\s+)?(?:[\p{L}-]+\s+)?$/iu;
const NUMBERS: Readonly<Record<string, number>> = { two: 2, both: 2, pair: 2, couple: 2, three: 3, four: 4, five: 5, six: 6, several: 4, many: 5, herd: 5, flock: 5, pack: 4, some: 3, few: 3, dozens: 6, hundreds: 6, row: 4, line: 4, stack: 3, bunch: 4, school: 5, team: 3, fleet: 4, convoy: 4, '两': 2, '三': 3 };

/** Animals, vehicles, buildings and objects in the order of the text. */
export function findThings(prompt: string): Thing[] {
  const text = prompt.replace(/[“"][^”"]{0,400}[”"]/gu, (line) => ' '.repeat(line.length));
  const things: Thing[] = [];
  for (const [kind, shape, pattern] of [...ROWS, ...CHINESE]) {
    for (const match of text.matchAll(pattern)) {
      const before = text.slice(Math.max(0, match.index - 40), match.index);
      if (NOT_HERE.test(before)) continue;
      // A toy is a thing, whatever it looks like.
      if (kind === 'animal' && /\b(?:wooden|toy|tin|clay|stuffed|plastic|paper|porcelain|carved|mechanical|clockwork|glass|bronze|stone|plush|origami)\s+$/iu.test(before)) continue;
      const word = match[0].trim();
      const lead = /(\p{L}+|\d)\s+(?:(?:of|(?!(?:and|with|in|on|at|by|to|from|the|a|an)\b)[\p{L}-]+)\s+){0,2}$/u.exec(before.toLowerCase())?.[1] ?? '';
      const plural = /(?:[^s]s|ves|men|ies)$/iu.test(word) && !/glass$|bus$|compass$/iu.test(word);
      const digits = /^[2-9]$/u.test(lead) ? Math.min(6, Number(lead)) : undefined;
      things.push({ kind, shape, word, count: (plural || /deer|sheep|fish|cattle|两|三/iu.test(word + before.slice(-2)) ? (digits ?? NUMBERS[lead]) : undefined) ?? (plural ? 3 : 1), at: match.index } as Thing);
    }
  }
  return things.sort((one, other) => one.at - other.at).filter((thing, index, all) => all.findIndex(({ shape, at }) => shape === thing.shape || (at <= thing.at && thing.at < at + 2)) === index);
}
