import type { Span } from '../reading/text.ts';
import { quoted, type Rule } from './rule.ts';
import { withLead, withoutKind } from './without-kind.ts';

/** How near the camera stands: from 0, a detail, to 7, a landscape from far away. */
const SIZES: readonly (readonly [number, RegExp])[] = [
  [2, /\bmedium close-?up\b/gi],
  [4, /\bmedium[- ](?:wide|long)(?: shot)?\b|\bcowboy shot\b/gi],
  [0, /\bextreme close-?up\b|\bmacro(?: shot)?\b|\bdetail shot\b|大特写|微距/gi],
  [1, /\bclose-?ups?\b|\btight (?:shot|framing)\b|特写/gi],
  [3, /\b(?:medium|mid|waist) shot\b|中景/gi],
  [7, /\bextreme (?:wide|long)(?: shot)?\b|\baerial (?:view|shot|panorama|footage)\b|\bbird'?s[- ]eye(?: view)?\b|大远景/gi],
  [6, /\b(?:wide|long|establishing|panoramic)(?: establishing)?(?: shot| view)\b|\bestablishing\b|\bpanorama\b|远景|全景/gi],
  [5, /\bfull(?:[- ]body)? shot\b/gi],
];
const ANGLES: readonly (readonly ['low' | 'high', RegExp])[] = [
  ['low', /\blow[- ]angle\b|\bworm'?s[- ]eye\b|\bfrom below\b|仰视/gi],
  ['high', /\bhigh[- ]angle\b|\btop[- ]down\b|\boverhead (?:shot|view)\b|\bfrom (?:directly |straight )?(?:overhead|above)\b|\bbird'?s[- ]eye\b|俯视|俯拍/gi],
];
const REFRAMES = /\b(?:then|to|into|reveal(?:s|ing)?|pull(?:s|ing)? (?:back|out)|push(?:es|ing)? in|zoom(?:s|ing)?|doll(?:y|ies)|crane|cut(?:s|ting)?|follow(?:s|ed|ing)?|transition(?:s|ing)?|before|after|start(?:s|ing)?|begin(?:s|ning)?|end(?:s|ing)?|rack(?:s|ing)?|mov(?:es|ing))\b|推|拉|然后/i;
const FAR_APART = 4;

const FRAMINGS = [...SIZES, ...ANGLES].map(([, pattern]) => pattern);

export const FRAMING_CONFLICT: Rule = {
  code: 'FRAMING_CONFLICT',
  find({ reading: { inPlain, plain, text } }) {
    if (!inPlain.mayHold(FRAMINGS)) return [];
    const taken = new Uint8Array(plain.length);
    const hits: { rank: number; span: Span }[] = [];
    for (const [rank, pattern] of SIZES) {
      for (const { span } of inPlain.spans(pattern)) {
        if (taken[span[0]] === 1 || taken[span[1] - 1] === 1) continue;
        taken.fill(1, ...span);
        hits.push({ rank, span });
      }
    }
    const angles = ANGLES.flatMap(([side, pattern]) => inPlain.spans(pattern).map(({ span }) => ({ rank: side === 'low' ? -100 : 100, span })));
    for (const group of [hits, angles]) {
      group.sort((a, b) => a.span[0] - b.span[0]);
      for (const [index, first] of group.entries()) {
        const second = group.slice(index + 1).find(({ rank }) => Math.abs(rank - first.rank) >= FAR_APART);
        if (second === undefined || REFRAMES.test(plain.slice(first.span[1], second.span[0]))) continue;
        const drop = group.filter(({ rank }) => Math.abs(rank - first.rank) >= FAR_APART).map(({ span }) => span);
        return [{ span: [first.span[0], second.span[1]], message: `two framings of one shot: ${quoted(plain, first.span)} and ${quoted(plain, second.span)}`, label: `keep ${quoted(plain, first.span)}`, repair: () => ({ prompt: withoutKind(text, withLead(plain, drop)) }) }];
      }
    }
    return [];
  },
};
