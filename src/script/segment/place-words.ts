const PREFIX = /^((?:int|ext|est|i|e)\b\.?(?:\s?\/\s?(?:int|ext|i|e)\b\.?)?)[\s–—-]*/iu;
/** Says when by the scene before it, which a picture made on its own cannot know. */
const BY_THE_SCENE_BEFORE = /^(?:continuous|continuing|same(?: time)?|moments? later|later|moving|in motion)$/iu;

/** A scene heading as words for a picture: `INT. WORKSHOP - NIGHT` is `Inside: WORKSHOP, NIGHT.` */
export function placeWords(heading: string): string {
  const prefix = PREFIX.exec(heading);
  const parts = heading
    .slice(prefix?.[0].length ?? 0)
    .split(/\s[–—-]+\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !BY_THE_SCENE_BEFORE.test(part));
  if (parts.length === 0) return '';
  const where = sideOf(prefix?.[1] ?? '');
  return `${where === '' ? '' : `${where}: `}${parts.join(', ')}.`;
}

function sideOf(prefix: string): string {
  const word = prefix.toLowerCase();
  if (word.includes('/')) return 'Inside and outside';
  if (word.startsWith('i')) return 'Inside';
  return word.startsWith('e') ? 'Outside' : '';
}
