import { SPEECH_VERBS } from './speech-verbs.ts';
import type { Tag } from './tags.ts';
import type { SpeechKind } from './types.ts';

/** The most frequent family names: what follows one is a given name of one or two characters. */
const FAMILY_NAMES = '王李张张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭蔣葉蘇盧鐘譚陸賈韋鄒閻賀顧龔錢嚴賴';
/** What somebody does, not how somebody is called. */
const ACTING = '摇点笑看站走转抬低皱叹挥拍指望坐起伸握哭怒说问答喊叫道回对向把被在从就又也都很正搖點轉歎揮';
const MANNER = /(?:低声|轻声|大声|小声|笑着|哭着|冷冷地|淡淡地|慢慢地|忽然|突然|连忙|急忙|缓缓|平静地|低聲|輕聲|大聲|小聲|笑著|[\u4e00-\u9fff]{1,3}地)+$/u;

/** Who says it in Chinese (`李雷说：“…”`) and Japanese (`「…」と太郎は言った`). */
export function cjkTag(before: string, after: string, language: 'zh' | 'ja'): Tag | undefined {
  return language === 'ja' ? japaneseTag(before, after) : (chineseAhead(before) ?? chineseBehind(after));
}

function chineseAhead(before: string): Tag | undefined {
  const clause = /(?:^|[。！？!?”」』\s，,；;、])([\p{Script=Han}·A-Za-z]{1,16})[，,：:]?\s*$/u.exec(before)?.[1];
  if (clause === undefined) return undefined;
  const verb = new RegExp(`(${verbsOf('zh')})$`, 'u').exec(clause)?.[1];
  const announced = /[：:]\s*$/u.test(before);
  if (verb === undefined && !announced) return undefined;
  const subject = chineseSubject(verb === undefined ? clause : clause.slice(0, -verb.length), verb === undefined) ?? (verb === undefined ? undefined : subjectOfClauses(before));
  return subject === undefined ? undefined : tagOf(subject, verb ?? '', clause, 'zh', 'ahead');
}

/** `老渔夫望着大海，低声说：`: who does something in a clause before, in the same sentence; not what the camera does. */
function subjectOfClauses(before: string): string | undefined {
  const clauses = (/[^。！？!?」』”\n]*$/u.exec(before.replace(/[，,：:\s]+$/u, ''))?.[0] ?? '').split(/[，,；;：:]/u).slice(0, -1);
  for (const clause of clauses.toReversed()) {
    const subject = /镜头|鏡頭|特写|特寫|画面|畫面|[近中远全]景/u.test(clause) ? undefined : chineseSubject(clause.trim(), true);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

function chineseBehind(after: string): Tag | undefined {
  const match = new RegExp(`^[，,]?([\\p{Script=Han}·A-Za-z]{1,10}?)(${verbsOf('zh')})(?=[。，,！!？?\\s]|$)`, 'u').exec(after);
  const subject = match === null ? undefined : chineseSubject(match[1] ?? '', false);
  return subject === undefined ? undefined : tagOf(subject, match?.[2] ?? '', match?.[0] ?? '', 'zh', 'behind');
}

/** What people are called by what they are: `老人`, `女孩`, `渔夫`, `侦探`. */
const PERSON_AT_END = /[人子孩者员師师兵夫长娘爷奶妈爸生客手童汉翁妇姐哥弟妹女男官民匠侠探]$/u;
/** What begins what somebody does, behind who it is. */
const DOES = '摇点笑看站走转抬低皱叹挥拍指望坐起伸握哭怒说问答喊叫凝盯推拿举靠抱跪蹲跑跳轉說問';

/** The name in front of what the person does: a family name and one or two characters, else all of it. */
function chineseSubject(words: string, acts: boolean): string | undefined {
  // `妈妈对小明说`: to whom is not who.
  const bare = words.replace(/(?<=[\u4e00-\u9fff])[对向跟冲朝對].*$/u, '').replace(MANNER, '');
  if (/^[他她我你]/u.test(bare)) return bare.slice(0, 1);
  const whole = acts ? new RegExp(`^([\\p{Script=Han}A-Za-z]{1,8}?)(?=[${DOES}])`, 'u').exec(bare)?.[1] : (new RegExp(`^([\\p{Script=Han}A-Za-z]{2,8}?)(?=[${DOES}])`, 'u').exec(bare)?.[1] ?? bare);
  if (FAMILY_NAMES.includes(bare.charAt(0)) && bare.length >= 2) {
    const name = bare.slice(0, bare.length >= 3 && !ACTING.includes(bare.charAt(2)) ? 3 : 2);
    // `白发老人` has no family name.
    return whole !== undefined && whole.length > name.length && PERSON_AT_END.test(whole) ? whole : name;
  }
  return whole === undefined || whole === '' || whole.length > 8 ? undefined : whole;
}

const JAPANESE_NAME = String.raw`[\p{Script=Han}\p{Script=Katakana}ー々A-Za-z]{1,10}(?:さん|ちゃん|くん|君|様|先生)?|彼女|彼|私|僕|俺`;

function japaneseTag(before: string, after: string): Tag | undefined {
  const verbs = verbsOf('ja');
  const behind = new RegExp(`^と、?(?:[^。「」、]{0,10}、)?(${JAPANESE_NAME})[はが][^。「」]{0,20}?(${verbs})`, 'u').exec(after) ?? new RegExp(`^[、。]?(${JAPANESE_NAME})[はが][^。「」]{0,20}?(${verbs})`, 'u').exec(after);
  if (behind !== null) return tagOf(behind[1] ?? '', behind[2] ?? '', behind[0], 'ja', 'behind');
  const ahead = new RegExp(`(?:^|[。」』\\s、])(${JAPANESE_NAME})[はがも][^。「」]{0,24}[、。：:]?\\s*$`, 'u').exec(before);
  return ahead === null ? undefined : tagOf(ahead[1] ?? '', '', ahead[0], 'ja', 'ahead');
}

function tagOf(subject: string, verb: string, words: string, language: 'zh' | 'ja', place: Tag['place']): Tag {
  const pronoun = /^(?:他|彼)$/u.test(subject) ? 'he' : /^(?:她|彼女)$/u.test(subject) ? 'she' : /^(?:我|私|僕|俺|你)$/u.test(subject) ? 'other' : undefined;
  const verbs = SPEECH_VERBS[language];
  const is = (list: string | undefined) => list !== undefined && new RegExp(`^(?:${list})$`, 'u').test(verb);
  const kind: SpeechKind = is(verbs?.think) ? 'thought' : is(verbs?.sing) ? 'sung' : 'spoken';
  return { subject, ...(pronoun === undefined ? {} : { pronoun }), verb, kind, place, words: words.trim() };
}

const verbsOf = (language: 'zh' | 'ja'): string => {
  const verbs = SPEECH_VERBS[language];
  return `${verbs?.say}|${verbs?.think}|${verbs?.sing}`;
};
