import type { UnitLine } from './script-unit.ts';
import { isEnglish, type Tongue } from './tongue.ts';

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
