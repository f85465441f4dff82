import type { Finder } from './finder.ts';
import { hasPlainLetters, spansOf, type Span } from './text.ts';

/** People, animals and other actors named together: `two fencers`, `a crowd`. */
export interface Figures {
  noun: string;
  /** How many; 1 where an article or a name says one, `undefined` where it says several without a number. */
  count: number | undefined;
  span: Span;
}

const PEOPLE = `man men woman women boy boys girl girls child children kid kids baby babies person people teenager toddler lady ladies gentleman gentlemen couple twins brother sister mother father son daughter grandmother grandfather friend stranger soldier knight king queen prince princess wizard witch warrior samurai ninja pirate cowboy sailor fisherman fishermen farmer baker chef cook waiter waitress doctor nurse teacher student pupil dancer singer musician drummer violinist pianist guitarist actor actress painter artist writer poet photographer director detective policeman policewoman police officer guard thief burglar spy pilot astronaut scientist engineer mechanic carpenter blacksmith potter weaver tailor barber butcher merchant vendor trader driver cyclist biker runner sprinter jogger athlete wrestler boxer fencer swimmer surfer skater skier climber hiker rider jockey acrobat juggler clown magician monk nun priest bride groom beggar boss worker builder gardener beekeeper shepherd hunter archer firefighter lifeguard diver captain crew robot android alien ghost monster giant dwarf elf fairy angel demon vampire zombie mermaid goddess god hero villain judge lawyer mayor president tourist traveller traveler passenger crowd audience team band orchestra army mob family guest neighbour neighbor elder hermit jester protester commuter shopper librarian barista customer conductor ballerina gymnast player goalkeeper fan spectator adventurer raider guardian sorcerer fencer messenger smoker skateboarder snowboarder bather bartender butler maid postman mailman firefighters paramedic surgeon patient bishop duke duchess emperor empress warlord outlaw sheriff gangster hacker reporter journalist referee wanderer dreamer stunt model figure silhouette toddler schoolgirl schoolboy infant newborn couple bridesmaid fisherwoman geisha viking gladiator peasant servant slave settler lumberjack miner welder plumber electrician conductor monkeys stallions`;
const ANIMALS = `dog dogs puppy cat cats kitten horse horses foal cow bull calf sheep lamb goat pig piglet fox wolf wolves bear lion lioness tiger leopard panther cheetah elephant giraffe zebra monkey gorilla chimpanzee panda koala kangaroo rabbit hare squirrel mouse mice rat hamster hedgehog deer stag moose elk camel donkey bird birds eagle hawk falcon owl crow raven pigeon dove sparrow robin parrot penguin duck duckling goose geese swan chicken rooster hen peacock flamingo seagull gull fish shark whale dolphin orca seal otter beaver octopus squid jellyfish crab lobster turtle tortoise frog toad snake lizard crocodile alligator dragon dinosaur unicorn phoenix butterfly bee wasp ant spider beetle dragonfly corgi retriever stallion herd flock pack`;
const IRREGULAR: Record<string, string> = { men: 'man', women: 'woman', children: 'child', people: 'person', wolves: 'wolf', mice: 'mouse', geese: 'goose', gentlemen: 'gentleman', fishermen: 'fisherman', ladies: 'lady', babies: 'baby', police: 'police' };

function singular(word: string): string {
  const irregular = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (irregular !== undefined) return irregular;
  if (/(?:ss|us|ch|sh|x)es$/.test(word)) return word.slice(0, -2);
  if (!/[^s]s$/.test(word) || /(?:us|is)$/.test(word)) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** Every word for a figure, in all its forms, with its singular: most words of a prompt are none, and are known for it at once. */
const NOUN_OF = new Map<string, string>();
const NOUNS = new Set(`${PEOPLE} ${ANIMALS}`.split(' ').map(singular));
for (const noun of NOUNS) {
  for (const form of [noun, `${noun}s`, `${noun}es`, noun.replace(/y$/, 'ies')]) if (singular(form) === noun) NOUN_OF.set(form, noun);
}
for (const [form, noun] of Object.entries(IRREGULAR)) if (NOUNS.has(noun)) NOUN_OF.set(form, noun);

function nounOf(word: string): string {
  return NOUN_OF.get(word) ?? (MAN_OF.test(word) ? word.replace(/men$/, 'man') : singular(word));
}
/** `swordsman`, `horsewomen`; not `human hands` or `a Roman road`. */
const MAN_OF = /^(?!(?:hu|ro|ger|otto|talis|cai|nor|yes|pac|su|deter|spider|bat|iron)man$|(?:speci|a|abdo|acu|regi|o|sta|se|ye|cycla)men$)[a-z]{2,}(?:man|men)$/;

const GROUPS = new Set(['crowd', 'audience', 'team', 'band', 'orchestra', 'army', 'mob', 'herd', 'flock', 'pack', 'crew', 'family', 'twins', 'couple']);
const NUMBERS = new Map<string, number | undefined>(Object.entries({ a: 1, an: 1, one: 1, single: 1, lone: 1, solitary: 1, two: 2, both: 2, pair: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, twenty: 20, thirty: 30, forty: 40, fifty: 50, hundred: 100, dozen: 12, several: undefined, many: undefined, few: undefined, another: 1, the: 1, third: 1, second: 1, fourth: 1 }));
const WORDS_PER_PHRASE = 5;

export function isFigure(word: string): boolean {
  return NOUN_OF.has(word) || MAN_OF.test(word);
}

/** Groups of figures with their number, in order; each stands in its own words. */
export function figuresOf(plain: string): Figures[] {
  const found: Figures[] = [];
  let at = 0;
  const tokens = spansOf(plain, hasPlainLetters(plain) ? PLAIN_WORD : WORD).map(({ span: [start, end], match: [word] }) => ({ word, start, end }));
  while (at < tokens.length) {
    const token = tokens[at] as (typeof tokens)[number];
    const noun = NOUN_OF.get(token.word) ?? (MAN_OF.test(token.word) ? nounOf(token.word) : undefined);
    let step = 1;
    if (isNumber(token.word)) {
      for (let ahead = 1; ahead <= WORDS_PER_PHRASE; ahead += 1) {
        const [before, word, after] = [tokens[at + ahead - 1], tokens[at + ahead], tokens[at + ahead + 1]];
        if (word === undefined || /[,.;:!?]/.test(plain.slice(before?.end ?? 0, word.start)) || NUMBERS.has(word.word)) break;
        if (ENDS_PHRASE.has(word.word) && !(word.word === 'of' && OF_FIGURES.has(before?.word ?? ''))) break;
        // The last noun of the phrase is its head: `a man` but not `a police car`.
        if (isFigure(word.word) && !(after !== undefined && isFigure(after.word) && plain.slice(word.end, after.start).trim() === '')) {
          if (!PART_OF.test(plain.slice(Math.max(0, token.start - 24), token.start))) found.push({ noun: nounOf(word.word), count: GROUPS.has(word.word) ? undefined : numberOf(token.word), span: [token.start, word.end] });
          step = ahead + 1;
          break;
        }
      }
    } else if (noun !== undefined && noun !== token.word) {
      found.push({ noun, count: undefined, span: [token.start, token.end] });
    }
    at += step;
  }
  return found;
}
/** `the head of a wolf`: there is no wolf. */
const PART_OF = /\b(?:body|head|face|legs?|arms?|wings?|tail|horns?|scales|skin|eyes?|ears?|shell|claws?|paws?|fur|feathers?|mane|beak|antlers|teeth|tusks?|trunk) of $/;
const PLAIN_WORD = /[a-z0-9'’-]+/gi;
const WORD = /[\p{L}\p{N}'’-]+/gu;
const DIGITS = /^\d{1,3}$/;
const ENDS_PHRASE = new Set(['of', 'in', 'on', 'at', 'with', 'to', 'and', 'is', 'are', 'who', 'that']);
const OF_FIGURES = new Set(['pair', 'dozen', 'crowd', 'group']);

function isNumber(word: string): boolean {
  return NUMBERS.has(word) || DIGITS.test(word);
}

function numberOf(word: string): number | undefined {
  return DIGITS.test(word) ? Number(word) : NUMBERS.get(word);
}

export interface CountedNoun {
  noun: string;
  count: number;
  span: Span;
  /** The number alone. */
  numberSpan: Span;
}

/** Every number above one with the plural it counts, things too: `three red candles`; and `a single dog`. */
export function countedNouns(inPlain: Finder): CountedNoun[] {
  return inPlain.spans(COUNTED).flatMap(({ match }) => {
    const word = (match[1] ?? '').toLowerCase();
    const count = /^\d+$/.test(word) ? Number(word) : NUMBERS.get(word);
    const phrase = (match[2] ?? '').trim().split(/\s+/);
    const head = phrase.findIndex((candidate) => (count === 1 ? isFigure(candidate) : isFigure(candidate) || /[^s]s$/.test(candidate)));
    // `rider 2 rides`: a label.
    if (/^\d/.test(word) && LABELLED.test(inPlain.before(match.index))) return [];
    if (count === undefined || head < 0 || phrase.slice(0, head).some((candidate) => /^(?:of|and|in|on|at|to|with|from|the|a)$/.test(candidate))) return [];
    return [{ noun: nounOf(phrase[head] ?? ''), count, span: [match.index, match.index + match[0].length] as const, numberSpan: [match.index, match.index + word.length] as const }];
  });
}
const LABELLED = /\b(?!(?:of|with|exactly|and|or|the|all|these|those|at|about|over|by|in|for|only|than|to|from|holds?|has|have|are|is)\b)[a-z]+ $/;
const COUNTED = /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|single|lone|solitary|[2-9]|1[0-2])((?:\s+[\p{L}'’-]+){1,3})/gu;
