import { canonicalJson } from '../../lib/canonical-json.ts';
import type { ScriptShot } from '../script-shot.ts';
import { chooseFraming } from './choose-framing.ts';
import type { Draft } from './draft.ts';
import { lightWords } from './light-words.ts';
import type { Pacing } from './pacing.ts';
import type { Gender } from './mention.ts';
import { isFirstPerson, type People } from './people.ts';
import { isEnglish, type Tongue } from './tongue.ts';

/**
 * A draft as a shot: its words as Kling wants them (who does what; where, when and in what weather; what people carry; size and
 * move of the camera; light), its time on screen, lines and cast.
 */
export function shotOf(draft: Draft, people: People, pacing: Pacing, tongue: Tongue): ScriptShot {
  const { scene, heading, lines, source, continues, place, things } = draft;
  const body = bodyOf(draft, people);
  const cast = draft.seen.filter((who) => people.named(who) !== undefined);
  const spoken = lines.map(({ speaker, unseen, kind, text }) => ({ ...(speaker === undefined ? {} : { speaker }), kind: kind === 'spoken' && unseen ? ('os' as const) : kind, text }));
  // What the shot stands on: the script's own words and what holds here. Not how it is told to
  // Kling, which may be worded anew, and not whether it goes on from the shot before, which its neighbours decide.
  const facts = { ...(heading === undefined ? {} : { heading }), words: draft.written, ...(spoken.length === 0 ? {} : { said: spoken }), seen: draft.seen, holds: [place, ...things].filter((words) => words !== '') };
  return {
    scene,
    ...(heading === undefined ? {} : { sceneHeading: heading }),
    prompt: [body, place, ...things, ...(isEnglish(tongue) ? [cameraWords(draft, body), continues ? '' : lightWords(draft.where, body)] : [])].filter((words) => words !== '').join(' '),
    ...(continues ? { continues: true } : {}),
    outS: Math.ceil(Math.min(Math.max(draft.seconds, pacing.shortestS), pacing.longestS) * 10) / 10,
    ...(lines.length === 0 ? {} : { line: lines.map(({ text }) => text).join('\n'), speeches: spoken }),
    ...(cast.length === 0 ? {} : { cast }),
    source: { start: source.start, end: source.end, startLine: source.startLine, endLine: source.endLine },
    text: canonicalJson(facts),
  };
}

/** The shot's own words, every pronoun that nothing in them explains replaced by whom it means. */
function bodyOf({ pieces }: Draft, people: People): string {
  const named = new Set<string>();
  return pieces
    .map(({ words, who }) => {
      let written = '';
      let at = 0;
      for (const pronoun of who.pronouns) {
        const known = named.has(pronoun.who) || who.named.some((one) => one.who === pronoun.who && one.start < pronoun.start);
        const spoken = words.slice(pronoun.start, pronoun.end);
        const isMe = isFirstPerson(spoken);
        if ((known && !isMe) || pronoun.start < at) continue;
        named.add(pronoun.who);
        const opens = isMe ? /(?:^|[.!?]\s+["“]?)$/u.test(words.slice(0, pronoun.start)) : /^\p{Lu}/u.test(spoken);
        const instead = isMe && known ? (thirdPerson(spoken, people.named(pronoun.who)?.gender) ?? pronoun.words) : pronoun.words;
        written += words.slice(at, pronoun.start) + (opens ? instead.charAt(0).toUpperCase() + instead.slice(1) : instead);
        at = pronoun.end;
      }
      for (const { who: one } of who.named) named.add(one);
      return finished(written + words.slice(at));
    })
    .join(' ');
}

const THIRD: Readonly<Record<string, readonly [female: string, male: string]>> = { i: ['she', 'he'], me: ['her', 'him'], my: ['her', 'his'], mine: ['hers', 'his'], myself: ['herself', 'himself'] };

/** `I` of whoever tells the story, where the shot has the name already. */
function thirdPerson(word: string, gender: Gender | undefined): string | undefined {
  return gender === undefined || gender === 'unknown' ? undefined : THIRD[word.toLowerCase()]?.[gender === 'female' ? 0 : 1];
}

function cameraWords(draft: Draft, body: string): string {
  const shown = draft.pieces.filter(({ said }) => !said).map(({ words }) => words).join(' ');
  const { size, move } = chooseFraming({
    words: shown === '' ? body : shown,
    // What things do while people are seen is not what the camera follows.
    verbs: draft.pieces.flatMap((piece) => (piece.said || (draft.seen.length > 0 && piece.who.subject === undefined) ? [] : piece.read.verbs)),
    people: draft.seen.length,
    speaks: draft.lines.some(({ unseen }) => !unseen),
    reverse: draft.reverse,
    continues: draft.continues,
    place: draft.where,
  });
  const words = [size, move].filter((one) => one !== undefined).join(', ');
  return words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function finished(words: string): string {
  return /(?:[.!?…:。！？"“”’»)」』]|[.!?…]')$/u.test(words) ? words : `${words.replace(/[\s,;–—-]+$/u, '')}.`;
}
