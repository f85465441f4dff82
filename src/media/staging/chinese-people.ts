import type { Gender } from './person-nouns.ts';
import type { Person } from './person.ts';

const NUMBERS: Readonly<Record<string, number>> = { 一: 1, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 几: 3 };
const NOUNS: readonly [word: string, name: string, gender: Gender, child: boolean][] = [
  ['男孩', '男孩', 'man', true], ['女孩', '女孩', 'woman', true], ['孩子', '孩子', 'unknown', true], ['小孩', '孩子', 'unknown', true], ['少女', '少女', 'woman', false], ['少年', '少年', 'man', false],
  ['男人', '男人', 'man', false], ['女人', '女人', 'woman', false], ['男子', '男人', 'man', false], ['女子', '女人', 'woman', false], ['老人', '老人', 'unknown', false], ['士兵', '士兵', 'man', false], ['武士', '武士', 'man', false], ['渔夫', '渔夫', 'man', false], ['母亲', '母亲', 'woman', false], ['父亲', '父亲', 'man', false],
];
const COUNTED = new RegExp(`(?:([一两二三四五六七八几]|\\d)\\s*(?:个|名|位)?)?(?:年轻|年老|小)?的?(${NOUNS.map(([word]) => word).join('|')})|([一两二三四五六七八几])(?:个|名|位)人|(情侣|夫妻|夫妇)`, 'gu');

/** The same for Chinese: number, measure word, noun. */
export function chinesePeople(text: string): { persons: Person[]; crowd: boolean } {
  const persons: Person[] = [];
  for (const match of text.matchAll(COUNTED)) {
    const [, number, word, people, couple] = match;
    const row = NOUNS.find(([noun]) => noun === word);
    const count = couple !== undefined ? 2 : (NUMBERS[number ?? people ?? ''] ?? (Number(number) || 1));
    const key = row?.[1] ?? '人';
    if (persons.some((person) => person.key === key) && number === undefined) continue;
    for (let one = 0; one < Math.min(8, count); one += 1) {
      persons.push({ key: one === 0 ? key : `${key} ${one + 1}`, name: count === 1 ? (row?.[1] ?? '') : '', named: false, gender: row?.[2] ?? 'unknown', child: row?.[3] ?? false, from: match.index + one / 100, to: match.index });
    }
  }
  return { persons, crowd: /人群|人山人海|一群人|观众/u.test(text) };
}
