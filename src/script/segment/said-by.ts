import { allVerbs } from '../../prompt/dialogue/speech-verbs.ts';
import type { UnitLine } from './script-unit.ts';
import { isEnglish, type Tongue } from './tongue.ts';
import type { WhoIsMeant } from './who-is-meant.ts';

const SAYS_HOW = new Map(['shout', 'whisper', 'yell', 'scream', 'mutter', 'murmur', 'mumble', 'call', 'cry', 'sob', 'sing', 'hiss', 'growl', 'plead', 'read', 'stammer', 'groan'].map((verb) => [`${verb}ing`, /s$|ss$/.test(verb) ? `${verb}es` : verb === 'cry' ? 'cries' : `${verb}s`]));

/** `Mara, quietly, says: “It holds.”` A voice nobody sees has no name: the name would put its owner into the picture. */
export function saidBy(lines: readonly UnitLine[], tongue: Tongue): string {
  return lines.map((line) => (isEnglish(tongue) ? saidInEnglish(line) : labelled(line, tongue))).join(' ');
}

function saidInEnglish({ speaker, unseen, kind, manner, text }: UnitLine): string {
  const who = unseen ? 'A voice off screen' : speaker === undefined ? 'A voice' : speaker.charAt(0).toUpperCase() + speaker.slice(1);
  const verb = manner === undefined ? undefined : SAYS_HOW.get(manner.toLowerCase());
  return `${who}${manner === undefined || verb !== undefined ? ' ' : `, ${manner}, `}${verb ?? (kind === 'sung' ? 'sings' : 'says')}: “${text}”`;
}

/** `Jule (leise): „Nicht jetzt.“` */
function labelled({ speaker, unseen, manner, text }: UnitLine, { voiceOff, quotes: [opens, closes], colon }: Tongue): string {
  const quoted = `${opens}${text}${closes}`;
  const who = unseen ? voiceOff : speaker === undefined ? undefined : speaker.charAt(0).toUpperCase() + speaker.slice(1);
  return who === undefined ? quoted : `${who}${manner === undefined ? '' : ` (${manner})`}${colon}${quoted}`;
}

const VERBS = allVerbs('en');
const VERB_BEHIND = new RegExp(String.raw`^\s(?:\p{L}+ly\s)?(?:${VERBS})(?![\p{L}’'-])`, 'iu');
const VERB_BEFORE = new RegExp(String.raw`(?<![\p{L}’'-])(?:${VERBS})\s$`, 'iu');

const TAG_BEHIND_QUOTE = new RegExp(String.raw`(?<=["”»'’])[\s,]\s?(he|she)(?=\s(?:\p{L}+ly\s)?(?:${VERBS})(?![\p{L}’'-]))`, 'iu');

/** Whom a sentence with a line in it means, where `she said` is who the dialogue gives for the line: nobody guesses that twice. */
export function taggedBy(who: WhoIsMeant, told: string, speaker: string | undefined): WhoIsMeant {
  const tag = who.pronouns.find(({ start, end }) => /^(?:he|she|they)$/iu.test(told.slice(start, end)) && (VERB_BEHIND.test(told.slice(end, end + 60)) || VERB_BEFORE.test(told.slice(Math.max(0, start - 30), start))));
  const untold = tag === undefined ? TAG_BEHIND_QUOTE.exec(told) : null;
  // In a new scene nobody was spoken of yet, and the dialogue knows who goes on talking.
  if (speaker !== undefined && untold !== null && !who.pronouns.some(({ start }) => start >= untold.index && start < untold.index + untold[0].length)) {
    const start = untold.index + untold[0].length - (untold[1]?.length ?? 0);
    return { ...who, pronouns: [...who.pronouns, { start, end: start + (untold[1]?.length ?? 0), who: speaker, words: speaker }].sort((a, b) => a.start - b.start) };
  }
  if (speaker === undefined || tag === undefined || tag.who === speaker) return who;
  const renamed = (name: string) => (name === tag.who ? speaker : name);
  return { ...who, seen: [...new Set(who.seen.map((name) => renamed(name)))], ...(who.subject === undefined ? {} : { subject: renamed(who.subject) }), pronouns: who.pronouns.map((pronoun) => (pronoun === tag ? { ...pronoun, who: speaker, words: speaker } : pronoun)) };
}
