import { chinesePeople } from './chinese-people.ts';
import { findNames } from './names.ts';
import { findFraming } from './shot-words.ts';
import { ALSO_VERBS, countOf, GROUPS, personNoun, type Gender, type PersonNoun } from './person-nouns.ts';
import type { Person } from './person.ts';

export interface People {
  persons: Person[];
  crowd: boolean;
  /** The words say that there is nobody. */
  nobody: boolean;
}

interface Token {
  word: string;
  at: number;
  end: number;
  owner: boolean;
}

const DEFINITE = new Set(['the', 'this', 'that', 'these', 'those', 'his', 'her', 'their', 'its']);
const OTHER = new Set(['another', 'other', 'second', 'third', 'fourth']);
const INDEFINITE = new Set(['a', 'an', 'lone', 'single', 'every', 'each']);
const BREAKS = new Set('in on at to from by and or but as while who that with of for is are was were through across over under into toward towards behind beside near before after between about like not than then when where'.split(' '));
// A noun before one of these only describes it: "child seat", "baby carriage", "king size".
const THINGS_AFTER = /^(?:['’]s)?[\s-]+(?:seat|size|sized|carriage|chair|made|cave|uniform|suit|costume|station|car|house|monument|lamp|bed|shaped|portrait|statue|doll|figurine|hat|coat|shadow)\b/iu;
const IN_PICTURES = /\b(?:photo(?:graph)?s?|pictures?|portraits?|paintings?|posters?|statues?|drawings?|sculptures?|busts?|figurines?|memor(?:y|ies)|images?|dolls?|voices?|hats?|coats?|shoes|without|no|footsteps|shadows?) (?:of )?(?:an? |the |any |his |her |other )?(?:[\p{L}-]+ ){0,2}$/iu;
const BODY_AFTER = /^['’]s?\s+(?:[\p{L}-]+\s+){0,2}(?:face|eyes?|shoulders?|profile|silhouette|back|lips|mouth|head|body|figure|pov|point|expression|gaze|arms?|palms?|chest|neck|ear|cheek|lap|waist|knees|wheelchair)\b/iu;
const TOUCHED = /\b(?:into|holds?|takes?|grabs?|kisses|shakes?|touches)\s+(?:(?:the|an?|his|her)\s+)?(?:[\p{L}-]+\s+)?$/iu;
const NOBODY = /\bno\s*(?:body|\s?one)\b|\b(?:no|without) (?:people|persons?|humans?|anyone|anybody|figures?|other figures?)\b|\bnot a soul\b|\b(?:empty|deserted|abandoned|uninhabited|lifeless)\b|空无一人|无人/iu;
const CHILD_AGE = /^(?:\s+of|,|\s+\(?|\s+is)\s*\(?(?:about |barely |only |not yet )?(?:[3-9]|1[0-3]|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)\b(?!\s*(?:\p{L}*men|people|others|metres|meters|feet|o['’]clock|guards))/iu;
const LITTLE = /\b(?:[3-9]|1[0-3]|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]year[\s-]old\s+(?:\p{L}+\s+)?$/iu;
const PICTURE_WORD = /\bsilhouette|figure\b/iu;

/**
 * Finds who is in the picture. Spoken lines count for nothing: people speak of others.
 * @param castNames names that are known. @param present they are those in this shot, so "she" is one of them.
 */
export function findPeople(prompt: string, castNames: readonly string[], present = false): People {
  const text = prompt.replace(/[“"][^”"]{0,400}[”"]|\bcowboy (?:shot|framing)\b/giu, (words) => ' '.repeat(words.length));
  const persons: Person[] = [];
  let crowd = /\bcrowd(?:s|ed)?\b|\b(?:full of|(?:packed|crammed|filled|lined|heaving|swarming) with) (?:[\p{L}-]+ ){0,2}?people\b|\b(?:whole|entire) (?:town|village|city|congregation|school|company|regiment|neighbou?rhood|station|stadium)\b(?= (?:[\p{L}-]+ ){0,2}?(?:is|are|has|have|sits?|stands?|waits?|watch\p{L}*|listens?|gathers?|dances?|sings?|cheers?|prays?|in|on|at|around|out)\b)|\beverybody (?:in|at|on) (?:the|this)\b|\beveryone (?:in|at|on) (?:the|this)\b|\bfull house\b|\bevery (?:seat|chair|pew|row) (?:is |was )?(?:taken|full|filled|occupied)\b|\bpacked (?:house|room|hall|church|stands|tables|benches|pews|rows|bar|stadium|theatre|theater|platform|train|bus|tram)\b|\b(?:bustling|teeming|thronged)\b(?! ?[,.;:]|$)|\b(?:bustles|teems) with people\b|人群|人山人海/iu.test(text.replace(/\b(?:no|without|un)\s*crowds?\w*/giu, ''));
  const names = namesIn(text, castNames);
  const nouns = nounMentions(text, names.map(({ name }) => name)).filter(({ at }) => !names.some((name) => at >= name.at && at < name.at + name.name.length));
  const mentions = [...names, ...nouns].sort((one, other) => one.at - other.at);
  for (const mention of mentions) {
    if (mention.count === 'crowd') crowd = true;
    else addMention(persons, mention, mention.count, text, castNames);
  }
  dropCounted(persons, text);
  persons.push(...chinesePeople(text).persons);
  crowd ||= chinesePeople(text).crowd;
  addPronouns(persons, text, crowd, present ? castNames : []);
  persons.sort((one, other) => one.from - other.from);
  closeClauses(persons, text.length);
  const nobody = NOBODY.test(text) && !persons.some(({ named }) => named) && mentions.every(({ count }) => count === 0);
  return { persons: nobody ? [] : persons.slice(0, 8), crowd: crowd && !nobody, nobody };
}

/** "Three scientists: Freya, Tomasz, Okonkwo" are three, not six. */
function dropCounted(persons: Person[], text: string): void {
  const at = (person: Person): number => Math.floor(person.from);
  for (const first of persons.filter(({ named, key, from }) => !named && !/ \d$/u.test(key) && Number.isInteger(from))) {
    const group = persons.filter((other) => !other.named && at(other) === at(first));
    const names = persons.filter((other) => other.named && at(other) > at(first));
    const [next] = names;
    if (group.length < 2 || !next || names.length < group.length || !(/(?:[:—–(]|\b(?:are|being|namely))\s*$/u.test(text.slice(at(first), at(next))) || (names.length === group.length && /^\p{L}+,\s*$/u.test(text.slice(at(first), at(next)))))) continue;
    for (const one of group) persons.splice(persons.indexOf(one), 1);
  }
}

interface Mention {
  at: number;
  key: string;
  name: string;
  named: boolean;
  noun: PersonNoun | undefined;
  count: number | 'crowd';
  article: 'a' | 'the' | 'other' | 'none';
}

function namesIn(text: string, castNames: readonly string[]): Mention[] {
  // A role ("the cook") is found as the noun that it is, with all that is known of nouns.
  const all = [...castNames.filter((name) => personNoun(name.toLowerCase()) === undefined), ...findNames(text).filter((name) => !castNames.some((known) => samePerson(known, name)))];
  return mergeNames(all, text).flatMap((name) => {
    const at = placeOfName(text, name);
    return at === undefined ? [] : [{ at, key: name.toLowerCase(), name, named: true, noun: personNoun(name.toLowerCase().split(/\s+/u).at(-1) ?? ''), count: 1, article: 'none' as const }];
  });
}

/** "Ines" and "Ines Vidal" are one, as are "Vidal" and "Ines Vidal". */
export function samePerson(one: string, other: string): boolean {
  const [parts, others] = [one.toLowerCase().split(/\s+/u), other.toLowerCase().split(/\s+/u)];
  return parts.length === 1 || others.length === 1 ? parts.some((part) => others.includes(part)) : parts.join(' ') === others.join(' ');
}

/** Names that stand side by side are one: "Hao Lin", "Brother Osric". */
function mergeNames(names: readonly string[], text: string): string[] {
  const merged: string[] = [];
  for (const name of names) {
    const before = new RegExp(`(\\p{Lu}[\\p{L}’'-]+)\\s+${escaped(name)}(?![\\p{L}])`, 'u').exec(text)?.[1];
    const first = merged.find((one) => one === before || one.endsWith(` ${before ?? '-'}`));
    if (first !== undefined) merged[merged.indexOf(first)] = `${first} ${name}`;
    else if (before !== undefined && !name.includes(' ') && personNoun(before.toLowerCase())) merged.push(`${before} ${name}`);
    else merged.push(name);
  }
  return merged;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

/** Where a name stands as a whole word, whatever the case of its letters; for a long one its first or last part will do. */
export function placeOfName(text: string, name: string): number | undefined {
  const words = name.split(/\s+/u);
  // "Brother Osric" is found as Osric, but not wherever there is a brother.
  const parts = words.filter((part, index) => part.length > 2 && !/^(?:the|old|young|of)$/iu.test(part) && !(index === 0 && words.length > 1 && personNoun(part.toLowerCase()) !== undefined && personNoun((words.at(-1) ?? '').toLowerCase()) === undefined));
  for (const part of [name, ...(parts.length > 1 ? parts : [])]) {
    const match = new RegExp(`(?<![\\p{L}])(?:${escaped(part)}|${escaped(part.toUpperCase())})(?![\\p{L}])(?!\\s*\\((?:V\\.?\\s?O|O\\.?\\s?[SC]))`, /^\p{Lu}\p{Ll}/u.test(part) && personNoun(part.toLowerCase()) === undefined && part.length < 4 ? 'u' : 'iu').exec(text);
    if (match) return match.index;
  }
  return undefined;
}

function nounMentions(text: string, names: readonly string[]): Mention[] {
  const tokens: Token[] = Array.from(text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu), (match) => ({ word: match[0].toLowerCase(), at: match.index, end: match.index + match[0].length, owner: /^['’]s?\b/u.test(text.slice(match.index + match[0].length)) }));
  return tokens.flatMap((token, index) => {
    const group = GROUPS[token.word];
    const noun = personNoun(token.word) ?? (token.word.includes('-') ? personNoun(token.word.slice(token.word.lastIndexOf('-') + 1)) : undefined);
    if (group === undefined && !noun) return [];
    if (noun?.plural === true && ALSO_VERBS.has(noun.key) && isVerb(tokens, index, text)) return [];
    // "The tiny figure of a man": the man counts.
    if (PICTURE_WORD.test(token.word) && /^\s+of\s+(?:(?:an?|the|his|her|two|three)\s+)?\p{L}/iu.test(text.slice(token.end)) && !/^\s+of\s+(?:the\s+)?(?:speech|eight|fun|light|smoke)/iu.test(text.slice(token.end))) return [];
    const next = tokens[index + 1];
    const adjoining = next && /^\s+$/u.test(text.slice(token.end, next.at)) ? next : undefined;
    if (noun && adjoining && !token.owner && personNoun(adjoining.word) && !(personNoun(adjoining.word)?.plural === true && ALSO_VERBS.has(personNoun(adjoining.word)?.key ?? '') && isVerb(tokens, index + 1, text))) return []; // "police officer": the last noun is meant
    if (group !== undefined && adjoining?.word === 'of') return []; // counted with what follows
    if (group !== undefined && adjoining && personNoun(adjoining.word)) return [];
    const before = text.slice(Math.max(0, token.at - 48), token.at);
    const after = text.slice(token.end, token.end + 60);
    if (IN_PICTURES.test(before) || (THINGS_AFTER.test(after) && !PICTURE_WORD.test(token.word))) return [];
    // "detective Mara", "Brother Osric": the name is found by itself.
    if (noun && !noun.plural && !token.owner && adjoining && /^\p{Lu}\p{Ll}/u.test(text.slice(adjoining.at)) && names.some((name) => name.toLowerCase().split(' ').includes(adjoining.word))) return [];
    if (token.owner && !BODY_AFTER.test(after) && !(TOUCHED.test(before) && /^['’]s?\s+(?:[\p{L}-]+\s+)?hands?\b/iu.test(after))) return [];
    const lead = leadOf(tokens, index, text);
    const base = { at: token.at, noun, named: false, article: lead.article };
    if (group !== undefined) return [{ ...base, key: token.word, name: '', count: typeof group === 'number' && lead.count !== undefined && lead.count !== 1 ? lead.count : group }];
    if (!noun) return [];
    if (noun.generic || !noun.plural) noun.child ||= CHILD_AGE.test(after) || LITTLE.test(before);
    const count = lead.count ?? (noun.plural ? (noun.key === 'person' ? 4 : 3) : 1);
    return [{ ...base, key: noun.key, name: capitalised(noun.key), count: noun.plural || count === 1 || lead.count !== undefined ? count : 1 }];
  });
}

/** "Duc counts coins", "she guards the door": what somebody does, not who is there. */
function isVerb(tokens: readonly Token[], index: number, text: string): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (!before || !token || !/^\s+$/u.test(text.slice(before.end, token.at))) return false;
  if (/^(?:he|she|it|who|that|and|then|also|still|now|\p{L}+ly)$/u.test(before.word)) return before.word !== 'and' && before.word !== 'then' ? true : /^(?:an?|the|his|her|its|their|him|them|out)$/u.test(after?.word ?? '') || /^\s*[.!;]/u.test(text.slice(token.end));
  return /^\p{Lu}\p{Ll}/u.test(text.slice(before.at)) ? !/(?:^|[.!?:]\s*)$/u.test(text.slice(0, before.at)) || findNames(text).some((name) => name.toLowerCase().split(' ').includes(before.word)) : personNoun(before.word)?.plural === false;
}

/** Article and number before a noun: "the three old men" gives `the` and 3. */
function leadOf(tokens: readonly Token[], index: number, text: string): { article: Mention['article']; count: number | 'crowd' | undefined } {
  let article: Mention['article'] = 'none';
  let count: number | 'crowd' | undefined;
  for (let at = index - 1; at >= Math.max(0, index - 6); at -= 1) {
    const token = tokens[at];
    const right = tokens[at + 1];
    if (!token || !right || /[.;:!?()\n—–]/u.test(text.slice(token.end, right.at))) break;
    if (token.word === 'of') {
      const word = tokens[at - 1]?.word ?? '';
      const group = GROUPS[word] ?? countOf(word) ?? ({ handful: 4, half: 6, full: 'crowd', hordes: 'crowd', masses: 'crowd', swarm: 'crowd', rows: 'crowd', lines: 'crowd', number: 5, line: 5, row: 5, bunch: 5, circle: 5 } as Record<string, number | 'crowd'>)[word];
      if (group === undefined) break;
      return { article, count: group };
    }
    if (token.word === 'with' && /^(?:packed|crammed|filled|lined|crowded|heaving|swarming|teeming|thronged)$/u.test(tokens[at - 1]?.word ?? '')) return { article, count: 'crowd' };
    if (OTHER.has(token.word)) article = 'other';
    else if (DEFINITE.has(token.word)) return { article: article === 'other' ? article : 'the', count };
    else if (INDEFINITE.has(token.word)) return { article: article === 'other' ? article : 'a', count };
    else if (countOf(token.word) !== undefined && count === undefined) count = countOf(token.word);
    else if (BREAKS.has(token.word) || token.owner) break;
  }
  return { article, count };
}

function addMention(persons: Person[], mention: Mention, count: number, text: string, castNames: readonly string[]): void {
  const { key, name, named, noun, at, article } = mention;
  const same = persons.filter((person) => person.key === key);
  if (named) {
    // "One tiny figure walking: Mara" is one person.
    const unnamed = persons.at(-1);
    if (same.length === 0 && unnamed && !unnamed.named && unnamed.name !== '' && personNoun(unnamed.key)?.generic === true && /^\p{L}+(?:[^.;:!?,\n]{0,40}\s*[:–—]|,(?=[^.;:!?]*$))\s*$/u.test(text.slice(Math.floor(unnamed.from), at)) && !/^\s+(?:and|&)\b/u.test(text.slice(at + name.length))) {
      Object.assign(unnamed, { key, name, named });
      return;
    }
    if (same.length === 0) persons.push({ key, name, named, gender: noun?.gender ?? 'unknown', child: (noun?.child ?? false) || CHILD_AGE.test(text.slice(at + name.length, at + name.length + 40)), from: at, to: at });
    return;
  }
  if (article !== 'other' && same.length > 0 && (article !== 'a' || count === 1) && !(article === 'a' && same.length === 1 && noun?.generic)) return;
  if (article !== 'a' && article !== 'other' && noun?.generic && count === 1 && !isSomebodyElse(mention, text, castNames) && persons.some((person) => fitsGender(person, noun))) return;
  // "Mara, a young woman, ..." says who Mara is.
  const apposed = persons.at(-1);
  if (noun && count === 1 && apposed?.named && /^\s*(?:,|is|\()\s*(?:\(?(?:\d+s?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\p{L}+)?)\)?,?\s*)?(?:an?|the|our)\s+(?:[\p{L}-]+,?\s+){0,4}$/u.test(text.slice(apposed.from + apposed.name.length, at))) {
    apposed.gender = noun.gender;
    apposed.child = noun.child;
    return;
  }
  // "The eldest judge, a man with a white beard" is one; "a judge, a man and a boy" are three.
  if (noun?.generic === true && count === 1 && apposed && !apposed.named && apposed.name !== '' && /^[\p{L}-]+,\s+an?\s+(?:[\p{L}-]+\s+){0,3}$/u.test(text.slice(Math.floor(apposed.from), at)) && !/^\s*(?:,?\s*(?:and|&)|,)\s+(?:an?|the|two|three|his|her)\s/iu.test(text.slice(at + name.length))) {
    if (noun.gender !== 'unknown') apposed.gender = noun.gender;
    apposed.child ||= noun.child;
    return;
  }
  for (let one = 0; one < Math.min(count, 8); one += 1) {
    persons.push({ key: one === 0 ? key : `${key} ${one + 1}`, name: count > 1 || name === '' ? '' : same.length > 0 ? '' : name, named, gender: noun?.gender ?? 'unknown', child: noun?.child ?? false, from: at + one / 100, to: at });
  }
}

/** "The girl" is nobody who was named before: the film knows a girl, or she stands in a list with the others. */
function isSomebodyElse({ name, at }: Mention, text: string, castNames: readonly string[]): boolean {
  return castNames.some((known) => known.toLowerCase() === name.toLowerCase()) || /\p{Lu}\p{L}+(?:,|,? and)\s+the\s+(?:\p{L}+\s+)?$/u.test(text.slice(0, at));
}

function fitsGender(person: Person, noun: PersonNoun): boolean {
  return (person.gender === 'unknown' || noun.gender === 'unknown' || person.gender === noun.gender) && (!noun.child || person.child || person.named) && (noun.child || !person.child || noun.gender === 'unknown');
}

const AT_SOMEBODY = /\b(?:looks?|stares?|turns?|walks?|runs?|speaks?|talks?|leans?|smiles?|shouts?|points?|listens?|hands?|kiss(?:es)?|hugs?|embraces?|slaps?|hits?|push(?:es)?|follows?|watch(?:es)?|faces?|touch(?:es)?|grabs?|helps?|gives?|tells?|asks?|nods?|facing|joins?)\s+(?:\p{L}+ly\s+)?(?:(?:back )?(?:at|to|towards?|with|into|on|up to|over to|after|past)\s+)?(him|them|her(?=\s*(?:[.,;:!?—–]|$|(?:and|as|with|from|while|across|in|on|at|by|to|through|over|under|for|until|before|but)\b)))/iu;

/** "Presses a ticket into her hand", "takes his arm": those of somebody else. */
const OF_SOMEBODY = /\b(?:press|push|put|slip|lay|drop|plac|thrust|pour|count)\p{L}* [^.;:!?]{1,40}? into (his|her|their) (?:hands?|palms?|arms?|lap)\b|\b(?:takes?|grabs?|kisses|squeezes|reaches for|pats?|strokes?) (his|her|their) (?:hands?|arms?|shoulders?|cheeks?|wrists?)\b/iu;

/** People who are only called he, she or they. */
function addPronouns(persons: Person[], text: string, crowd: boolean, castNames: readonly string[]): void {
  const spare = castNames.filter((name) => !persons.some((person) => person.key === name.toLowerCase()));
  const add = (gender: Gender, at: number): void => {
    const name = spare.shift();
    persons.push({ key: name?.toLowerCase() ?? (gender === 'woman' ? 'she' : gender === 'man' ? 'he' : 'they'), name: name ?? '', named: name !== undefined, gender, child: false, from: at, to: at });
  };
  for (const [gender, pattern] of [['man', /\b(?:he|him|himself)\b|他/iu], ['woman', /\b(?:she|herself)\b|她/iu]] as const) {
    const match = pattern.exec(text);
    if (!match) continue;
    const known = persons.find((person) => person.gender === gender) ?? persons.find((person) => person.gender === 'unknown');
    if (known) known.gender = gender;
    else if (!crowd || persons.length === 0) add(gender, match.index);
  }
  if (persons.length === 0 && !crowd) {
    const owner = /\b(?<his>his)\b|\b(?<her>her)\b/iu.exec(text);
    if (owner && /(?<!\b(?:over|above|past) (?=(?:his|her) head\b))\b(?:his|her) (?:\p{L}+ )?(?:face|eyes?|hands?|head|lips|mouth|back|shoulders?|hair|expression|profile|gaze|fingers?|eyelids?|eyelash(?:es)?|brow|forehead|cheeks?|chin|nose|ear|temple|neck|throat)\b/iu.test(text)) add(owner.groups?.['his'] === undefined ? 'woman' : 'man', owner.index);
    else if (/\bthey\b|\bboth\b|\btwo[\s-]?shot\b|他们|她们|两人/iu.test(text)) {
      add('unknown', 0);
      add('unknown', 1);
    } else if (/\bthree[\s-]?shot\b/iu.test(text)) for (const at of [0, 1, 2]) add('unknown', at);
  }
  const object = AT_SOMEBODY.exec(text) ?? OF_SOMEBODY.exec(text);
  if (persons.length === 1 && object && !crowd) {
    const word = (object[1] ?? object[2])?.toLowerCase();
    const only = persons[0];
    if (only && object.index >= only.from) add(word === 'him' || word === 'his' ? 'man' : word === 'her' ? 'woman' : 'unknown', object.index + object[0].length);
  }
  if (persons.length === 1 && (/\btwo[\s-]?shot\b/iu.test(text) || findFraming(text) === 'over-shoulder')) add('unknown', text.length);
}

/** Each person's words end where the next mention begins; "A and B sit" gives both the same words. */
function closeClauses(persons: Person[], length: number): void {
  for (let index = persons.length - 1; index >= 0; index -= 1) {
    const person = persons[index];
    const next = persons[index + 1];
    if (!person) continue;
    person.to = next ? Math.floor(next.from) : length;
    if (next && next.from - person.from < 1) person.to = next.to;
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
