import type { Span } from '../reading/text.ts';
import { quoted, type Context, type Finding, type Rule } from './rule.ts';
import type { IssueCode } from './issue.ts';
import { withLead, withoutKind } from './without-kind.ts';

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

const TURNS = /\b(?:all (?:through the )?(?:night|day|morning|afternoon|evening)|overnight|through the night|the (?:next|following) (?:day|morning|evening|night)|last night|by (?:dawn|morning|noon|nightfall)|since (?:dawn|morning|noon|sunrise)|turn(?:s|ing)? (?:in)?to|becom(?:es?|ing)|chang(?:es?|ing)|shift(?:s|ing)?|transition(?:s|ing)?|fad(?:es?|ing)|(?:dawn|dusk|day|night|morning|evening|sunrise|sunset) (?:or|and|to) (?:dawn|dusk|day|night|morning|evening|sunrise|sunset)|giv(?:es|ing) way to|then|until|before|after|from (?:\w+ ){1,3}(?:to|into)|time[- ]?lapse|hyperlapse|day[- ]to[- ]night|night[- ]to[- ]day|day and night|split[- ]screen|half .{1,40} half|transform(?:s|ing)?|morph(?:s|ing)?|later|memory of|dream(?:s|ing)? of|painting of|photo(?:graph)? of|poster of|while outside|breaks? through|clears|clearing)\b|变成|逐渐|从.{1,12}到|然后|之后/i;

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
      wet: /\b(?:pouring rain|heavy rain|raining|rainstorm|downpour|thunderstorm|thunderclouds?|storm clouds?|stormy|rainy|torrential|drizzl(?:e|ing)(?! of| over)|overcast|hailstorm|hail|(?:in|under|through|falling|driving|light|cold|summer) rain|monsoon|heavy clouds|rain (?:falls?|pours?|lashes|hammers|pelts))\b|大雨(?:倾盆|滂沱)?|暴雨|下雨|雷雨|阴天/gi,
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
      drawn: /\b(?:anime|manga|cartoon(?:ish|y)?|cel[- ]shaded|2d animat(?:ion|ed)|hand[- ]drawn|comic[- ]book (?:style|art)|storybook illustration|ghibli|flat illustration|line art|2d (?:style|art|cartoon))\b|二次元(?:动漫|风格)?|动漫|动画|卡通|手绘|漫画/gi,
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

export const CONFLICT_RULES: readonly Rule[] = OPPOSITES.map(oppositeRule);
