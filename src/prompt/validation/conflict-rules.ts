import { countedNouns } from '../reading/figures.ts';
import { SEQUENCE, type CameraCue, type CameraMove } from '../reading/camera.ts';
import type { Span } from '../reading/text.ts';
import { clauseAround, quoted, replaced, tidied, type Context, type Finding, type Rule } from './rule.ts';
import type { IssueCode } from './issue.ts';

/** Two things one picture cannot be at once. */

interface Hit {
  group: string;
  span: Span;
}

/** Words of a kind, and which of them exclude each other. */
interface Opposites {
  code: IssueCode;
  what: string;
  groups: Readonly<Record<string, RegExp>>;
  pairs: readonly (readonly [string, string])[];
  /** Where the words say that one becomes the other, both are meant. */
  unless: RegExp;
}

const TURNS = /\b(?:turn(?:s|ing)? (?:in)?to|becom(?:es?|ing)|chang(?:es?|ing)|shift(?:s|ing)?|transition(?:s|ing)?|fad(?:es?|ing)|(?:dawn|dusk|day|night|morning|evening|sunrise|sunset) (?:or|and|to) (?:dawn|dusk|day|night|morning|evening|sunrise|sunset)|giv(?:es|ing) way to|then|until|before|after|from (?:\w+ ){1,3}(?:to|into)|time[- ]?lapse|hyperlapse|day[- ]to[- ]night|night[- ]to[- ]day|day and night|split[- ]screen|half .{1,40} half|transform(?:s|ing)?|morph(?:s|ing)?|later|memory of|dream(?:s|ing)? of|painting of|photo(?:graph)? of|poster of|while outside|breaks? through|clears|clearing)\b|变成|逐渐|从.{1,12}到|然后|之后/i;

const OPPOSITES: readonly Opposites[] = [
  {
    code: 'TIME_CONFLICT',
    what: 'times of day',
    groups: {
      dawn: /\b(?:dawn|sunrise|daybreak|first light|early morning|morning(?![- ](?:star|coat|glory|dress|suit)))\b|清晨|黎明|日出|早晨/gi,
      day: /\b(?:midday|noon|noontime|high noon|daylight|broad daylight|daytime|afternoon|bright sun(?:light|shine)?|sun-?drenched|midday sun|bright day|sunny(?! smile| side| disposition| yellow))\b|正午|中午|白天|下午/gi,
      dusk: /\b(?:dusk|sunset|twilight|nightfall|evening(?![- ](?:gown|dress|wear|star|bag|primrose)))\b|黄昏|日落|傍晚/gi,
      night: /\b(?:night(?![- ]?(?:light|gown|stand|shift|club|mare|shirt|cap|vision|watch|jar|ingale|table))|nighttime|midnight(?![- ](?:blue|black))|moonlight|moonlit|starlight|starlit|starry(?! eyes| eyed))\b|夜晚|午夜|深夜|月光/gi,
    },
    pairs: [['day', 'night'], ['dawn', 'dusk'], ['dawn', 'night'], ['day', 'dusk']],
    unless: TURNS,
  },
  {
    code: 'WEATHER_CONFLICT',
    what: 'weathers',
    groups: {
      clear: /\b(?:cloudless|clear (?:blue )?(?:sky|skies|weather|day)|(?:bright )?blue (?:sky|skies)|sunny(?! smile| side| disposition| yellow)|bright sunshine|blazing sun|scorching sun|without a cloud|sun-?drenched)\b|晴空|晴朗|万里无云|烈日/gi,
      wet: /\b(?:pouring rain|heavy rain|raining|rainstorm|downpour|thunderstorm|thunderclouds?|storm clouds?|stormy|rainy|torrential|drizzl(?:e|ing)(?! of| over)|overcast|hailstorm|hail|(?:in|under|through|falling|driving|light|cold|summer) rain|monsoon|heavy clouds|rain (?:falls?|pours?|lashes|hammers|pelts))\b|大雨|暴雨|下雨|雷雨|阴天/gi,
      snow: /\b(?:blizzard|snowstorm|snowing|falling snow|snowfall|heavy snow|snow (?:falls?|falling|drifts down))\b|暴风雪|下雪|大雪/gi,
      heat: /\b(?:heat ?wave|heat haze|sweltering|scorching|tropical heat|desert heat)\b|酷热|炎热/gi,
      fog: /\b(?:dense fog|thick fog|heavy fog|pea-?soup|foggy)\b|浓雾|大雾/gi,
    },
    pairs: [['clear', 'wet'], ['clear', 'snow'], ['heat', 'snow'], ['clear', 'fog']],
    unless: new RegExp(`${TURNS.source}|\\b(?:rain-?soaked|after (?:the |a )?rain|sun ?shower|distant|in the distance|approach(?:es|ing)|gathering|roll(?:s|ing)? in|far away|on the horizon)\\b`, 'i'),
  },
  {
    code: 'STYLE_CONFLICT',
    what: 'styles',
    groups: {
      realistic: /\b(?:photo-?realis(?:tic|m)|photoreal|hyper-?realis(?:tic|m)|ultra-?realistic)\b|写实|照片级/gi,
      photo: /\b(?:live[- ]action|documentary(?: footage| style)?|realistic (?:photo(?:graph)?|footage|video)|real[- ]life footage|raw photo|cctv footage|security camera footage|news footage)\b|真人|纪录片/gi,
      drawn: /\b(?:anime|manga|cartoon(?:ish|y)?|cel[- ]shaded|2d animat(?:ion|ed)|hand[- ]drawn|comic[- ]book (?:style|art)|storybook illustration|ghibli|flat illustration|line art|2d (?:style|art|cartoon))\b|动漫|动画|卡通|手绘|漫画/gi,
      painted: /\b(?:watercolou?r(?: painting| style| animation| illustration)?(?! set| box)|oil painting(?: style)?|impressionist|charcoal (?:drawing|sketch)|pencil sketch|ink wash|gouache)\b|水彩|油画|水墨|素描/gi,
      pixel: /\b(?:pixel[- ]art|8-bit|16-bit|voxel)\b|像素/gi,
      stop: /\b(?:claymation|stop[- ]motion|plasticine|puppet animation|lego style)\b|定格动画|黏土/gi,
      render: /\b(?:3d (?:render(?:ed|ing)?|animat(?:ion|ed)|cartoon|cgi)|cgi (?:render|animation)|low[- ]poly|pixar(?: style)?)\b|三维动画|3d渲染/gi,
      mono: /\b(?:black[- ]and[- ]white|monochrome|grayscale|greyscale|b&w)(?! (?:cat|dog|cow|dress|striped?|tiles?|checkered|floor|photo|photograph|panda|shirt|stripes|uniform|fur|bird|keys?|portrait (?:on|hang)))\b|黑白/gi,
      vivid: /\b(?:(?:(?:vivid|vibrant|saturated|bright|rainbow|neon|full),? )+colou?rs?|colou?rful(?! language)|technicolor)\b|色彩鲜艳|五彩/gi,
    },
    // `Photorealistic 3D render` is one style; so the realistic is not the photographed.
    pairs: [['realistic', 'drawn'], ['realistic', 'painted'], ['realistic', 'pixel'], ['realistic', 'stop'], ['photo', 'drawn'], ['photo', 'painted'], ['photo', 'pixel'], ['photo', 'stop'], ['photo', 'render'], ['drawn', 'stop'], ['pixel', 'painted'], ['painted', 'render'], ['painted', 'stop'], ['stop', 'pixel'], ['mono', 'vivid']],
    unless: /\b(?:turns? into|becomes?|transforms?|morphs?|transition|watch(?:es|ing)|on (?:a |the )?(?:tv|television|screen)|paint(?:s|ing) (?:a|an|the)|draw(?:s|ing) (?:a|an|the)|holding (?:a|an)|mixed media|selective colou?r|poster|t-?shirt|comic book(?! style)|costume|into live|crossing into)\b|变成|电视上/i,
  },
  {
    code: 'SPEED_CONFLICT',
    what: 'speeds of the clip',
    groups: {
      slow: /\b(?:(?:super |extreme |ultra )?slow[- ]?mo(?:tion)?|bullet time|high[- ]speed camera|overcranked)\b|慢动作|慢镜头/gi,
      fast: /\b(?:time[- ]?lapse|hyper-?lapse|fast[- ]forward|sped[- ]up|fast[- ]motion|double speed|undercranked)\b|延时摄影|延时|快进|快动作/gi,
      frozen: /\b(?:freeze[- ]frame|frozen in time|time stands still)\b|定格画面/gi,
      hectic: /\b(?:fast[- ]paced|frantic|rapid|very fast|lightning[- ]fast|high[- ]speed)\b(?= (?:motion|movement|action|pace|camera|cuts))/gi,
    },
    pairs: [['slow', 'fast'], ['slow', 'hectic'], ['fast', 'frozen'], ['hectic', 'frozen']],
    unless: /\b(?:then|speed ramp(?:s|ing)?|ramps?|before|after|transition(?:s|ing)?|suddenly|from (?:\w+[- ]){1,4}to|slows? (?:down )?(?:in)?to|accelerat\w+|until|snaps? (?:back )?(?:in)?to)\b|然后|变速/i,
  },
];

function oppositeRule({ code, what, groups, pairs, unless }: Opposites): Rule {
  const patterns = Object.values(groups);
  return {
    code,
    find({ reading: { inPlain, plain, text } }: Context): Finding[] {
      if (!inPlain.mayHold(patterns)) return [];
      const hits = Object.entries(groups).flatMap(([group, pattern]): Hit[] => inPlain.spans(pattern).map(({ span }) => ({ group, span })));
      hits.sort((a, b) => a.span[0] - b.span[0]);
      for (const [index, first] of hits.entries()) {
        const second = hits.slice(index + 1).find((other) => pairs.some(([a, b]) => (a === first.group && b === other.group) || (b === first.group && a === other.group)));
        if (second === undefined || unless.test(aroundBoth(plain, first.span, second.span))) continue;
        // The kind that is named more often stays; of two equals the first.
        const [few, many] = count(hits, first.group) < count(hits, second.group) ? [first, second] : [second, first];
        const drop = hits.filter(({ group }) => group === few.group).map(({ span }) => span);
        return [
          {
            span: [first.span[0], second.span[1]],
            message: `two ${what} at once: ${quoted(plain, first.span)} and ${quoted(plain, second.span)}`,
            label: `keep ${quoted(plain, many.span)}`,
            repair: () => ({ prompt: withoutKind(text, withLead(plain, drop)) }),
          },
        ];
      }
      return [];
    },
  };
}

function count(hits: readonly Hit[], group: string): number {
  return hits.filter((hit) => hit.group === group).length;
}

/** What stands between two places and a little around them. */
function aroundBoth(text: string, a: Span, b: Span): string {
  return text.slice(Math.max(0, a[0] - 25), Math.min(text.length, b[1] + 25));
}

/** `Hyperrealistic pixel art of a samurai` without its second kind is a shot of a samurai still. */
function withoutKind(text: string, spans: readonly Span[]): string {
  let result = text;
  for (const [start, end] of spans.toReversed()) result = result.slice(0, start) + (/^\s+of\b/i.test(result.slice(end)) && !/\b(?:shot|footage|view|video|film)\s*$/i.test(result.slice(0, start)) ? 'shot' : '') + result.slice(end).replace(/^的/, '');
  return tidied(result);
}

const LEAD = /(?:\b(?:in|under|at|on|by|of|as|with|during|through)\s+(?:a |an |the |bright |soft |full |tight |early |late )*|\b(?:bright|soft|full|tight|early|late|the)\s+)$/i;

/** Each phrase with the small words that only lead to it: `under moonlight`. */
function withLead(plain: string, spans: readonly Span[]): Span[] {
  return spans.map(([start, end]) => [start - (LEAD.exec(plain.slice(Math.max(0, start - 24), start))?.[0].length ?? 0), end] as const);
}

const OPPOSITE_MOVES: readonly (readonly [CameraMove, CameraMove])[] = [['pan-left', 'pan-right'], ['tilt-up', 'tilt-down'], ['in', 'out'], ['crane-up', 'crane-down'], ['truck-left', 'truck-right']];
/** They do not move the place of the camera, or are how it is held. */
const NO_TRAVEL: ReadonlySet<CameraMove> = new Set(['static', 'rack-focus', 'aerial']);

function sequenced(plain: string, a: CameraCue, b: CameraCue): boolean {
  return SEQUENCE.test(plain.slice(a.span[1], b.span[0])) || /\b(?:first|starts?|begins?|opens?)\b[^.]{0,40}$/.test(plain.slice(Math.max(0, a.span[0] - 50), a.span[0]));
}

function cutCues({ reading: { plain } }: Context, cues: readonly CameraCue[]): Span[] {
  return cues.map(({ span }) => cuePhrase(plain, span));
}

/** A move with the words that only serve it: `and then slowly`, `as the camera`. */
export function cuePhrase(plain: string, [start, end]: Span): Span {
  const lead = /(?:(?:,\s*)?\b(?:and|then|as|while|with|it|a|an|the|camera|shot|slow(?:ly)?|smooth(?:ly)?|gentle|gently|quick(?:ly)?|fast|very|is|moves?|does|also|finally|followed by)\s+)+$/i.exec(plain.slice(Math.max(0, start - 60), start))?.[0].length ?? 0;
  const chineseLead = /镜头(?:缓缓|慢慢|缓慢|快速|同时)?$/.exec(plain.slice(0, start))?.[0].length ?? 0;
  if (chineseLead > 0) return [start - chineseLead, end];
  const trail = /^\s*(?:shot|movement|slowly|smoothly|gently|quickly|at the same time|around (?:him|her|it|them)\b|(?:to|towards?) (?:a|an|the) \w+)/i.exec(plain.slice(end))?.[0].length ?? 0;
  // What the move was about stays, behind its comma: `tripod shot, the camera orbits around a dancer`.
  const comma = /^(?:,\s*)/.exec(plain.slice(start - lead))?.[0].length ?? 0;
  return [/^\s*(?:a|an|the|his|her)\b/.test(plain.slice(end + trail)) ? start - lead + comma : start - lead, end + trail];
}

const CAMERA_CONFLICT: Rule = {
  code: 'CAMERA_CONFLICT',
  find(context) {
    const { camera, plain } = context.reading;
    if (camera.length < 2 || /\b(?:dolly[- ]zoom|vertigo|contra[- ]?zoom|zolly)\b/.test(plain)) return [];
    for (const [index, first] of camera.entries()) {
      for (const second of camera.slice(index + 1, index + 12)) {
        if (!OPPOSITE_MOVES.some(([a, b]) => (a === first.move && b === second.move) || (a === second.move && b === first.move))) continue;
        if (sequenced(plain, first, second)) continue;
        return [{ span: [first.span[0], second.span[1]], message: `the camera is asked for ${quoted(plain, first.span)} and ${quoted(plain, second.span)} at once`, label: `keep ${quoted(plain, first.span)}`, drop: cutCues(context, [second]) }];
      }
    }
    return [];
  },
};

const STATIC_CONFLICT: Rule = {
  code: 'STATIC_CONFLICT',
  find(context) {
    const { camera, plain } = context.reading;
    const still = camera.find(({ move }) => move === 'static');
    if (still === undefined) return [];
    const moving = camera.filter((cue) => !NO_TRAVEL.has(cue.move) && !sequenced(plain, ...(cue.span[0] < still.span[0] ? [cue, still] as const : [still, cue] as const)) && !/\bno\s+$/.test(plain.slice(Math.max(0, cue.span[0] - 4), cue.span[0])));
    const [first] = moving;
    if (first === undefined) return [];
    return [{ span: [Math.min(still.span[0], first.span[0]), Math.max(still.span[1], first.span[1])], message: `the camera stands still (${quoted(plain, still.span)}) and moves (${quoted(plain, first.span)})`, label: `keep ${quoted(plain, still.span)}`, drop: cutCues(context, moving) }];
  },
};

const CAMERA_OVERLOAD: Rule = {
  code: 'CAMERA_OVERLOAD',
  find(context) {
    const { camera, plain } = context.reading;
    const moves = camera.filter(({ move }) => !['static', 'handheld', 'shake', 'aerial'].includes(move)).filter((cue, index, all) => index === 0 || all[index - 1]?.move !== cue.move);
    const limit = 1 + Math.max(1, Math.ceil(context.input.clip.durationS / 5));
    if (moves.length <= limit) return [];
    const [first] = moves;
    return [{ span: [first?.span[0] ?? 0, moves.at(-1)?.span[1] ?? 0], message: `${moves.length} camera moves in ${context.input.clip.durationS} s: one, or two after each other, are followed`, label: `keep ${quoted(plain, first?.span ?? [0, 0])}`, drop: cutCues(context, moves.slice(1)) }];
  },
};

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
  ['high', /\bhigh[- ]angle\b|\btop[- ]down\b|\boverhead (?:shot|view)\b|\bbird'?s[- ]eye\b|俯视|俯拍/gi],
];
const REFRAMES = /\b(?:then|to|into|reveal(?:s|ing)?|pull(?:s|ing)? (?:back|out)|push(?:es|ing)? in|zoom(?:s|ing)?|doll(?:y|ies)|crane|cut(?:s|ting)?|follow(?:s|ed|ing)?|transition(?:s|ing)?|before|after|start(?:s|ing)?|begin(?:s|ning)?|end(?:s|ing)?|rack(?:s|ing)?|mov(?:es|ing))\b|推|拉|然后/i;
const FAR_APART = 4;

const FRAMINGS = [...SIZES, ...ANGLES].map(([, pattern]) => pattern);

const FRAMING_CONFLICT: Rule = {
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

const ALL_OF_THEM = /\b(?:all\s+(?:of\s+)?(?:the\s+)?(two|three|four|five|six|seven|eight|nine|ten)(?:\s+of\s+them)?|the (two|three|four|five|six|seven) of them|both of them|all (two|three|four|five|six|seven))\b/i;

const COUNT_CONFLICT: Rule = {
  code: 'COUNT_CONFLICT',
  find({ reading: { inPlain, plain, text, figures: groups } }) {
    const counted = countedNouns(inPlain);
    const all = inPlain.first(ALL_OF_THEM);
    if (all !== null) {
      const word = (all[1] ?? all[2] ?? all[3] ?? 'two').toLowerCase();
      const number = VALUES[word] ?? 2;
      const before = [...counted.filter(({ span }) => span[0] < all.index).map(({ count: amount, span }) => ({ amount, span })), ...groups.filter(({ span, count: amount }) => span[0] < all.index && amount !== undefined).map(({ count: amount, span }) => ({ amount: amount ?? 0, span }))].sort((a, b) => a.span[0] - b.span[0]);
      const total = before.filter(({ span }, index) => index === 0 || span[0] >= (before[index - 1]?.span[1] ?? 0)).reduce((sum, { amount }) => sum + amount, 0);
      if (before.length > 0 && total !== number && !before.some(({ amount }) => amount === number)) {
        return [{ span: [before[0]?.span[0] ?? 0, all.index + all[0].length], message: `two numbers for the same: ${quoted(plain, before[0]?.span ?? [0, 0])} and ${quoted(plain, [all.index, all.index + all[0].length])}`, label: `keep ${quoted(text, before[0]?.span ?? [0, 0])}`, ...sameNumber(text, before[0], all) }];
      }
    }
    for (const [index, first] of counted.entries()) {
      const second = counted.slice(index + 1).find((other) => other.noun === first.noun && other.count !== first.count);
      if (second === undefined || /\b(?:then|another|other|more|join(?:s|ed|ing)?|leav(?:es|ing)|of (?:the|them)|becom(?:es|ing)|split(?:s|ting)?|from|to|one|left|right|background|foreground|behind|and)\b/.test(plain.slice(first.span[1], second.span[1]))) continue;
      return [{ span: [first.span[0], second.span[1]], message: `two numbers for the same: ${quoted(plain, first.span)} and ${quoted(plain, second.span)}`, label: `keep ${quoted(text, first.span)}`, ...(first.count > 1 && second.count > 1 ? { repair: () => ({ prompt: replaced(text, second.numberSpan, text.slice(...first.numberSpan).toLowerCase()) }) } : { drop: [clauseAround(plain, second.span)] }) }];
    }
    return [];
  },
};

/** `Two cellists, the three of them bow`: the first number holds; beside one the phrase goes. */
function sameNumber(text: string, first: { amount: number; span: Span } | undefined, all: RegExpExecArray): Pick<Finding, 'drop' | 'repair'> {
  const word = Object.keys(VALUES).find((name) => VALUES[name] === first?.amount);
  const number = all[1] ?? all[2] ?? all[3];
  if (word === undefined || number === undefined) return { drop: [betweenCommas(text, [all.index, all.index + all[0].length])] };
  const at = all.index + all[0].toLowerCase().indexOf(number.toLowerCase());
  return { repair: () => ({ prompt: text.slice(0, at) + word + text.slice(at + number.length) }) };
}

/** A phrase set apart by commas goes with both of them. */
function betweenCommas(plain: string, [start, end]: Span): Span {
  const before = /,\s*$/.exec(plain.slice(0, start));
  const after = /^\s*,/.exec(plain.slice(end));
  return [start - (before?.[0].length ?? 0), end + (before === null ? 0 : (after?.[0].length ?? 0))];
}
const VALUES: Record<string, number> = { two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 };

export const CONFLICT_RULES: readonly Rule[] = [...OPPOSITES.map(oppositeRule), CAMERA_CONFLICT, STATIC_CONFLICT, CAMERA_OVERLOAD, FRAMING_CONFLICT, COUNT_CONFLICT];
