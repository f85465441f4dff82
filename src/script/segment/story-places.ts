import type { LanguageCode } from '../../prompt/reading/language.ts';
import { placeOfProse, placesIn, type Place } from './place-words.ts';

/** A place that a story names, and how it comes there. */
export interface StoryPlace {
  place: Place;
  /** Begins the sentence: `On deck she turned`. */
  opens: boolean;
  /** Named as where something comes to: `into the kitchen`, `in a little shed`. */
  arrives: boolean;
  /** Somebody goes there: `She followed him into the kitchen`. */
  moves: boolean;
}

/** How a language says where something is and whither somebody goes. Nouns may be the end of a longer word where `compounds`. */
interface PlaceTongue {
  inside: string;
  outside: string;
  compounds?: boolean;
  /** Before the noun, with its article. */
  at: string;
  to: string;
  /** Verbs whose object is the place: `betrat die Küche`. */
  enters: string;
  goes: string;
  /** Words that are a place by themselves, and what a heading would call it. */
  adverbs: readonly (readonly [words: string, place: Place])[];
}

const GOES_EN = 'goes|went|gone|walks|walked|runs|ran|steps|stepped|comes|came|follows|followed|leads|led|climbs|climbed|hurries|hurried|rushes|rushed|slips|slipped|creeps|crept|sneaks|sneaked|snuck|bursts|burst|stumbles|stumbled|staggers|staggered|strides|strode|marches|marched|races|raced|dashes|dashed|drives|drove|rides|rode|crosses|crossed|returns|returned|moves|moved|retreats|retreated|descends|descended|emerges|emerged|swims|swam|crawls|crawled|drags|dragged|carries|carried|chases|chased|ducks|ducked|tiptoes|tiptoed|wanders|wandered|strolls|strolled|limps|limped|jumps|jumped|flees|fled|escapes|escaped|storms|stormed|sinks|sank|floats|floated|flies|flew|glides|glided|sails|sailed|(?:pulls|pulled|hauls|hauled|throws|threw|lets|let|squeezes|squeezed|forces|forced|heaves|heaved|drags|flings|flung|hurls|hurled) (?:him|her|it|my|them)sel(?:f|ves)';
const ADVERBS_EN: PlaceTongue['adverbs'] = [
  ['upstairs', { side: 'Interior', where: 'upstairs' }],
  ['downstairs', { side: 'Interior', where: 'downstairs' }],
  ['below decks?', { side: 'Interior', where: 'below deck' }],
  ['next door', { where: 'next door' }],
  ['outside(?=,| it | he | she | they | there )|outdoors|out of doors', { side: 'Exterior' }],
  ['inside(?=,| it | he | she | they | there )|indoors', { side: 'Interior' }],
];

const OTHERS: Partial<Record<LanguageCode, PlaceTongue>> = {
  de: {
    inside: 'küche|zimmer|stube|kammer|keller|flur|bad|büro|saal|halle|kabine|kajüte|kirche|kneipe|bar|laden|werkstatt|fabrik|treppenhaus|aufzug|wohnung|haus|hütte|scheune|stall|schule|klasse|krankenhaus|museum|theater|bibliothek|café|restaurant|höhle|tunnel|gefängnis|zelle|dachboden|garage|turm|zug|abteil|wagen|bus|auto|labor|archiv|hotel|foyer|salon|schlafsaal|speicher',
    outside: 'garten|hof|straße|gasse|platz|strand|steg|deck|brücke|wald|feld|wiese|park|friedhof|hafen|kai|ufer|fluss|see|berg|hügel|dach|balkon|terrasse|markt|insel|klippe|wüste|weg|dorf|gipfel|lichtung|bahnsteig|spielplatz|parkplatz|veranda|bucht|mole|tal',
    compounds: true,
    at: 'im|am|in (?:der|dem|einem|einer|seinem|seiner|ihrem|ihrer|unserer|unserem)|an (?:der|dem)|auf (?:der|dem|einem|einer|seinem|ihrem)|vor (?:der|dem)|hinter (?:der|dem)|unter (?:der|dem)|über (?:der|dem)',
    to: 'ins|ans|aufs|zum|zur|in (?:die|den|das|ein|eine|einen|seine|seinen|sein|ihre|ihren|ihr)|auf (?:die|den|das|einen|eine)|an (?:die|den|das)|durch (?:die|den|das)',
    enters: '(?:betrat|betraten|betritt|betreten|erreichte|erreichten|erreicht|verließ|verlässt) (?:die|den|das|eine|einen|ein)',
    goes: 'geht|gehen|ging|gingen|läuft|laufen|lief|liefen|rennt|rannte|rannten|tritt|trat|traten|kommt|kam|kamen|steigt|stieg|stiegen|folgt|folgte|folgten|eilt|eilte|eilten|schleicht|schlich|schlichen|stürzt|stürzte|stürmt|stürmte|führt|führte|fährt|fuhr|fuhren|klettert|kletterte|schlüpft|schlüpfte|wankt|wankte|flieht|floh|kriecht|kroch|springt|sprang|rennen|zieht|zog|trägt|trug|kehrt|kehrte',
    adverbs: [
      ['(?:dr)?oben|im obergeschoss', { side: 'Interior', where: 'oben' }],
      ['(?:dr)?unten|im erdgeschoss', { side: 'Interior', where: 'unten' }],
      ['nebenan', { where: 'nebenan' }],
      ['draußen|draussen', { side: 'Exterior' }],
      ['drinnen', { side: 'Interior' }],
    ],
  },
  fr: {
    inside: 'cuisine|chambre|salon|couloir|cabine|cave|bureau|salle|bain|grenier|église|bar|café|restaurant|boutique|magasin|atelier|usine|escalier|ascenseur|appartement|maison|cabane|grange|école|classe|hôpital|musée|théâtre|bibliothèque|grotte|tunnel|prison|cellule|garage|tour|train|compartiment|wagon|bus|voiture|laboratoire|hôtel|hall|vestibule|tente|taxi|pièce',
    outside: 'jardin|cour|rue|ruelle|place|plage|ponton|pont|quai|jetée|forêt|bois|champ|pré|parc|cimetière|port|rive|rivière|lac|montagne|colline|toit|balcon|terrasse|marché|île|falaise|désert|chemin|route|village|sommet|clairière|boulevard|avenue|passerelle|trottoir|perron|vallée|dune',
    at: "(?:dans|sur|sous|devant|derrière|à|en haut de|en bas de|au bord de|au fond de|au milieu de)\\s(?:la|le|les|une|un|sa|son|ses|leur|cette|ce|cet)|(?:dans|sur|sous|devant|derrière|à) l['’]|au|aux",
    to: "(?:dans|sur|à|vers|jusqu['’]à|jusque dans|par)\\s(?:la|le|les|une|un|sa|son|leur|cette|ce)|(?:dans|sur|à|vers|jusqu['’]à) l['’]|au|aux|jusqu['’]au",
    enters: "(?:gagna|gagne|rejoignit|rejoint|atteignit|atteint|quitta) (?:la |le |les |une |un |l['’])",
    goes: 'entra|entre|entrent|entrèrent|monta|monte|montèrent|descendit|descend|descendirent|sortit|sort|sortirent|courut|court|coururent|suivit|suit|suivirent|passa|passe|passèrent|marcha|marche|marchèrent|retourna|revint|revient|rentra|rentre|grimpa|grimpe|arriva|arrive|arrivèrent|alla|va|allèrent|vint|glissa|précipita|précipite|entraîna|entraîne|conduisit|conduit|mena|mène|sauta|saute|fuit|s’enfuit|s\'enfuit',
    adverbs: [
      ["en haut|à l['’]étage|au premier étage|au-dessus", { side: 'Interior', where: 'à l’étage' }],
      ['en bas|au rez-de-chaussée', { side: 'Interior', where: 'en bas' }],
      ['à côté', { where: 'à côté' }],
      ['dehors|au-dehors', { side: 'Exterior' }],
      ["à l['’]intérieur", { side: 'Interior' }],
    ],
  },
  es: {
    inside: 'cocina|habitación|cuarto|salón|sala|pasillo|cabina|sótano|oficina|despacho|baño|dormitorio|desván|iglesia|bar|café|restaurante|tienda|taller|fábrica|escalera|ascensor|apartamento|piso|casa|cabaña|granero|escuela|clase|hospital|museo|teatro|biblioteca|cueva|túnel|cárcel|celda|garaje|torre|tren|vagón|autobús|coche|laboratorio|hotel|vestíbulo|camarote',
    outside: 'jardín|patio|calle|callejón|plaza|playa|muelle|puente|cubierta|bosque|campo|prado|parque|cementerio|puerto|orilla|río|lago|montaña|colina|tejado|azotea|balcón|terraza|mercado|isla|acantilado|desierto|camino|carretera|pueblo|cima|claro|acera|andén',
    at: '(?:en|sobre|bajo|ante|tras) (?:el|la|los|las|un|una|su|sus|esta|este)',
    to: '(?:en|a|hacia|hasta|por) (?:el|la|los|las|un|una|su)|al|hasta el',
    enters: '(?:alcanzó|alcanza|cruzó|dejó) (?:el|la|un|una)',
    goes: 'entró|entra|entraron|salió|sale|salieron|subió|sube|subieron|bajó|baja|bajaron|corrió|corre|corrieron|siguió|sigue|siguieron|pasó|pasa|volvió|vuelve|fue|va|fueron|llegó|llega|llegaron|caminó|camina|saltó|salta|huyó|huye|llevó|lleva',
    adverbs: [
      ['arriba|en el piso de arriba', { side: 'Interior', where: 'arriba' }],
      ['abajo|en el piso de abajo', { side: 'Interior', where: 'abajo' }],
      ['fuera|afuera', { side: 'Exterior' }],
      ['dentro|adentro', { side: 'Interior' }],
    ],
  },
  it: {
    inside: 'cucina|camera|stanza|salotto|sala|salone|corridoio|cabina|cantina|ufficio|bagno|soffitta|chiesa|bar|caffè|ristorante|negozio|officina|fabbrica|scala|ascensore|appartamento|casa|capanna|fienile|scuola|classe|ospedale|museo|teatro|biblioteca|grotta|galleria|prigione|cella|garage|torre|treno|vagone|autobus|macchina|laboratorio|albergo|atrio',
    outside: 'giardino|cortile|strada|vicolo|piazza|spiaggia|molo|ponte|bosco|foresta|campo|prato|parco|cimitero|porto|riva|fiume|lago|montagna|collina|tetto|balcone|terrazza|mercato|isola|scogliera|deserto|sentiero|villaggio|cima|marciapiede|binario',
    at: "(?:in|su|sotto|davanti a|dietro) (?:una|un)|(?:nel|nella|nello|nei|nelle|sul|sulla|sullo|sotto il|sotto la|al|alla|dietro il|dietro la|in)|(?:nell|sull|all)['’]",
    to: "(?:nel|nella|nello|sul|sulla|al|alla|in|verso il|verso la|in una|in un|fino al|fino alla)|(?:nell|sull|all)['’]",
    enters: "(?:raggiunse|raggiunge|lasciò) (?:il |la |lo |un |una |l['’])",
    goes: 'entrò|entra|entrarono|uscì|esce|uscirono|salì|sale|salirono|scese|scende|scesero|corse|corre|corsero|seguì|segue|seguirono|passò|passa|tornò|torna|andò|va|andarono|arrivò|arriva|camminò|cammina|saltò|salta|fuggì|fugge|portò|porta',
    adverbs: [
      ['di sopra|al piano di sopra', { side: 'Interior', where: 'di sopra' }],
      ['di sotto|al piano di sotto', { side: 'Interior', where: 'di sotto' }],
      ['fuori', { side: 'Exterior' }],
      ['dentro', { side: 'Interior' }],
    ],
  },
};

const ENDS = String.raw`(?![\p{L}’'-])`;
const STARTS = String.raw`(?<![\p{L}’'-])`;
/** Few words between a verb and whither it leads. */
const FEW_WORDS = String.raw`(?:\s[\p{L}’'-]+){0,5}?`;
/** Between a verb and `upstairs`: who goes along, and how. */
const WITH_WHOM = String.raw`(?:\s(?:back|straight|right|all|him|her|them|it|us|me|the (?:\p{L}+)|ihm|ihr|ihnen|nach|wieder|\p{L}+ly))?`;
/** What did not happen, and what somebody only wants. */
const NOT_DONE = /(?<![\p{L}])(?:not|never|n['’]t|would|could|to|nicht|nie|pas|jamais|no|nunca|non|mai)\s(?:\p{L}+\s)?$/iu;

const movesTo = (goes: string, to: string) => new RegExp(`${STARTS}(?:${goes})${ENDS}${FEW_WORDS}\\s(?:${to})$`, 'iu');
const adverbsOf = (goes: string, adverbs: PlaceTongue['adverbs']) =>
  adverbs.map(([words, place]) => ({
    place,
    opens: new RegExp(String.raw`^[“"'‘—–-]?\s*(?:(?:and|but|then|meanwhile|und|et|y|e),?\s)?(?:${words})(?:,|\s(?!(?:the|a|an|of|his|her|their|its|my|our|des|der|du|de|del|della|dem|den)${ENDS}))`, 'iu'),
    moves: new RegExp(`${STARTS}(?:${goes})${ENDS}${WITH_WHOM}\\s(?:${words.replaceAll(/\(\?=[^)]*\)/gu, '')})(?=\\s*(?:[,.;:!?…]|$|\\s(?:and|to|into|und|et|y|e)\\s))`, 'iu'),
  }));

const ENGLISH = { goes: movesTo(GOES_EN, String.raw`(?:(?:back |out |up |down |over |straight )*(?:into|onto|to|inside|across|through|out of|from|down|up|along)|back|out|up|down|over)`), adverbs: adverbsOf(GOES_EN, ADVERBS_EN) };
const FOUND = new Map(
  Object.entries(OTHERS).map(([language, { inside, outside, compounds = false, at, to, enters, goes, adverbs }]) => {
    const noun = `((?:[\\p{L}’'-]+\\s){0,2}?${compounds ? String.raw`\p{L}*?` : ''}(?:(?<inside>${inside})|(?:${outside}))(?:s|n|es|x)?)${ENDS}`;
    return [
      language,
      {
        is: new RegExp(`${STARTS}(?<how>(?<enters>${enters})|(?<to>${to})|(?:${at}))\\s?(?<where>${noun})`, 'giu'),
        at: new RegExp(`^(?:${at})$`, 'iu'),
        goes: new RegExp(`${STARTS}(?:${goes})${ENDS}${FEW_WORDS}\\s?$`, 'iu'),
        adverbs: adverbsOf(goes, adverbs),
      },
    ];
  }),
);

/** The places that a sentence of a story is in or goes to, in order. */
export function storyPlacesIn(sentence: string, language: LanguageCode): StoryPlace[] {
  const tongue = FOUND.get(language);
  const adverbs = (tongue ?? ENGLISH).adverbs.flatMap(({ place, opens, moves }): StoryPlace[] => {
    const moved = moves.exec(sentence);
    const isMoved = moved !== null && !NOT_DONE.test(sentence.slice(0, moved.index));
    return isMoved || opens.test(sentence) ? [{ place, opens: !isMoved, arrives: isMoved, moves: isMoved }] : [];
  });
  const named = tongue === undefined ? inEnglish(sentence) : inTongue(sentence, tongue);
  return [...adverbs, ...named];
}

function inEnglish(sentence: string): StoryPlace[] {
  return placesIn(sentence).map(({ where, at, opens, arrives, preposition }) => {
    const before = `${sentence.slice(0, at)}${preposition}`;
    const verb = ENGLISH.goes.exec(before);
    return { place: placeOfProse(where), opens, arrives, moves: /^(?:reach|enter)/i.test(preposition) || (arrives && verb !== null && !NOT_DONE.test(before.slice(0, verb.index))) };
  });
}

function inTongue(sentence: string, tongue: NonNullable<ReturnType<(typeof FOUND)['get']>>): StoryPlace[] {
  return [...sentence.matchAll(tongue.is)].flatMap(({ groups = {}, index }): StoryPlace[] => {
    const { how = '', where = '', enters, to } = groups;
    const before = sentence.slice(0, index);
    const verb = tongue.goes.exec(before);
    const moves = enters !== undefined || (to !== undefined && verb !== null && !NOT_DONE.test(before.slice(0, verb.index)));
    const opens = /^[\s“"'‘—–-]*(?:[^,]{0,40},\s)?$/u.test(before) && tongue.at.test(how);
    if (!moves && !tongue.at.test(how)) return [];
    const side = groups.inside === undefined ? ('Exterior' as const) : ('Interior' as const);
    return [{ place: { side, where: where.trim() }, opens, arrives: moves, moves }];
  });
}
