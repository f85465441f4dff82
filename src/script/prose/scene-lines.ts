import type { Prose } from './prose.ts';

/** `Scene 1 – Kitchen, morning`, `Szene 2: Garten`: above the shots of a scene, and none of them. */
const SCENE_LINE = /^(?:scene|sc\.|szene|scène|séquence|sequence|escena|secuencia|scena|cena|сцена)\s+(?:\d{1,3}[a-z]?|[IVX]{1,6})\s*(?:[.:–—-]+\s*(?<title>[^.!?\n]{0,60}))?$/iu;
/** More words tell what happens. */
const MOST_WORDS = 6;

/** What a line that heads a scene calls it; `undefined` for a line that tells something. */
export function titleOfSceneLine(line: string): string | undefined {
  const found = SCENE_LINE.exec(line.trim());
  const title = found?.groups?.title?.trim() ?? '';
  return found === null || title.split(/\s+/).length > MOST_WORDS ? undefined : title;
}

/** The same story, with lines that head a scene as divisions. Where each is its scene's only line, they are the shots themselves. */
export function withSceneLines<Story extends Pick<Prose, 'text' | 'paragraphs'> & Partial<Pick<Prose, 'divisions'>>>(story: Story): Story {
  const { text, paragraphs, divisions = [] } = story;
  const heads = paragraphs.map(({ start, end }) => titleOfSceneLine(text.slice(start, end)) !== undefined);
  // The last line heads nothing, and neither does one with another right below.
  if (!heads.includes(true) || heads.some((isHead, index) => isHead && heads[index + 1] !== false)) return story;
  const found = paragraphs.flatMap(({ start, end }, index) => (heads[index] === true ? [{ start, end, kind: 'heading' as const }] : []));
  return { ...story, paragraphs: paragraphs.filter((_, index) => heads[index] !== true), divisions: [...divisions, ...found].sort((a, b) => a.start - b.start) };
}
