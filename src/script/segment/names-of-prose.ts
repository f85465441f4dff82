import { genderOfFirstName } from '../../prompt/dialogue/index.ts';
import { verbReading } from '../../prompt/reading/verbs.ts';
import { isPlaceNoun } from './place-words.ts';
import { isSomebody } from './people.ts';
import { isAcronym, isOnePerson, spelledName } from './name-words.ts';

const TITLE = String.raw`(?:(?:Mr|Mrs|Ms|Dr|St)\.?|Miss|Sir|Lady|Lord|Captain|Doctor|Professor|Inspector|Sergeant|Aunt|Uncle|Father|Mother|Sister|Brother|Old|Madame|Monsieur)`;
const TITLED = new RegExp(String.raw`^${TITLE}\s(?!${TITLE}$)`, 'u');
const NAME = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}’'-])(?:${TITLE}\s)?\p{Lu}[\p{Ll}\p{M}]+(?:[’'-]\p{Lu}[\p{L}\p{M}]+)*(?:\s\p{Lu}[\p{Ll}\p{M}]+(?:[’'-]\p{Lu}[\p{L}\p{M}]+)*){0,2}(?![\p{L}\p{M}\p{N}-])`, 'gu');
const IS_NAME = new RegExp(`^${NAME.source}$`, 'u');
/** `LIN (20s, red jacket)`, as screenplays introduce people. */
const INTRODUCED = /(?<![\p{L}\p{M}\p{N}])(\p{Lu}[\p{Lu}\p{M}'’-]+(?:\s\p{Lu}[\p{Lu}\p{M}'’-]+){0,2})\s\((?!\d{4})[\p{Ll}\d]/gu;
/** Open sentences, and are nobody. */
const NOBODY = new Set(
  'a about above across after again against all almost along already also although always am among an and another any anyone anything are around as at away back be because been before behind below beneath beside between both but by can come could day did do does down each either else enough even ever every everyone everything far few first five for four from go god good had half has have he heaven her here hers herself him himself his how however i if in indeed inside instead into is it its just last late later least left less let like little long look lord many may maybe me meanwhile midnight mine more morning most much must my near neither never next night no nobody none nor not nothing now of off often oh on once one only onto or other others our out outside over own past perhaps please poor presently quite rather really same second several she should since six slowly so some somebody someone something sometimes somewhere soon still such suddenly ten than thank that the their them then there these they this those three through thus till to today together tomorrow tonight too toward towards twice two under unless until up upon upstairs downstairs us very was we well were what whatever when whenever where wherever whether which while who whoever whole whom whose why will wish with within without would yes yesterday yet you young your chapter part book monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december christmas easter english french german american british irish scottish spanish italian russian chinese japanese europe england france london paris silence darkness light music laughter tears thunder water time life death words voices footsteps dawn dusk spring summer autumn winter wind nature everybody gone sure quick quickly gently softly finally certainly evidently apparently fortunately unfortunately beyond despite during except given according beautiful strange dear sir madam mister lads gentlemen ladies people men women children'.split(' '),
);
const PLACE_BEFORE = /\b(?:in|at|from|near|to|toward|towards|through|across|of|into|the|around|over|by)\s+$/u;

/** Names of people in the narrator's words of a story, the most spoken of first. */
export function namesOfProse(sentences: readonly string[], speakers: readonly string[]): string[] {
  const votes = new Map<string, { sum: number; count: number; inside: number }>();
  const vote = (name: string, sum: number, inside: boolean): void => {
    const before = votes.get(name) ?? { sum: 0, count: 0, inside: 0 };
    votes.set(name, { sum: before.sum + sum, count: before.count + 1, inside: before.inside + (inside ? 1 : 0) });
  };
  const small = new Set<string>();
  for (const sentence of sentences) {
    for (const [word] of sentence.matchAll(/(?<![\p{L}’'])\p{Ll}[\p{L}’'-]+/gu)) small.add(word);
    for (const [, name = ''] of sentence.matchAll(INTRODUCED)) if (!isAcronym(name)) vote(spelledName(name), 3, true);
    for (const match of sentence.matchAll(NAME)) {
      const words = match[0].split(/\s/);
      const dropped = words.findIndex((word) => !NOBODY.has(word.toLowerCase()));
      if (dropped < 0) continue;
      const name = words.slice(dropped).join(' ');
      if (words.slice(dropped).some((word) => NOBODY.has(word.toLowerCase()) && word !== 'Old')) continue;
      const at = match.index + match[0].length - name.length;
      const after = /^(?:['’]s)?\s+([\p{L}]+)/u.exec(sentence.slice(at + name.length))?.[1]?.toLowerCase() ?? '';
      const reading = verbReading(after);
      const acts = reading?.forms.has('past') === true || /^(?:was|is|had|has|would|could|did|said|says|asked|who|set|put|cut|hit|let|shut|spread|burst|hurt|read)$/.test(after);
      const owns = /^['’]s\s/u.test(sentence.slice(at + name.length));
      // `a Homeric struggles`: a verb of now may be a noun.
      vote(name, (acts ? 2 : reading?.forms.has('s') === true || after === 'and' ? 1 : 0) + (owns ? 1 : 0) + (genderOfFirstName(name) === 'unknown' && !TITLED.test(name) ? 0 : 2) + (PLACE_BEFORE.test(sentence.slice(0, at)) ? -1 : 0), at > 2);
    }
  }
  for (const speaker of speakers) if (IS_NAME.test(speaker) && !speaker.split(' ').some((word) => NOBODY.has(word.toLowerCase()) && word !== 'Old')) vote(speaker, 3, true);
  const names = [...votes].filter(([name, { sum, count, inside }]) => {
    const last = name.toLowerCase().split(' ').at(-1) ?? '';
    if (sum < 2 || !isOnePerson(name)) return false;
    if (/\s/.test(name) || inside > 0) return sum * 2 >= count;
    // Only ever the first word of a sentence: it may be any noun.
    return !small.has(last) && !isSomebody(last) && !isPlaceNoun(last) && verbReading(last) === undefined && (count > 1 || !last.endsWith('s') || genderOfFirstName(name) !== 'unknown');
  });
  return withoutParts(names.sort((a, b) => b[1].count - a[1].count).map(([name]) => name));
}

/** `Ida` where there is an Ida Bell: one person, by the fuller name, when only one has that part. */
function withoutParts(names: readonly string[]): string[] {
  return names.filter((name) => names.filter((other) => other !== name && other.split(' ').includes(name)).length !== 1);
}
