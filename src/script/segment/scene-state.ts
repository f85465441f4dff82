import { namesPlace, placeClause, type Place } from './place-words.ts';
import { LOOK_NOUN } from './describe-person.ts';
import { isEnglish, type Tongue } from './tongue.ts';

/** What stays as it is from shot to shot of a scene, until the words change it. */

const WEATHER: readonly (readonly [weather: string, words: RegExp])[] = [
  ['rain', /\b(?:rain(?:s|ing|y|drops?)?(?!\s(?:down|of)\b)|downpour|drizzl\w*|cloudburst)\b/iu],
  ['snow', /\b(?:snow(?:s|ing|y|fall|flakes?|storm)?|blizzard|sleet)\b/iu],
  ['fog', /\b(?:fog(?:gy)?|mist(?:y)?|haze|hazy)\b/iu],
  ['storm', /\b(?:storm(?:s|y)?|thunder\w*|lightning|gale)\b/iu],
];
const CLEARS = /\b(?:rain|snow|storm|fog|mist)\s+(?:has\s+)?(?:stop(?:s|ped)|clear(?:s|ed)|lift(?:s|ed)|end(?:s|ed)|dies|died|is over)\b/iu;
/** Weather behind glass is not in the room. */
const BEHIND_GLASS = /\b(?:window|windows|glass|pane|panes|windscreen|windshield|skylight|outside)\b/iu;

const THROUGH_EYES = /\b(?:pov|point of view|through (?:the|a|his|her|their) (?:binoculars|telescope|spyglass|scope|viewfinder))\b/iu;

/** What is remembered or dreamed is at another place and time. */
const NOT_HERE = /^(?:flash(?:es)?(?:[\s-]?(?:back|forward)| cut| of| to)?|dream(?: sequence)?|vision|memory|nightmare|fantasy)(?![\p{L}])\s*(?:[-–—:.,]|of\s|to\s)/iu;

const PROPS = `key keys letter envelope note gun pistol rifle revolver knife dagger sword spear axe hammer lamp lantern torch flashlight candle match cup mug glass bottle bag suitcase briefcase satchel basket box package parcel phone telephone receiver book notebook diary newspaper map photograph photo picture rope chain umbrella cane stick staff tray plate bowl spoon pen pencil brush camera violin guitar drum flute doll teddy toy ball bouquet flowers flower rose apple bread kettle pot bucket broom shovel spade oar paddle net telescope binoculars compass watch clock ring necklace coin purse wallet ticket card folder file laptop tablet radio microphone syringe bandage blanket towel baby puppy kitten cat lunchbox thermos ladder crowbar wrench screwdriver saw helmet flag`.split(' ');
const PROP = `(?:${PROPS.join('|')})`;
const ITEM = String.raw`((?:a|an|the|his|her|their|two|both)\s(?:[\p{L}-]+\s){0,3}?${PROP})(?![\p{L}-])`;
const TAKES = new RegExp(String.raw`\b(?:picks? up|picked up|grabs?|grabbed|takes?|took|lifts?|lifted|holds?|held|holding|carries|carried|carrying|clutch(?:es|ed|ing)?|draws?|drew|pulls? out|pulled out|raises?|raised|snatch(?:es|ed)?|grips?|gripped|hoists?|cradles?|cradled|with)\s${ITEM}`, 'giu');
const LEAVES = new RegExp(String.raw`\b(?:puts?|sets?|set|lays?|laid|drops?|dropped|hands?|handed|gives?|gave|throws?|threw|toss(?:es|ed)?|pockets?|pocketed|slips?|slipped|hides?|hid|leaves?|left|places?|placed|hangs?|hung|returns?|returned|slides?|slid|flings?|flung|passes|passed|offers?|offered)\b[^.!?]*?\b(${PROP})\b`, 'giu');
const TRANSFERS = 'puts?|lays?|laid|press(?:es|ed)?|hands?|handed|gives?|gave|pass(?:es|ed)?|slips?|slipped|drops?|dropped|places?|placed|push(?:es|ed)?|throws?|threw|toss(?:es|ed)?';
/** `puts it into Tomás's hand`, `hands the lamp to Kim`: up to the name of who has it then. */
const GIVES_TO = new RegExp(String.raw`\b(?:${TRANSFERS})\s(?:it|them|${ITEM})\s(?:back\s|over\s|gently\s)*(in|into|onto|on|to)\s`, 'giu');
/** `gives Kim the lamp`, from the name on. */
const GIVES = /\b(?:hands?|handed|gives?|gave|pass(?:es|ed)?|throws?|threw|toss(?:es|ed)?)\s/giu;
const GIVEN = new RegExp(String.raw`^[\p{L}’'.-]+(?:\s\p{Lu}[\p{L}’'.-]+)?\s${ITEM}`, 'iu');
const INTO_HANDS = /^[\p{L}\s.-]+['’]s?\s(?:\p{L}+\s)?(?:hands?|palms?|arms|fingers|lap)\b/iu;
const GARMENT = String.raw`((?:a|an|the|his|her|their)\s(?:[\p{L}-]+\s){0,3}?(?:coat|overcoat|raincoat|jacket|hat|cap|cloak|hood|hoodie|dress|gown|robe|scarf|gloves|boots|helmet|mask|uniform|apron|sweater|parka|anorak|suit|veil|shawl|glasses|spectacles|sunglasses|oilskins?))(?![\p{L}-])`;
const PUTS_ON = new RegExp(String.raw`\b(?:puts? on|pulls? on|pulled on|slips? (?:on|into)|slipped (?:on|into)|shrugs? (?:on|into)|dons?|donned|wears?|wore|wearing|buttons?|buttoned|dressed in|clad in)\s${GARMENT}`, 'giu');
const TAKES_OFF = /\b(?:takes? off|took off|removes?|removed|sheds?|hangs? up|hung up|throws? off|unbuttons?|strips? off|loses)\b[^.!?]*?\b([\p{L}-]+)\b(?=[\s.,;!?]|$)/giu;

interface Things {
  held: Map<string, string>;
  worn: Map<string, string>;
}

export class SceneState {
  private weather: string | undefined;
  private readonly things = new Map<string, Things>();

  place: Place;
  /** Told in prose: a shot's own words say where they are as often as not. */
  private readonly told: boolean;
  private readonly tongue: Tongue;

  constructor(place: Place, told: boolean, tongue: Tongue) {
    this.place = place;
    this.told = told;
    this.tongue = tongue;
  }

  /** What a sentence changes; `who` acts in it, `named` stand in it. */
  read(sentence: string, who: string | undefined, named: readonly { who: string; start: number }[] = []): void {
    if (!isEnglish(this.tongue)) return;
    if (CLEARS.test(sentence)) this.weather = undefined;
    else if (this.place.side === 'Exterior' || (this.place.side !== 'Interior' && !BEHIND_GLASS.test(sentence))) this.weather = WEATHER.find(([, words]) => words.test(sentence))?.[0] ?? this.weather;
    if (who === undefined) return;
    const things = this.thingsOf(who);
    // `she saw that her visitor still wore his coat`: whose it is, is not sure.
    const isTheirs = ({ index }: RegExpExecArray) => !named.some((one) => one.who !== who && one.start < index);
    const taken = [...sentence.matchAll(TAKES)].filter((match) => isTheirs(match)).map((match) => match[1] ?? '');
    // Who takes another thing has that in hand.
    if (taken.length > 0) things.held.clear();
    for (const item of taken) for (const one of this.things.values()) one.held.delete(headOf(item));
    for (const item of taken) things.held.set(headOf(item), fixed(item));
    const holding = [...things.held.values()].at(-1);
    for (const match of sentence.matchAll(LEAVES)) for (const one of this.things.values()) one.held.delete((match[1] ?? '').toLowerCase());
    for (const { who: receiver, item } of given(sentence, named, holding)) {
      for (const one of this.things.values()) one.held.delete(headOf(item));
      this.thingsOf(receiver).held.set(headOf(item), fixed(item));
    }
    for (const match of sentence.matchAll(PUTS_ON)) if (isTheirs(match)) things.worn.set(headOf(match[1] ?? ''), worn(match[1] ?? ''));
    for (const match of sentence.matchAll(TAKES_OFF)) if (LOOK_NOUN.test((match[1] ?? '').toLowerCase())) things.worn.delete((match[1] ?? '').toLowerCase());
  }

  private thingsOf(who: string): Things {
    const things = this.things.get(who) ?? { held: new Map<string, string>(), worn: new Map<string, string>() };
    this.things.set(who, things);
    return things;
  }

  /** Place, time and weather: `Exterior: yard, night, rain.`; without the place for who is somewhere else. */
  placeWords(words: string, somewhereElse = false): string {
    const { time } = this.place;
    // Through somebody's eyes another place is seen than the one they are in.
    const elsewhere = somewhereElse || THROUGH_EYES.test(words) || (this.told && namesPlace(words, this.place.where));
    if (NOT_HERE.test(words)) return '';
    const clause = placeClause(elsewhere ? (time === undefined ? {} : { time }) : this.place, this.tongue);
    if (this.weather === undefined || this.place.side === 'Interior') return clause;
    return clause === '' ? `Weather: ${this.weather}.` : `${clause.slice(0, -1)}, ${this.weather}.`;
  }

  /** What the people of a shot have in hand and on, where the shot's own words do not say it. */
  thingWords(seen: readonly string[], shown: string): string[] {
    return seen.flatMap((who) => {
      const things = this.things.get(who);
      if (things === undefined) return [];
      const left = (items: ReadonlyMap<string, string>) => [...items].filter(([head]) => !new RegExp(String.raw`\b${head}\b`, 'iu').test(shown)).map(([, words]) => words).slice(-2);
      const [wornNow, heldNow] = [left(things.worn), left(things.held)];
      if (wornNow.length + heldNow.length === 0) return [];
      const name = who.charAt(0).toUpperCase() + who.slice(1);
      return [`${name} ${[...(wornNow.length === 0 ? [] : [`wears ${wornNow.join(' and ')}`]), ...(heldNow.length === 0 ? [] : [`has ${heldNow.join(' and ')} in hand`])].join(' and ')}.`];
    });
  }
}

/** What changes hands, and who has it then. @param holding what `it` is. */
function given(sentence: string, named: readonly { who: string; start: number }[], holding: string | undefined): { who: string; item: string }[] {
  const at = (start: number) => named.find((one) => one.start === start)?.who;
  const to = [...sentence.matchAll(GIVES_TO)].flatMap(({ 0: words, 1: thing, 2: preposition = '', index }) => {
    const end = index + words.length;
    const [who, item] = [at(end), thing ?? holding];
    return who === undefined || item === undefined || (preposition.toLowerCase() !== 'to' && !INTO_HANDS.test(sentence.slice(end))) ? [] : [{ who, item }];
  });
  const direct = [...sentence.matchAll(GIVES)].flatMap(({ 0: words, index }) => {
    const end = index + words.length;
    const [who, item] = [at(end), GIVEN.exec(sentence.slice(end))?.[1]];
    return who === undefined || item === undefined ? [] : [{ who, item }];
  });
  return [...to, ...direct];
}

const headOf = (phrase: string): string => (phrase.split(/\s/).at(-1) ?? '').toLowerCase();
/** `his lamp` said of somebody by name: the lamp. */
const fixed = (phrase: string): string => phrase.toLowerCase().replace(/^(?:a|an|his|her|their|both|two)\s(?:pair of\s)?/, (word) => (/^(?:two|both)/.test(word) ? word : 'the '));
const worn = (phrase: string): string => phrase.toLowerCase().replace(/^(?:his|her|their|the|an?)\s/, (word) => (/^an?\s/.test(word) ? word : 'a '));
