import { grammarOf } from './grammar.ts';
import { patternsOf, subjectOf } from './tags.ts';
import type { Attribution, Speech } from './turns.ts';

/** How far back the one who is seen may stand. */
const REACH_LETTERS = 400;

const FEMALE_ARTICLE = /^(?:une|la|una|uma|eine|die)\s/iu;
const MALE_ARTICLE = /^(?:un|le|el|uno|il|lo|um|der)\s/iu;
const HAS_INDEFINITE = /(?<!\p{L})(?:an?|une?|una|uno|uma?|eine?)\s/iu;
const INDEFINITE = /^(?:an?|une?|una|uno|uma?|eine?)\s/iu;

/**
 * He or she, whom no name and no known noun explains, is the nearest one who was shown before: `Close-up of a blacksmith. He says`.
 * The article tells the gender where a language has one: `una abuela … Ella`.
 */
export function findAntecedents(narration: string, attributions: Map<Speech, Attribution>, language: string): void {
  const { he, she } = grammarOf(language);
  let shown: Shown[] | undefined;
  let before = 0;
  for (const [speech, given] of attributions) {
    const pronoun = given.speaker?.toLowerCase() ?? '';
    const isHe = he.includes(pronoun);
    if (!isHe && !she.includes(pronoun)) continue;
    shown ??= everyoneShown(narration, language);
    const at = speech.candidate.outerStart;
    const other = isHe ? FEMALE_ARTICLE : MALE_ARTICLE;
    // Speeches come in the order of the text.
    while ((shown[before]?.at ?? at) < at) before += 1;
    let index = before - 1;
    while (index >= 0 && other.test(shown[index]?.subject ?? '')) index -= 1;
    const nearest = shown[index];
    const found = nearest === undefined || nearest.at < at - REACH_LETTERS ? undefined : nearest.subject;
    if (found !== undefined) attributions.set(speech, { ...given, speaker: found, confidence: 0.55, evidence: `${given.evidence}; ${pronoun} is ${found}: shown before` });
  }
}

interface Shown {
  at: number;
  subject: string;
}

/** Who is the subject of a sentence and not named: `a courier`. */
function everyoneShown(narration: string, language: string): Shown[] {
  const patterns = patternsOf(language);
  const found: Shown[] = [];
  for (const { index, 0: sentence } of narration.matchAll(/[^.!?…:]+/gu)) {
    if (!HAS_INDEFINITE.test(sentence)) continue;
    const subject = subjectOf(sentence.trim().slice(0, REACH_LETTERS), patterns);
    if (subject !== undefined && INDEFINITE.test(subject)) found.push({ at: index, subject });
  }
  return found;
}
