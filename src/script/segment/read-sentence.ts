import { eventsIn } from '../../prompt/validation/action-rules.ts';
import { readPrompt } from '../../prompt/reading/reading.ts';
import { introductionAt } from './describe-person.ts';
import { calmed } from './name-words.ts';
import { seenS, type Pacing } from './pacing.ts';
import type { People } from './people.ts';
import { beginsNewView, jumpsInTime, looksElsewhere, spelledSize } from './view-words.ts';

/** A sentence of action, read. */
export interface ReadSentence {
  /** As it goes into a prompt: names as people write them, nothing in capitals, no description that the cast has. */
  words: string;
  events: number;
  verbs: readonly string[];
  seconds: number;
  newView: boolean;
  /** An insert, a point of view: the next picture is taken from where we were. */
  elsewhere: boolean;
}

const WE_SEE = /^(?:and\s|then\s|now\s)?(?:we (?:can )?(?:now )?(?:see|find|discover|hear|notice|watch|meet)|there(?:'s| is) a shot of|camera (?:finds|reveals|discovers))\s+(?:that\s)?/iu;

export function readSentence(text: string, people: People, pacing: Pacing): ReadSentence {
  const words = cleaned(text, people);
  const reading = readPrompt(words);
  // `with one hand`: a hand, not somebody who hands.
  const actions = reading.actions.filter(({ form, span }) => form !== 'base' || !/\bone\s$/.test(reading.plain.slice(0, span[0])));
  const happening = actions.filter(({ kind }) => kind !== 'inner');
  const events = eventsIn(actions, reading.inPlain);
  const count = words.split(/\s+/).length;
  return { words, events: Math.max(events, happening.length === 0 && count > 2 ? 0.5 : 0), verbs: happening.map(({ lemma }) => lemma), seconds: seenS(count, events, pacing), newView: beginsNewView(text) || jumpsInTime(text), elsewhere: looksElsewhere(text) };
}

function cleaned(text: string, people: People): string {
  const spelled = people.spelled(text);
  let words = '';
  let at = 0;
  for (const { who, end, kind } of people.mentionsIn(spelled)) {
    const introduction = people.named(who)?.introduction;
    if (kind !== 'name' || introduction === undefined || end < at) continue;
    const found = introductionAt(spelled, end);
    if (found?.words !== introduction) continue;
    words += spelled.slice(at, found.start);
    at = found.end;
  }
  words += spelled.slice(at);
  const seen = calmed(spelledSize(words.replace(/^\s*[-–—•*]+\s+/u, '')), people.language).replace(WE_SEE, '').trim();
  return seen === '' ? words.trim() : seen.charAt(0).toUpperCase() + seen.slice(1);
}
