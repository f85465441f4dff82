import type { ScreenplayElement } from './screenplay.ts';

/**
 * Fountain marks only the second of two speeches that are spoken together. The one right before it, with nothing but
 * remarks between, becomes the left one; a mark without such a speech says nothing.
 */
export function markDualSides(elements: ScreenplayElement[]): ScreenplayElement[] {
  let before: Extract<ScreenplayElement, { kind: 'character' }> | undefined;
  for (const element of elements) {
    if (element.kind === 'character') {
      if (element.side === 'right') {
        if (before && before.side === undefined) before.side = 'left';
        else delete element.side;
      }
      before = element;
    } else if (!WITHIN_SPEECH.has(element.kind) && !(element.kind === 'lyrics' && element.inSpeech)) before = undefined;
  }
  return elements;
}

const WITHIN_SPEECH: ReadonlySet<ScreenplayElement['kind']> = new Set(['parenthetical', 'dialogue', 'note', 'boneyard']);
