import type { ScreenplayElement } from '../screenplay/screenplay.ts';

/** Final Draft's words for paragraphs, in lower case. Types that people make themselves are general paragraphs. */
const KINDS: Record<string, ScreenplayElement['kind']> = {
  'scene heading': 'heading',
  action: 'action',
  character: 'character',
  parenthetical: 'parenthetical',
  dialogue: 'dialogue',
  lyrics: 'lyrics',
  singing: 'lyrics',
  transition: 'transition',
  shot: 'shot',
  'outline body': 'synopsis',
};

export function kindOfType(type: string): ScreenplayElement['kind'] {
  const word = type.trim().toLowerCase();
  return KINDS[word] ?? (/^outline \d$/.test(word) ? 'section' : 'general');
}

export const TYPE_OF_KIND = {
  heading: 'Scene Heading',
  action: 'Action',
  character: 'Character',
  parenthetical: 'Parenthetical',
  dialogue: 'Dialogue',
  lyrics: 'Singing',
  transition: 'Transition',
  shot: 'Shot',
  general: 'General',
  centered: 'General',
  synopsis: 'Outline Body',
} as const;
