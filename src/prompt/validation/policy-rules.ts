import type { Span } from '../reading/text.ts';
import { clauseAround, isChinese, listed, quoted, tidied, type Context, type Finding, type Rule } from './rule.ts';

/**
 * What Kling may refuse, in three levels: `block` (refused with certainty, by its published rules), `risk` (often refused,
 * and it depends on the picture), `note` (harmless as a rule; worth knowing when a clip is refused). Each with neutral words.
 */
interface PolicyEntry {
  level: 'block' | 'risk' | 'note';
  /** As Kling's published rules call it. */
  topic: string;
  pattern: RegExp;
  instead: string;
  /** The neutral words are a picture of their own, or end the clause: they stand for all of it, or for the rest of it. Default: for the word alone. */
  takes?: 'clause' | 'rest';
}

const MINOR = '(?:child(?:ren)?|kids?|minors?|toddlers?|bab(?:y|ies)|infants?|teen(?:ager)?s?|school ?(?:girl|boy)s?|(?:little|young) (?:girl|boy)s?|underage(?: \\w+)?|(?:\\d|1[0-7])[- ]year[- ]old(?: \\w+)?)';
const SEXUAL = '(?:nude|naked|topless|undress(?:ed|ing)?|sexual(?:ly)?|erotic|sexy|seductive(?:ly)?|lingerie|porn\\w*|intercourse)';

/** Who is hurt, so that `executes a backflip` and `shoots a film` hurt nobody. */
const SOMEBODY = "(?:(?:(?:a|an|the|his|her|their|another|two|three)(?: \\w+)? (?:man|men|woman|women|person|people|soldiers?|enem(?:y|ies)|victims?|guards?|boys?|girls?|crowd|police\\w*|officers?|prisoners?|captives?|hostages?|civilians?|king|queen|president|rival|brother|sister|father|mother|wife|husband|stranger|thief|intruder|cashier|clerk|driver|traitors?|protesters?)|(?:unarmed )?(?:prisoners|captives|hostages|civilians|villagers|protesters|soldiers|enemies)|him|her|them|someone|somebody|people|each other|everyone|another)\\b)";
const WEAPON = '(?:guns?|pistols?|rifles?|revolvers?|shotguns?|handguns?|weapons?|knife|knives|machete)';
const AIMED_AT = new RegExp(`\\b(?:point|aim|level)(?:s|ed|ing)? (?:a|an|the|his|her|their)(?: \\w+)? ${WEAPON} (?:at|towards?)(?= (?:${SOMEBODY}|(?:a|an|the|his|her|their|another)(?: \\w+)? \\w+['’]s (?:head|face|chest|back|temple)|the camera))|\\bh[eo]lds? (?:a|an|the|his|her|their)(?: \\w+)? ${WEAPON} to(?= )`, 'gi');

const POLICY: readonly PolicyEntry[] = [
  { level: 'block', topic: 'minors', pattern: new RegExp(`\\b${MINOR}\\b[^.;]{0,60}\\b${SEXUAL}\\b|\\b${SEXUAL}\\b[^.;]{0,40}\\b${MINOR}\\b`, 'gi'), instead: 'a child in everyday clothes, playing', takes: 'clause' },
  { level: 'block', topic: 'sexual content', pattern: /\b(?:ha(?:ve|s|ving) (?:\w+ )?sex|(?:explicit|graphic) sex(?! scene)|sexual(?:ly)? (?:intercourse|act|explicit|penetrat\w+|assault\w*)|intercourse|porn(?:ographic|ography|o)?|hardcore sex|masturbat\w+|orgasm\w*|genitals?|penis|vagina|blow ?job|oral sex|gang ?bang|hentai|rap(?:es|ed|ing) (?:a|the|her|him)|bare breasts|full(?:y)? (?:frontal )?nud(?:e|ity)|explicit nudity|orgy)\b|色情|性交|裸体做爱|强奸/gi, instead: 'embracing, fully dressed' },
  { level: 'block', topic: 'sexual content', pattern: /\b(?:(?:explicit|graphic) )?sex scenes?\b/gi, instead: 'tender scene' },
  { level: 'block', topic: 'graphic violence', pattern: /\b(?:beheaded|decapitated|disembowell?ed|dismembered|eviscerated|flayed|skinned alive|burn(?:ed|t) alive|stabbed to death|beaten to death|mutilated)\b/gi, instead: 'struck down out of frame' },
  { level: 'block', topic: 'graphic violence', pattern: /\b(?:beheads|decapitates|disembowels|dismembers|eviscerates|mutilates|tortures(?= (?:a|the|him|her|his)))\b/gi, instead: 'strikes down' },
  { level: 'block', topic: 'graphic violence', pattern: /,?[^\S\n]?\b(?:in (?:graphic|gory|bloody) detail|graphic(?:ally)?(?= (?:gore|violence|violent|murder\w*|torture\w*)))\b/gi, instead: '' },
  { level: 'block', topic: 'graphic violence', pattern: /\b(?:(?:blood|gore) (?:spray(?:s|ing)?|gush(?:es|ing)?|spurt(?:s|ing)?|splatter(?:s|ing|ed)?|everywhere)(?: everywhere)?|brains? splatter\w*)\b/gi, instead: 'dust rising' },
  { level: 'block', topic: 'graphic violence', pattern: /\b(?:behead(?:ing)?|decapitat(?:e|ing|ion)|disembowel(?:ling)?|dismember(?:ing|ment)?|eviscerat(?:e|ing|ion)|guts? spill(?:s|ing)? out|entrails|severed (?:head|limbs?|arms?|legs?|hands?|fingers?)|graphic(?:ally)? (?:gore|violence|violent|murder\w*|torture\w*)|gory|gore|exploding head|mutilat\w+|tortur(?:e|es|ed|ing) (?:a|the|him|her|to death|scene|victim)|burning alive|(?:rip|tear|pull|spill)\w* (?:out )?(?:\w+(?:['’]s)? ){0,3}(?:intestines|innards|guts)|snuff film|cannibal\w*|organs? (?:ripped|torn) out)\b|斩首|砍头|肢解|血腥|虐杀/gi, instead: 'a fall out of frame', takes: 'clause' },
  { level: 'block', topic: 'self-harm', pattern: /\b(?:commit(?:s|ting|ted)? suicide(?: by \w+| with \w+(?: \w+)?)?|suicide (?:scene|by|attempt|note)|kill(?:s|ing)? (?:himself|herself|themselves|myself)|hang(?:s|ing|ed)? (?:himself|herself|themselves|myself)|slit(?:s|ting)? (?:his|her|their|my) (?:wrists?|throat)|cut(?:s|ting)? (?:his|her|their|my) (?:own )?wrists?|self[- ]harm\w*|shoots? (?:himself|herself) in|jump(?:s|ing)? to (?:his|her|their) death|overdos(?:e|es|ing) on)\b|自杀|自残|割腕/gi, instead: 'sits alone by a window', takes: 'rest' },
  { level: 'block', topic: 'terrorism and extremism', pattern: /\b(?:terrorist attack|suicide (?:bomber|bombing|vest)|isis (?:flags?|fighters?|soldiers?|militants?|executions?)|al[- ]qaeda|beheading video|school shooting|mass shooting|bomb(?:ing)? (?:a|the) (?:school|mosque|church|synagogue|crowd|market)|how to (?:build|make) a (?:bomb|pipe bomb|gun)|white (?:power|supremac\w+)|heil hitler|ethnic cleansing|genocide|lynching|ku klux klan|kkk)\b|恐怖袭击|种族灭绝|法轮功/gi, instead: 'an empty square behind a cordon', takes: 'clause' },
  { level: 'block', topic: 'hate', pattern: /\b(?:racial slur|racist caricature|blackface|(?:kill|exterminate|gas|deport) all (?:the )?\w+|subhuman\w*)\b/gi, instead: 'people in a street', takes: 'clause' },
  { level: 'risk', topic: 'sexual content', pattern: /\b(?:nude|nudity|naked(?! eye| truth| flame| mole| tree| branches| bulb)|topless|erotic\w*|seductive(?:ly)?|sensual(?:ly)?|strip(?:s|ping)? (?:naked|off)|stripper|striptease|pole danc\w+|twerk\w*|cleavage|sexy|sexual\w*|bdsm|fetish|undress(?:es|ing)|prostitute|brothel)\b|裸体|裸露|性感|情色|脱衣/gi, instead: 'elegantly dressed' },
  { level: 'risk', topic: 'sexual content', pattern: /\b(?:lingerie|see-through (?:dress|top|shirt)|wet t-?shirt)\b/gi, instead: 'evening wear' },
  { level: 'risk', topic: 'violence', pattern: AIMED_AT, instead: 'looks sternly at' },
  { level: 'risk', topic: 'violence', pattern: new RegExp(`\\b(?:(?:execut(?:es?|ed|ing)|kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|shoot(?:s|ing)?(?: at)?)(?= ${SOMEBODY}))`, 'gi'), instead: 'struggles with' },
  { level: 'risk', topic: 'violence', pattern: /\b(?:stab(?:s|bed|bing)?(?! at)|strangl(?:es?|ed|ing)|chok(?:es?|ed|ing)(?= (?:a|the|him|her|his))|murder(?:s|ed|ing)?(?= (?:a|the|his|her|an) )|kill(?:s|ed|ing)?(?= (?:a|an|the|his|her) )|torture[sd]?|kidnap(?:s|ped)|beat(?:s|ing)?(?= (?:a|the|his|her|him)(?: \w+)? ?(?:wife|woman|man|child|dog|prisoner|up|to)\b)|abus(?:es|ed|ing)(?= (?:a|the|his|her))|drown(?:s|ing)?(?= (?:a|the|him|her)\b)|impal(?:es?|ed)|slash(?:es|ing)?(?= (?:his|her|their|a|the) (?:throat|face|victim))|attack(?:s|ing)?(?= (?:a|the|him|her)(?: \w+)? ?with a (?:knife|axe|machete|chainsaw)))\b/gi, instead: 'struggles with' },
  { level: 'risk', topic: 'violence', pattern: /\b(?:blood(?:ied|stained|-stained|-soaked|-covered)|bloody(?! mary)|bleeding(?! heart| edge)|wounded and bleeding)\b/gi, instead: 'dusty' },
  { level: 'risk', topic: 'violence', pattern: /\b(?:blood(?: splatter\w*| pool\w*| drip(?:s|ping)| pour(?:s|ing)| runs?| streaming| trickl\w+)|blood(?= on (?:the|his|her|their) )|pools? of blood|gaping wounds?|wounds? gaping)\b/gi, instead: 'rain', takes: 'rest' },
  { level: 'risk', topic: 'violence', pattern: /\b(?:(?:covered|drenched|soaked|smeared|bathed) in blood)\b/gi, instead: 'covered in mud' },
  { level: 'risk', topic: 'violence', pattern: /\b(?:corpses?(?! flower)|dead bod(?:y|ies)|cadavers?)\b|尸体/gi, instead: 'motionless figure' },
  { level: 'risk', topic: 'violence', pattern: /\b(?:bleeds?(?! heart| edge)|throat (?:cut|slit)|murder(?:er)?(?! of crows| mystery)|massacres?|slaughter(?:s|ed|ing)?|execution(?: by|-style)?|firing squad|shot (?:dead|in the (?:head|chest|back))|gunned down|headshot wound|gun to (?:his|her|the|a) head|crucifi\w+|domestic violence|war crimes?|hostages?|kidnap(?:ping|per)?)\b|流血|杀死|杀害|枪杀|刺死|谋杀|屠杀/gi, instead: 'a tense stand-off', takes: 'clause' },
  { level: 'risk', topic: 'self-harm', pattern: /\b(?:suicid(?:e|al)|noose(?: around)?|on the ledge about to jump|overdose)\b/gi, instead: 'a moment of despair', takes: 'clause' },
  { level: 'risk', topic: 'drugs', pattern: /\b(?:snort(?:s|ing)? (?:a )?(?:line|powder|white)(?: \w+)?|inject(?:s|ing)? (?:drugs?|himself|herself|heroin)|smok(?:es?|ing) (?:weed|crack|pot|a joint|marijuana|opium))\b/gi, instead: 'with hollow eyes' },
  { level: 'risk', topic: 'drugs', pattern: /\b(?:cocaine|heroin|crystal meth|meth(?:amphetamine)?|crack pipe|drug (?:deal\w*|use|addict\w*|abuse)|bong|fentanyl|lsd)\b|毒品|吸毒|大麻/gi, instead: 'a small paper packet' },
  { level: 'risk', topic: 'minors in danger', pattern: new RegExp(`\\b${MINOR}\\b[^.;,]{0,40}\\b(?:gun|rifle|pistol|knife|weapon|cigarette|beer|whisk(?:e)?y|vodka|drunk|drown\\w*|beaten|abused|kidnapp\\w+|crying in fear)\\b`, 'gi'), instead: 'a child with a toy' },
  { level: 'risk', topic: 'politics', pattern: /\b(?:nazi(?:s| flag| salute| soldiers?| uniform)?|swastika|third reich|tiananmen(?: square (?:massacre|protests?))?|tank man|free tibet|taiwan(?:ese)? independence|uyghur\w*|hong kong protest\w*|political (?:rally|protest|assassination)|burn(?:s|ed|ing)? (?:a|the|an|their|his|her) (?:\w+ ){0,2}flags?|flag burning|coup d'[ée]tat|assassinat\w+|election fraud|riot police beat\w*|confederate flag|communist party|propaganda poster)\b|天安门|台独|藏独|疆独|六四|习近平|国旗/gi, instead: 'a crowd in a square with plain banners', takes: 'clause' },
  { level: 'risk', topic: 'dangerous acts', pattern: /\b(?:pipe bomb|molotov(?: cocktail)?|car bomb|time bomb|bomb (?:vest|making)|ak-?47|assault rifle|machine gun|grenade(?! apple)|sniper (?:rifle|shoots?)|improvised explosive)\b|炸弹|步枪/gi, instead: 'a heavy case' },
  { level: 'risk', topic: 'religion', pattern: /\b(?:prophet muhammad|muhammad the prophet|burn(?:s|ing) (?:a|the) (?:qur'?an|koran|bible|torah)|jesus (?:with a gun|smoking|drunk))\b/gi, instead: 'an old book on a table' },

  { level: 'note', topic: 'violence', pattern: /\b(?:blood(?! orange| moon| red|hound|-red| type| pressure| vessels?| sugar| test| donation| brother)|guns?(?!powder|metal)|pistol|rifle|revolver|shotgun|war|battlefield|explosion|explod\w+|fight(?:s|ing)?|sword ?fight\w*|wound(?:ed)?|corpse flower|skull|zombies?)\b/gi, instead: '' },
  { level: 'note', topic: 'sexual content', pattern: /\b(?:kiss(?:es|ing)?|bikini|swimsuit|underwear|bathtub|shower(?:s|ing)?|bed scene)\b/gi, instead: '' },
  { level: 'note', topic: 'alcohol and tobacco', pattern: /\b(?:cigarettes?|cigars?|smok(?:es|ing) (?:a )?(?:cigarette|pipe|cigar)|drunk|whisk(?:e)?y|vodka|wine|beer)\b/gi, instead: '' },
];

/** Words that a risk word is part of in everyday speech. */
const HARMLESS = /\b(?:blood orange|blood moon|bloodhound|stab at|murder of crows|murder mystery|bath bomb|naked eye|photo shoot|shoots? (?:a |the )?(?:photo|film|hoop|ball|basket|arrow|pool|portrait|picture|video|goal|penalty|free throw|star)\w*|dead (?:leaves|tree|wood|end)|killer whale|nude[- ](?:colou?r\w*|lipstick|ton(?:e|ed|es)|heels|shades?|palette|make-?up|lip|nails)|dying light|time bomb(?:er)? jacket|cutting board)\b/gi;

function hitsOf({ reading: { inPlain } }: Context, entries: readonly PolicyEntry[], patterns: readonly RegExp[]): { span: Span; entry: PolicyEntry }[] {
  if (!inPlain.mayHold(patterns)) return [];
  const harmless = inPlain.spans(HARMLESS).map(({ span }) => span);
  const hits = entries.flatMap((entry) => inPlain.spans(entry.pattern).map(({ span }) => ({ span, entry })));
  return hits.filter(({ span }) => !harmless.some(([start, end]) => span[0] >= start && span[0] < end)).sort((a, b) => a.span[0] - b.span[0]);
}

function reworded(text: string, hits: readonly { span: Span; instead: string }[]): string {
  let result = '';
  let at = 0;
  let last = '';
  for (const { span, instead } of hits) {
    if (span[0] < at) {
      at = Math.max(at, span[1]);
      continue;
    }
    let between = text.slice(at, span[0]);
    // Neutral words that bring their article need none before them.
    if (/^(?:a|an) /.test(instead)) between = between.replace(/\b(?:a|an|the|his|her|their)\s+$/i, '');
    // The same words twice in a row are said once.
    result += between + (instead === last ? '' : instead);
    if (/^[aeiou]/i.test(instead)) result = result.replace(/\b([Aa])\s+(?=\S+(?:\s\S+)?$)/, (all, article: string, offset: number) => (result.slice(offset).trim() === `${article} ${instead}` ? `${article}n ` : all));
    last = instead;
    at = span[1];
  }
  return tidied((result + text.slice(at)).replaceAll(/\s+,/g, ','));
}

/** Neutral words where the words are Chinese, by topic. */
const IN_CHINESE: Readonly<Record<string, string>> = { 'sexual content': '衣着得体', 'graphic violence': '击倒', violence: '击倒', 'self-harm': '独自沉默', 'terrorism and extremism': '空旷的广场', politics: '素色的横幅', drugs: '小纸包', 'dangerous acts': '沉重的箱子' };

function wordsTaken(text: string, span: Span, takes: PolicyEntry['takes']): Span {
  if (takes === undefined) return span;
  const [from, to] = clauseAround(text, span);
  return [takes === 'rest' ? span[0] : from + (/^\s*/.exec(text.slice(from, span[0]))?.[0].length ?? 0), Math.max(to, span[1])];
}

/** What stands for the words, and for how many of them. */
function neutral(text: string, span: Span, { topic, instead, takes }: PolicyEntry): { span: Span; instead: string } {
  return isChinese(text, span) ? { span, instead: IN_CHINESE[topic] ?? '' } : { span: wordsTaken(text, span, takes), instead };
}

function levelRule(code: 'POLICY_BLOCK' | 'POLICY_RISK' | 'POLICY_NOTE', level: PolicyEntry['level'], words: (topics: string) => string): Rule {
  const entries = POLICY.filter((entry) => entry.level === level);
  // Who rewords what is refused rewords what may be, in the same go.
  const alsoReworded = level === 'block' ? POLICY.filter((entry) => entry.level === 'risk') : [];
  const patterns = entries.map(({ pattern }) => pattern);
  return {
    code,
    find(context): Finding[] {
      const hits = hitsOf(context, entries, patterns);
      const [first] = hits;
      if (first === undefined) return [];
      const { text } = context.reading;
      const topics = listed([...new Set(hits.map(({ entry }) => entry.topic))]);
      const all = (): typeof hits => [...hits, ...hitsOf(context, alsoReworded, alsoReworded.map(({ pattern }) => pattern))].sort((a, b) => a.span[0] - b.span[0]);
      return [{ span: first.span, message: `${quoted(text, first.span)}: ${words(topics)}`, ...(level === 'note' ? {} : { label: 'say it in neutral words', repair: () => ({ prompt: reworded(text, all().map(({ span, entry }) => neutral(text, span, entry)).sort((a, b) => a.span[0] - b.span[0])) }) }) }];
    },
  };
}

export const POLICY_RULES: readonly Rule[] = [
  levelRule('POLICY_BLOCK', 'block', (topics) => `Kling refuses ${topics}`),
  levelRule('POLICY_RISK', 'risk', (topics) => `Kling often refuses ${topics}`),
  levelRule('POLICY_NOTE', 'note', (topics) => `harmless as a rule; if Kling refuses the clip, look here first (${topics})`),
];
