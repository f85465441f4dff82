import type { Span } from '../reading/text.ts';
import { OWNED_CHARACTERS, PUBLIC_PEOPLE } from './known-names.ts';
import { isChinese, quoted, type Rule } from './rule.ts';

/** People of public life, and characters and brands that belong to somebody. */

/** Latin letters beside it make a name part of a word; Chinese names stand between other signs. */
const person = (names: string): RegExp => new RegExp(`(?<!\\p{Script=Latin})(?:${names})(?:['’]s)?(?!\\p{Script=Latin})`, 'gu');
const PEOPLE = [
  { pattern: person(PUBLIC_PEOPLE.f), instead: 'a woman', chinese: '一位女子' },
  { pattern: person(PUBLIC_PEOPLE.m), instead: 'a man', chinese: '一位男子' },
  // `a lookalike of the current president`: a real person without the name.
  { pattern: /(?<![\p{L}])(?:the (?:current|actual|real|sitting) (?:US |American |French |Russian |Chinese )?(?:president|prime minister|pope|king|queen|chancellor)|(?:a )?(?:deep ?fake|lookalike) of (?:a |the )?\p{L}+(?: \p{Lu}\p{L}+)?)(?![\p{L}])/gu, instead: 'a man in a dark suit', chinese: '一位男子' },
];
const CHARACTERS = OWNED_CHARACTERS.map(([names, instead]) => ({ pattern: person(names), instead, chinese: '一个原创角色' }));

function nameRule(code: 'REAL_PERSON' | 'IP_CHARACTER', entries: readonly { pattern: RegExp; instead: string; chinese: string }[], what: string): Rule {
  const patterns = entries.map(({ pattern }) => pattern);
  return {
    code,
    find({ reading: { inText, text } }) {
      if (!inText.mayHold(patterns)) return [];
      const hits = entries.flatMap(({ pattern, instead, chinese }) => inText.spans(pattern).map(({ span }) => ({ span, instead: isChinese(text, span) ? chinese : instead }))).sort((a, b) => a.span[0] - b.span[0]);
      const [first] = hits;
      if (first === undefined) return [];
      return [{ span: first.span, message: `${quoted(text, first.span)} ${what}, and Kling may refuse it`, label: `describe instead: “${first.instead}”`, repair: () => ({ prompt: renamed(text, hits) }) }];
    },
  };
}

function renamed(text: string, hits: readonly { span: Span; instead: string }[]): string {
  let result = '';
  let at = 0;
  for (const { span, instead } of hits) {
    if (span[0] < at) continue;
    const owner = /['’]s$/.test(text.slice(...span)) ? '’s' : '';
    const between = text.slice(at, span[0]).replace(/\b(?:a|an|the)\s+$/i, '');
    // `a man who looks like …` is a man.
    const alike = /\s+(?:who|that) looks? (?:just |exactly )?like\s+$/i.exec(between);
    if (alike !== null) {
      result += between.slice(0, alike.index);
      at = span[1];
      continue;
    }
    // `starring … as the old man`: the part is who is seen.
    const part = /\b(?:starring|played by|portrayed by|featuring)\s+$/i.exec(between);
    const role = /^\s+(?:as|playing)\s+(?=(?:an?|the)\s)/i.exec(text.slice(span[1]));
    if (part !== null && role !== null && owner === '') {
      result += between.slice(0, part.index);
      at = span[1] + role[0].length;
      continue;
    }
    result += between + (result + between === '' || /[.!?]\s*$/.test(result + between) ? instead.charAt(0).toUpperCase() + instead.slice(1) : instead) + owner;
    // `Elsa from Frozen`
    at = span[1] + (/^ from (?:the (?:movie|film|game|series|show) )?\p{Lu}[\p{L}'’]*(?: (?:\p{Lu}[\p{L}'’]*|of|the)(?= |[,.]|$))*/u.exec(text.slice(span[1]))?.[0].length ?? 0);
  }
  return result + text.slice(at);
}

export const NAME_RULES: readonly Rule[] = [nameRule('REAL_PERSON', PEOPLE, 'is a real person'), nameRule('IP_CHARACTER', CHARACTERS, 'belongs to somebody')];
