import type { Span } from './text.ts';
import { spansOf } from './text.ts';

/** What Chinese says by its words and their order: it has no endings to tell a verb from a noun by. */

/** Verbs of what can be filmed. Of one sign only where it begins no common noun (`走廊`, `飞机`, `倒影`). */
const EVENT_VERBS = [
  '打开|推开|拉开|放开|松开|展开|关上|放下|放飞|拿起|举起|抬起|捡起|拾起|站起|坐下|转身|回头|挥手|招手|挥舞|鼓掌|欢呼|点头|摇头|微笑|大笑|哭泣|说话|跳舞|起舞|演奏|弹奏|阅读',
  '奔跑|飞奔|狂奔|疾驰|飞驰|奔驰|冲刺|冲向|冲出|追逐|追赶|追着|逃跑|逃离|躲避|跃起|跃下|跃过|跳跃|翻滚|旋转|翻转|攀爬|游泳|划船|划过|飞行|飞翔|盘旋|掠过|穿过|穿越|进入|离开|到达|来到|出门|上班|回家|赶',
  '落下|掉落|掉下|坠落|坠下|跌倒|摔倒|摔碎|打碎|打破|砸碎|拍碎|撞翻|撞击|相撞|碰撞|撞上|爆炸|炸开|破裂|碎裂|倒塌|崩塌|坍塌|燃起|点燃|点亮|熄灭|喷发|喷涌|喷出|涌出|掀起|流淌|流下|滴落|倒入|倒出|倾倒|洒落|溅起|飘落|飘过|摇晃|摆动|升起|绽放|盛开|发芽|融化|凝固|变成|变为|化作|变身',
  '切开|切碎|搅拌|雕刻|编织|打斗|搏斗|格斗|决斗|扭打|厮杀|对决|出拳|挥拳|挥剑|射箭|射击|射门|投篮|投掷|接住|抓住|抓起|握手|拥抱|亲吻|交换|递给|牵手|抱起|抱住|抚摸|帮助|整理|收拾|打扫|清洗|折纸|书写|捕捉|打电话|系上|系鞋带|玩耍|正在做|刷牙|洗脸|洗手|洗澡|起床|醒来|穿上|脱下|耍',
  '走(?!廊|道)|跑(?!道|车|步机|鞋)|跳(?!台|板)|飞(?!机|船|碟|鸟|檐|沫|翔)|游(?!戏|客|乐|艇|轮|牧)|骑(?!士|手)|开车|推(?!车|进|镜|近)|拉(?!面|链|近|远|镜)|踢|切(?!换|片)|倒(?!影|映|塌)|喝|吃|唱(?!片)|弹(?!簧|药|珠)|写(?!实|真)|读(?!者)|笑(?!容|脸)|哭|喊|爬|滑(?!板|梯)|扔|抛|抓|捡|摘|敲|咬|揉|缝|递|追|挥|喂|叠|啄|洗(?!衣机|手台)|看(?!台|似|起来|来|上去|不)|折(?!射|扇|叠)|(?<![油彩墨漫版动壁字插国书])画(?!面|家|风|质|作|像|布|廊)|抽出|取出|取下|放进|放入|放到|端起|端来|戴上|披上|背起|扛起|搬|提起|捧起|捧着|搂|扑向|蹲下|跪下|躺下|睁开|闭上|闻|按下|拧开|拔出|拔起|插入|绑|剪|撕|擦|扫|浇|钓|捕|牵|砍|劈|刺|砸|丢|摸|拿(?!铁|手)|编(?!织|号|辑)|拍打|闪过|摔(?!跤手)|打(?!盹|坐|扮|击乐|火机)|跃',
].join('|');
const EVENTS = new RegExp(EVENT_VERBS, 'gu');
/** A verb at the beginning of a clause, behind words of sequence and manner: the one who acted before acts on. */
const GOES_ON = new RegExp(`^[\\s"“”]*(?:(?:然后|接着|随后|之后|最后|紧接着|他们|她们|他|她|它|又|再|并且|并|就|便|突然|马上|立刻|\\p{Script=Han}{1,4}地)\\s*){0,4}(?:${EVENT_VERBS})(?!着)`, 'u');
const CLAUSE = /[^，,。；;、！!？?\n]+/gu;
const OF_CAMERA = /^\s*(?:镜头|画面|相机|摄像机|随着)/u;

/** Every verb of an event, once a place. */
export function chineseEvents(plain: string): Span[] {
  return spansOf(plain, EVENTS).map(({ span }) => span);
}

/** The longest row of clauses in which one subject does one thing after the other; each with where it begins. */
export function longestChineseRow(plain: string): number[] {
  let longest: number[] = [];
  let row: number[] = [];
  for (const { span, match } of spansOf(plain, CLAUSE)) {
    if (OF_CAMERA.test(match[0])) continue;
    const goesOn = row.length > 0 && GOES_ON.test(match[0]);
    if (!goesOn) row = match[0].search(EVENTS) >= 0 ? [span[0]] : [];
    else row.push(span[0]);
    if (row.length > longest.length) longest = [...row];
  }
  return longest;
}

/** A number and a word for counting people or animals; or a number and one of the nouns. */
const FIGURES = /(?<number>两|二|三|四|五|六|七|八|九|十|几|许多|很多|一对|一群|一|数)(?:(?:位|名)|(?:个|只|条|匹|头|群|对|辆)?[\p{Script=Han}]{0,6}?(?:人|男孩|女孩|男子|女子|女人|男人|孩子|猫|狗|马|鸟|狐狸|狐|老鼠|兔子|狮子|老虎|熊|鱼|龙|犬|牛|羊|猪|鸭|猴|鹿|象|豹|狼|海豚|企鹅|松鼠|鹰|乌鸦|夫妻|夫妇|情侣|恋人|老人|舞者|士兵|武士|侠|剑客|选手|学生|兄弟|姐妹|厨师|演员|歌手|画家|渔夫|骑手|骑士|机器人|护士|医生|警察|守卫|卫兵|农夫|侍者|舞女))/gu;
const CROWD = /人群|观众|群众|人潮/u;
const NUMBERS: Record<string, number> = { 一: 1, 两: 2, 二: 2, 一对: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10, 几: 3, 数: 3, 许多: 6, 很多: 6, 一群: 6 };

/** How many figures are named, and where; a crowd is as many as `crowdSize`. */
export function chineseFigures(plain: string, crowdSize: number): { count: number; spans: Span[] } {
  const found = spansOf(plain, FIGURES);
  const count = found.reduce((sum, { match }) => sum + (NUMBERS[match.groups?.['number'] ?? '一'] ?? 1), 0) + (CROWD.test(plain) ? crowdSize : 0);
  return { count, spans: found.map(({ span }) => span) };
}
