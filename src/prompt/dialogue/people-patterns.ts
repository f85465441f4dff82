import { grammarOf } from './grammar.ts';

/** What tells people in a language, compiled once: a prompt is short, and compiling took longer than reading it. */
export interface PeoplePatterns {
  /** Words with capitals, and a title in front. */
  names: RegExp;
  /** A name that begins with a title. */
  titled: RegExp;
  /** The title, of a name in small letters. */
  leadingTitle: RegExp;
  /** `the old man`, `a detective`. */
  described: RegExp;
  male: RegExp;
  female: RegExp;
  /** He in the first group, she in the second. */
  pronoun: RegExp;
}

export const PEOPLE_OF_EITHER_KIND = 'child|kid|doctor|teacher|robot|astronaut|chef|cook|nurse|scientist|pilot|dancer|singer|musician|artist|painter|writer|student|driver|worker|farmer|hunter|warrior|samurai|wizard|reporter|journalist|lawyer|judge|guard|stranger|traveller|traveler|narrator|officer|engineer|baker|barista|bartender|clerk|cashier|librarian|gardener|mechanic|boxer|athlete|runner|coach|guide|elder|villager|customer|passenger|tourist|visitor|android|alien|cat|dog|fox|bear|enfant|niño|bambino|criança';
/** Titles that either a man or a woman may have. */
const SHORT_TITLE = 'mr|mrs|ms|dr|st|rev|m|mme|mlle|sr|sra|sig';
const EITHER_TITLE = 'dr|doctor|professor|general|judge|madam|aunt|uncle';

const PATTERNS = new Map<string, PeoplePatterns>();

export function peoplePatternsOf(language: string): PeoplePatterns {
  const known = PATTERNS.get(language);
  if (known !== undefined) return known;
  const { determiner, maleNoun, femaleNoun, maleTitle, femaleTitle, stop, he, she, his, hers } = grammarOf(language);
  const nouns = `${maleNoun}|${femaleNoun}|${PEOPLE_OF_EITHER_KIND}${language === 'de' ? '|Kind' : ''}`;
  // Only an abbreviation takes a full stop: `Good evening, doctor. Can you come?` names nobody.
  const title = String.raw`(?:(?:${SHORT_TITLE})\.?\s|(?:${maleTitle}|${femaleTitle}|${EITHER_TITLE})\s)`;
  const eitherCase = title.replaceAll(/(?<=[|:])([a-zà-ÿа-я])/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
  const isOne = (words: string) => new RegExp(String.raw`(?<![\p{L}-])(?:${words})(?![\p{L}-])`, 'iu');
  const patterns: PeoplePatterns = {
    names: new RegExp(String.raw`(?<![\p{L}\d’'-])${eitherCase}?(?:(?!(?:${maleTitle}|${femaleTitle})(?!\p{L}))\p{Lu}[\p{L}\p{M}]*(?:[’']\p{Lu}?\p{L}+|-\p{Lu}\p{L}+)?(?![\p{L}\p{M}]|-\p{Ll}))(?:\s(?:(?:of|de|du|von|van|di|da)\s)?\p{Lu}[\p{L}\p{M}]+(?:[-]\p{Lu}\p{L}+)?(?![\p{L}\p{M}]|-\p{Ll})){0,3}`, 'gu'),
    titled: new RegExp(`^${title}`, 'iu'),
    leadingTitle: new RegExp(`^(?:${maleTitle}|${femaleTitle}|${EITHER_TITLE}) `, 'iu'),
    described: new RegExp(String.raw`(?<![\p{L}’'-])(?:${determiner})\s(?:(?!(?:${stop}|of|the|an?|his|her|my|our|their|this)(?!\p{L}))[\p{L}-]+\s){0,3}?(?:${nouns})(?![\p{L}’'-])`, 'giu'),
    male: isOne(`${maleTitle}|${maleNoun}`),
    female: isOne(`${femaleTitle}|${femaleNoun}`),
    pronoun: new RegExp(String.raw`(?<![\p{L}’'-])(?:(${[...he, ...his, 'him', 'himself'].join('|')})|(${[...she, ...hers, 'herself'].join('|')}))(?![\p{L}’'-])`, 'iu'),
  };
  PATTERNS.set(language, patterns);
  return patterns;
}
