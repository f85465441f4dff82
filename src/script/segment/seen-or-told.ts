import { isFigure } from '../../prompt/reading/figures.ts';
import { readPrompt } from '../../prompt/reading/reading.ts';
import { INNER_VERBS, isStateVerb, verbReading } from '../../prompt/reading/verbs.ts';
import { LOOK_NOUN } from './describe-person.ts';
import { isPlaceNoun } from './place-words.ts';

/** Small words between an auxiliary and its verb. */
const BETWEEN = String.raw`(?:(?:\p{L}+ly|never|been|have|already|also|only|just|ever|once|always|since|still|so|even|all|any one|no one|she|he|they)\s)*`;
/** A clause goes on until another subject, or until its end. */
const TO_NEXT_SUBJECT = String.raw`[^;.!?]*?(?=(?:,|,?\sand|,?\sbut|\swhile|\swhen)\s(?:he|she|it|they|the|his|her|a|an|some|\p{Lu}\p{L}+)\b|[;.!?]|$)`;
/** What had been, might be, or is not done: nobody sees it. With the verb behind it, and what it governs. */
const NOT_NOW = new RegExp(String.raw`\b(?:[Hh]ad|[Ww]ould|[Cc]ould|[Mm]ight|[Ss]hould|[Mm]ust|[Mm]ay|[Hh]as|[Hh]ave)(?:n['’]t|\snot)?\s(?!to\b)${BETWEEN}\p{L}+${TO_NEXT_SUBJECT}`, 'gu');
const NOT_DONE = new RegExp(String.raw`\b(?:did|do|does|was|were|is|are)(?:n['’]t|\snot|\snever)\s${BETWEEN}\p{L}+|\b(?:never|no longer|seldom|rarely|hardly|scarcely)\s\p{L}+|\b(?:no one|nobody|nothing|none)\s(?:of\s\p{L}+\s)?${BETWEEN}\p{L}+`, 'giu');
const HABIT = /\b(?:used to\s\p{L}+|(?:always|usually|often|sometimes|generally|frequently)\s\p{L}+|\p{L}+s? every (?:day|morning|evening|night|week|year|summer|winter|sunday))\b/giu;
/** Words before what somebody thinks or reports: `she knew that Manuel ran away`. */
const ABOUT = /\b\p{L}+(?=\s(?:that|what|how|why|whether|if|of|to|about|it|as if|no|nothing|himself|herself|sure|certain|the (?:truth|fact|matter|idea|thought|need|want))\b)/giu;
/** `These men wanted dogs`. */
const WISH = /\b(?:wanted|wants|needed|needs|loved|loves|liked|likes|hated|hates|wished|wishes|hoped|hopes|knew|knows|believed|believes|understood|doubted|feared|admired|envied|despised|regretted|remembered|expected)\s[^,;.!?]*/giu;
/** What is reported is not seen: `the natives complained that their men were enticed away`. */
const REPORTS = /^(?:say|says|said|saying|tell|tells|told|telling|complained|insisted|declared|explained|asserted|admitted|argued|suggested|discovered|learn|learned|learnt|heard|announced|reported|maintained|agreed|promised|assured|added|confessed|protested|claimed)\s(?:that|how|what|why|whether|of)\b/iu;
const INNER_STATES = /\b(?:was|were|is|are|be|been|felt|feels|seemed|seems|became|grew)\s(?:\p{L}+ly\s|quite\s|very\s|too\s|not\s|so\s|rather\s|much\s)*(?:sure|certain|afraid|aware|resolved|determined|glad|sorry|ashamed|proud|surprised|pleased|willing|able|unable|likely|unlikely|true|false|possible|impossible|clear|evident|obvious|plain|necessary|bound|about|anxious|eager|ready|inclined|accustomed|used|known|said|supposed|believed|thought|considered|called)\b[^.;!?]*/giu;
/** What somebody says in no words of their own. */
const INDIRECT = /,\s(?:he|she|they|\p{Lu}\p{L}+)\s(?:said|thought|explained|declared|added|believed)(?=[.,;]|$)/gu;
/** What is meant to be done; `began to swear` is done. */
const PURPOSE = /(?<!\b(?:began|begun|begins|started|starts|turned|turns|went|came|ran|rose|stopped|stooped|bent|leaned|hurried|rushed))\sto\s\p{Ll}+/gu;
const INTENT = /\b(?:was|were|is|are)\s(?:\p{L}+\s){0,3}?going to\s\p{L}+/giu;
/** `Almost every day the newspaper printed accounts.` */
const DAY_BY_DAY = /^(?:almost\s|nearly\s)?(?:every|each)\s(?:day|night|morning|evening|week|month|year|spring|summer|autumn|winter|time)\b/iu;
const BEGINS = /\b(?:began|begins|started|starts)\s(?:to\s\p{Ll}+|\p{Ll}+ing\b)/u;
/** Clauses that hang on the sentence. */
const SUBORDINATE = /,?\s?\b(?:who|whom|whose|which|that|whenever|where|because|since|although|though|if|unless|so that|as though|than|for (?:he|she|it|they|his|her))\b[^,;.!?]*,?/giu;
/** `There was a private who listened`, `it was then that he ran`: what hangs on it is what is told of. */
const POINTS_ON = /^(?:\p{L}+,?\s){0,3}(?:there|it)\s(?:was|were|is|are|came|stood|lay)\b/iu;

/** Things that a picture can show though nothing happens: without one of these, `it was so` is no picture. */
const THINGS = new Set(
  `sky sun moon star stars cloud clouds rain snow mist fog smoke fire flame flames light shadow shadows dust mud water wave waves stone stones rock rocks grass leaf leaves tree trees flower flowers ice wind storm moonlight sunlight darkness
  wall walls door doors window windows floor ceiling roof stairs staircase chimney fireplace hearth rug carpet curtain curtains table chair chairs desk bed bench bunk sofa shelf shelves lamp lamps candle candles mirror clock picture pictures portrait fence railing cage rope chain barrel barrels crate crates box boxes chest bucket basket sack plate plates cup glass bottle bottles knife spoon bread apple meal kettle pot pan stove
  horse horses dog dogs cat cats bird birds cow cows sheep wolf fish crowd army soldiers procession
  face head hair eyes eye hand hands arm arms back shoulder shoulders lips mouth nose cheek cheeks tears blood foot feet leg legs finger fingers
  cart carriage wagon car truck train boat ship sail sails mast engine wheel wheels gun guns sword flag flags uniform uniforms clothes cloth silver gold brass iron wood leather silk glass letter letters book books paper papers stick cane coin coins bag bags trunk piano violin bell machine tent tents hut huts cottage cottages path gate garden poster sign`.split(/\s+/),
);
const COLOURS = /\b(?:red|blue|green|yellow|white|black|grey|gray|brown|golden|silver|pink|purple|orange|pale|dark|bright|wooden|iron|brass|marble|stone|velvet|shining|glittering|gleaming|ragged|empty|crowded|broken|burning|burnt|frozen|wet|muddy|dusty)\b/iu;
const POSTURE = /\b(?:sat|sit|sits|sitting|seated|stood|stand|stands|standing|lay|lies|lying|knelt|kneels|kneeling|leaned|leant|leans|leaning|hung|hangs|hanging|slept|sleeps|sleeping|waited|waits|waiting|rested|perched|stretched|sprawled|crouched|huddled)\b/iu;
/** A word like a verb that no list knows: `staggered`. */
const ENDS_LIKE_PAST = /^(?!(?:hundred|kindred|indeed|naked|sacred|wicked|crooked|rugged|ragged|beloved|breed|steed|creed|greed|speed)$)\p{Ll}{3,}ed$/u;
const NO_VERB_BEFORE = /^(?:a|an|the|his|her|its|their|my|our|this|that|of|with|in|by|so|very|too|and|or|was|were|is|are|been|being|be|had|has|have|more|most|as|for|from|on|at)$/u;
/** What people do that leaves no trace in a picture. */
const ABSTRACT = /^(?:developed|adopted|advocated|engaged|organized|ruled|belonged|depended|consisted|contained|concerned|regarded|resembled|weighed|becoming|become|succeeded|failed|managed|happened|occurred|existed|lasted|continued|remained|seemed|appeared|proved|turned out|meant|involved|required|needed|wanted|intended|expected|owed|earned|cost|convinced|persuaded|assailed|opposed|harbored|enabled|utterly|ignored|resided|lived|dwelt|worked|studied|solved|obtained|prepared|used|discovered|found|learned|learnt|became|grew|reached|returned|took|made|gave|got|did|kept|replied|answered|said|declared|explained|pounds|requires?|needs?|means?|owes?|costs?|belongs?|depends?|lives?|contains?|has|came near)$/u;

/** Whether a sentence of a story only tells: thoughts, habits, what had been, how things are with nothing to look at. */
export function isOnlyTold(sentence: string): boolean {
  // A question of the narrator's is a thought of somebody.
  // `She thinks.` is a beat that somebody plays.
  if (sentence.trim().split(/\s+/).length < 3) return false;
  if (DAY_BY_DAY.test(sentence) || sentence.trimEnd().endsWith('?')) return true;
  const now = withoutThoughts(sentence.replaceAll(/\([^()]*\)/gu, ' '))
    .replaceAll(INDIRECT, ' said')
    .replaceAll(WISH, ' ')
    .replaceAll(NOT_NOW, ' ')
    .replaceAll(NOT_DONE, ' ')
    .replaceAll(HABIT, ' ')
    .replaceAll(INNER_STATES, ' ')
    .replaceAll(INTENT, ' ')
    .replaceAll(PURPOSE, ' ');
  const here = POINTS_ON.test(now) ? now : now.replaceAll(SUBORDINATE, ' ');
  const { actions, plain } = readPrompt(here);
  const doing = actions.filter(({ kind, form, span }) => kind === 'action' && !(form === 'ing' && span[0] === 0) && !ABSTRACT.test(plain.slice(...span)));
  if (doing.length > 0 || BEGINS.test(sentence) || POSTURE.test(here) || hasUnknownDoing(plain)) return false;
  const left = here.toLowerCase().match(/[\p{L}-]+/gu) ?? [];
  // A phrase without any verb is a picture: `Dust on everything.`
  if (here === sentence && actions.length === 0 && !left.some((word) => verbReading(word) !== undefined || /^(?:was|were|is|are|had)$/.test(word) || ENDS_LIKE_PAST.test(word))) return false;
  // All that is said of anybody was taken out.
  if (here !== sentence && !left.some((word) => verbReading(word) !== undefined || /^(?:was|were|is|are|there)$/.test(word) || ENDS_LIKE_PAST.test(word))) return true;
  return !COLOURS.test(here) && !left.some((word) => THINGS.has(word) || LOOK_NOUN.test(word) || isPlaceToSee(word));
}

function isPlaceToSee(word: string): boolean {
  return !NO_PLACE.test(word) && (isPlaceNoun(word) || isPlaceNoun(word.replace(/s$/, '')));
}
const NO_PLACE = /^(?:country|countries|fields?|stages?|banks?|study|studies|camps?|plain|passages?|ways?|path|track|club|office|college|school|company|market|court|view|living|waiting|reception|end|top|place)$/u;

/** Without what is thought or reported, up to the end of that clause. */
function withoutThoughts(sentence: string): string {
  let words = '';
  let at = 0;
  for (const { 0: verb, index } of sentence.matchAll(ABOUT)) {
    if (index < at || !(isInner(verb) || REPORTS.test(sentence.slice(index)))) continue;
    const end = sentence.slice(index).search(/[.;!?]/u);
    words += `${sentence.slice(at, index)} `;
    at = end < 0 ? sentence.length : index + end;
  }
  return words + sentence.slice(at);
}

function isInner(word: string): boolean {
  const small = word.toLowerCase();
  return INNER_VERBS.has(verbReading(small)?.lemma ?? '') || INNER_VERBS.has(small.replace(/e?d$/, ''));
}

function hasUnknownDoing(plain: string): boolean {
  const words = plain.match(/[\p{L}'’-]+/gu) ?? [];
  return words.some((word, index) => ENDS_LIKE_PAST.test(word) && index > 0 && verbReading(word) === undefined && !ABSTRACT.test(word) && !NO_VERB_BEFORE.test(words[index - 1] ?? '') && !isStateVerb(word.replace(/e?d$/, '')) && !isFigure(word));
}
