import { dialogueInFrench, dialogueInNovels, dialogueOfOurOwn } from './dialogue.ts';
import { finalDraftAtItsEdges, fountainAtItsEdges } from './screenplays.ts';
import { modelAdvice } from './model-advice.ts';
import { segmentOfOurOwn } from './segment.ts';
import { validationOfOurOwn, validationOfRealPrompts } from './validation.ts';
import type { ScoreSet } from './score-row.ts';

/** What `npm run score` measures and test/score.test.ts guards: one file of this folder a part, a row here a set. */
export const SETS: Record<string, ScoreSet> = {
  'dialogue-own': dialogueOfOurOwn,
  'dialogue-novels': dialogueInNovels,
  'dialogue-french': dialogueInFrench,
  'screenplay-fountain': fountainAtItsEdges,
  'screenplay-fdx': finalDraftAtItsEdges,
  'validation-own': validationOfOurOwn,
  'validation-real': validationOfRealPrompts,
  'model-advice': modelAdvice,
  'segment-own': segmentOfOurOwn,
};
