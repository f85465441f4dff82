import { isFigure } from '../reading/figures.ts';
import type { Finder } from '../reading/finder.ts';
import { spansOf, type Span } from '../reading/text.ts';
import { REFERENCE } from './clip-rules.ts';
import { quoted, tidied, type Rule } from './rule.ts';

/** Texts that are not yet, or not only, the prompt of one shot. */

const TO_BE_NAMED = 'name|subject|character|location|place|city|country|landmark|action|style|mood|colou?r|object|setting|time(?: of day)?|weather|camera(?: move(?:ment)?)?|lighting|age|gender|animal|vehicle|weapon|food|season|creature|person|emotion|hero|brand|product|text|number';

const PLACEHOLDERS: readonly RegExp[] = [
  /\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{0,60}\}|\{%[^%\n]{0,60}%\}|(?<![{\w])\{[a-z][\w ]{0,30}\}(?!\})/gi,
  new RegExp(`\\[(?:insert|your|add|describe|enter|choose|tbd|todo|placeholder|fill in|put|name of)\\b[^\\]\\n]{0,80}\\]|\\[(?:${TO_BE_NAMED}|x|\\.{2,}|_+)\\]`, 'gi'),
  new RegExp(`<(?:insert|your|${TO_BE_NAMED})\\b[^<>\\n]{0,40}>`, 'gi'),
  /<[A-Z]{2,}(?:[_ ][A-Z0-9]+)*>|\[[A-Z]{2,}(?:_[A-Z0-9]+)+\]/g,
  /(?<![\w])(?:TODO|TBD|FIXME|XXX+|lorem ipsum)(?![\w])(?::[^.\n]{0,80}\.?)?|(?<![\w%])%[sd]\b|__[A-Z][A-Z0-9_]{1,30}__|_{4,}/gu,
];

const PLACEHOLDERS_AND_REFERENCES = [...PLACEHOLDERS, REFERENCE];

const PLACEHOLDER_UNRESOLVED: Rule = {
  code: 'PLACEHOLDER_UNRESOLVED',
  find({ reading: { inText, text }, input }) {
    if (!inText.mayHold(PLACEHOLDERS_AND_REFERENCES)) return [];
    const hits = PLACEHOLDERS.flatMap((pattern) => inText.spans(pattern));
    const references = inText.spans(REFERENCE).filter(({ match }) => Number(match[1]) > (input.clip.references ?? 0) || Number(match[1]) === 0);
    const [first] = [...hits, ...references].sort((a, b) => a.span[0] - b.span[0]);
    if (first === undefined) return [];
    const isReference = references.includes(first);
    return [
      {
        span: first.span,
        message: isReference ? `${quoted(text, first.span)} names a picture or voice that does not go with this request` : `${quoted(text, first.span)} was to be filled in`,
        label: isReference ? 'name the thing in words, or send what it names' : 'fill it in: the words inside stand for it until then',
        repair: () => ({ prompt: filledIn(text, [...hits, ...references].map(({ span }) => span)) }),
      },
    ];
  },
};

/** `{{name}}` becomes what it asks for in plain words, where there are some. */
function filledIn(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (start < at) continue;
    const words = text.slice(start, end).replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '').replaceAll(/[_.]+/g, ' ').replace(/^(?:insert|your|add|describe|enter|choose|fill in|put|name of|todo|tbd|fixme|xxx+|lorem ipsum|placeholder|s|d)\b\s*/i, '').replace(/\s\d+$/, '').trim().toLowerCase();
    const named = text.startsWith('%s', start) ? 'a person' : /^(?:TODO|TBD|FIXME)/.test(text.slice(start, end)) || words === '' ? '' : (PLAIN_WORDS[words] ?? `the ${words}`);
    // `the [landmark]` has its article.
    const before = text.slice(at, start);
    const article = /\b(an?|the|his|her|its|their|my|your|our)\s+$/i.exec(before)?.[1];
    const noun = article === undefined ? named : named.replace(/^(?:an?|the) /, '');
    result += (/^a$/i.test(article ?? '') && /^[aeiou]/i.test(noun) ? before.replace(/(\ba)(\s+)$/i, '$1n$2') : before) + noun;
    at = end;
  }
  return tidied(result + text.slice(at));
}
const PLAIN_WORDS: Record<string, string> = { name: 'a person', subject: 'a person', character: 'a person', hero: 'a person', city: 'a city', location: 'a quiet place', place: 'a quiet place', action: 'walking', style: 'natural', mood: 'calm', object: 'a wooden box', color: 'red', colour: 'red', image: 'the person', element: 'the person', voice: '', video: 'the scene', x: '', 'camera move': 'slow push-in', 'camera movement': 'slow push-in', camera: 'slow push-in', lighting: 'soft light', weather: 'sunny', landmark: 'a tower', animal: 'a dog', 'time of day': 'morning' };

const FOREIGN: readonly RegExp[] = [
  // A list of what is to be left out, up to the next setting.
  /(?<![\w-])(?:--|—|––)(?:no|neg)[ =]+(?![-–—([<])(?:(?!\s(?:--|—|––)\w)[^.\n]){1,200}/gi,
  /(?<![\w-])(?:--|—|––)(?:ar|v|version|style|stylize|s|q|quality|seed|no|chaos|c|niji|tile|iw|cref|cw|sref|sw|sv|weird|w|stop|hd|raw|p|motion|fps|neg|duration|aspect|camera|cfg|steps|turbo|fast|relax|repeat|r|video|loop|end)(?:[ =]+(?![-–—([<])[\w.:/%-]+)?(?![\w])/gi,
  /(?<!\()\(+[^()\n]{1,80}?:[^\S\n]?-?\d(?:\.\d+)?[^\S\n]?\)+|\[[^[\]\n]{1,60}:[^\S\n]?-?\d(?:\.\d+)?\]/gu,
  /\({2,3}[^()\n]{1,80}\){2,3}|\[{2,3}[^[\]\n]{1,60}\]{2,3}/gu,
  /<(?:lora|hypernet|lyco|embedding)\s*:[^<>\n]{1,60}>|\bembedding:\w+/gi,
  /(?<![\p{L}])(?:(?:sampler|scheduler|checkpoint)\s*[:=][^,;\n]{1,40}|(?:seed|steps|cfg(?:[ _-]?scale)?|guidance(?:[ _-]?scale)?|clip skip|denois(?:e|ing)(?: strength)?|model hash|motion[ _]?bucket(?:[ _]?id)?|num[ _]?frames|fps|width|height|strength|aspect[ _]ratio|resolution)\s*[:=]\s*(?:[\w.+-]+(?:\s*[x×:/]\s*\d+)?))/giu,
  /(?<![\p{L}])negative[ _]prompt\s*[:=]\s*[^.\n]{0,300}/giu,
  /(?<=\w)\s?::\s?-?\d+(?:\.\d+)?/gu,
  /(?<![\w/])\/imagine(?: prompt:?)?|\bBREAK\b(?=\s*[,\n])/gu,
];

function foreignSpans(inText: Finder): Span[] {
  if (!inText.mayHold(FOREIGN)) return [];
  const spans = FOREIGN.flatMap((pattern) => inText.spans(pattern).map(({ span }) => span)).sort((a, b) => a[0] - b[0]);
  return spans.filter((span, index) => index === 0 || span[0] >= (spans[index - 1]?.[1] ?? 0));
}

const FOREIGN_PARAMETERS: Rule = {
  code: 'FOREIGN_PARAMETERS',
  find({ reading: { inText, text }, input, model }) {
    const spans = foreignSpans(inText);
    const [first] = spans;
    if (first === undefined) return [];
    return [{ span: first, message: `${quoted(text, first)} is another tool’s syntax, which Kling reads as words`, label: 'take it out', repair: () => ({ prompt: withoutSyntax(text, spans), ...negativeOf(text, spans, input.negativePrompt, model?.features.negativePrompt !== undefined) }) }];
  },
};

/** `Negative prompt: blurry, text` has its own place. */
function negativeOf(text: string, spans: readonly Span[], known: string | undefined, hasPlace: boolean): { negativePrompt?: string } {
  const listedThere = spans.flatMap((span) => /^(?:negative[ _]prompt\s*[:=]|(?:--|—|––)(?:no|neg)[ =])\s*(.+)$/is.exec(text.slice(...span))?.[1]?.trim().replace(/[\s,;]+$/, '') ?? []);
  return !hasPlace || listedThere.length === 0 ? {} : { negativePrompt: [known?.trim() ?? '', ...listedThere].filter(Boolean).join(', ') };
}

/** Weights go, their words stay: `(cinematic:1.3)` becomes `cinematic`. */
function withoutSyntax(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const [start, end] of spans) {
    // A weight below nothing was meant to keep the thing out.
    const weighted = /^[([]+\s*([^()[\]:\n]*?)\s*(?::\s*\d(?:\.\d+)?)?\s*[)\]]+$/.exec(text.slice(start, end))?.[1];
    result += text.slice(at, start) + (weighted ?? '');
    at = end;
  }
  return tidied(result + text.slice(at)).replaceAll(/(?<=^|\s)--?(?=\s|$)/g, '').trim();
}

const HEADING = /^[^\S\n]*(?:\d+[A-Z]?\.?\s+)?((?:INT|EXT|EST|INT\.?\/EXT|I\/E)[./ ]+[^\n]{2,80})$/mu;
const CUE = /^[^\S\n]*((?!INT|EXT|CUT|FADE)\p{Lu}[\p{Lu} .'’-]{1,30}?)(?:\s*\((?:V\.?O\.?|O\.?S\.?|O\.?C\.?|CONT'?D|CONT’D)\))?[^\S\n]*\n[^\S\n]*(?:\(([^)\n]{1,60})\)[^\S\n]*\n[^\S\n]*)?(?=[^\n]*\p{Ll})([^\n]{1,400})/gmu;
const TRANSITION = /^[^\S\n]*(?:FADE IN:?|FADE OUT\.?|FADE TO BLACK\.?|THE END|CUT TO:|SMASH CUT TO:|DISSOLVE TO:)[^\S\n]*$/gmu;

const SCREENPLAY_FORMAT: Rule = {
  code: 'SCREENPLAY_FORMAT',
  find({ reading: { inText, text } }) {
    const heading = inText.first(HEADING);
    const inline = heading === null ? /^\s*((?:INT|EXT|INT\.?\/EXT|I\/E)\.\s?[^\n.]{2,60}?\s+[-–—]\s+(?:DAY|NIGHT|MORNING|EVENING|DUSK|DAWN|AFTERNOON|CONTINUOUS|LATER))\b/u.exec(text) : null;
    const cues = text.includes('\n') ? spansOf(text, CUE) : [];
    const at = heading ?? inline ?? cues[0]?.match ?? null;
    if (at === null) return [];
    return [{ span: [at.index, at.index + at[0].length], message: 'this is a page of a screenplay, not the words of a shot: headings and cues end up in the picture as writing', label: 'say place and time in a sentence, and lines as “name says”', repair: () => ({ prompt: proseOf(text) }) }];
  },
};

function proseOf(text: string): string {
  return tidied(
    text
      .replaceAll(TRANSITION, '')
      .replaceAll(CUE, (_, name: string, manner: string | undefined, line: string) => `${titled(name)} says${manner === undefined ? '' : `, ${manner.toLowerCase()}`}: "${line.trim()}"`)
      .replaceAll(/^[^\S\n]*(?:\d+[A-Z]?\.?\s+)?(INT|EXT|EST|INT\.?\/EXT|I\/E)[./ ]+([^\n.]{2,80}?)(?:\s+[-–—]+\s+([^\n.]{2,40}))?\.?(?=\n|$|\s+\p{Lu}\p{Ll})/gmu, (_, where: string, place: string, time: string | undefined) => `${where === 'EXT' ? 'Outside' : 'Inside'}, ${place.trim().toLowerCase()}${time === undefined ? '' : `, ${time.trim().toLowerCase()}`}.`)
      // A heading with the action on the same line.
      .replaceAll(/^[^\S\n]*(?:\d+[A-Z]?\.?\s+)?(INT|EXT|EST|INT\.?\/EXT|I\/E)[./ ]+/gmu, (_, where: string) => `${where === 'EXT' ? 'Outside' : 'Inside'}, `)
      .replaceAll(/\n+/g, ' ')
      .trim(),
  );
}

function titled(name: string): string {
  return name.trim().toLowerCase().replaceAll(/(?<![\p{L}])\p{L}/gu, (letter) => letter.toUpperCase());
}

const SHOT_BREAKS: readonly RegExp[] = [
  /(?<![\p{L}])(?:(?:smash |hard |match |jump )?cut(?:s|ting)? (?:back )?to(?: black)?|fade(?:s)? to(?! black)|dissolve(?:s)? to|wipe to|next (?:shot|scene)|new (?:shot|scene)|scene change|the scene (?:changes|shifts|switches|cuts) to|switch(?:es)? to (?:a |the )?(?:shot|scene|view)|(?:then )?we cut to|meanwhile,? (?:in|at|on|across)|intercut(?:s|ting)? with)(?![\p{L}])\s*[:,]?/gu,
  /(?:^|[\n.;,|。；，]\s{0,3})(?:\[?(?:shot|scene|clip|cut|take|frame|镜头|场景|分镜)\s*#?\s*(?:\d{1,2}|one|two|three|four|five|six|[一二三四五六])\s*(?:\]|\]?\s*(?:\([^)\n]{1,20}\)\s*)?[:：.–—-])|(?:the )?(?:first|second|third|fourth|next|final|last) (?:shot|scene|clip)\s*[:：–—-]|第[一二三四五六]个?(?:镜头|场景|画面)\s*[:：，,])/gi,
  /(?:^|[\n.;,]\s{0,3})[[(]?\d{1,2}:\d\d\s*[-–—]\s*\d{1,2}:\d\d[\])]?\s*[:：]?|(?:^|[\n.;,]\s{0,3})[[(]?\d{1,2}(?::\d\d)?\s*s?\s*[-–—]\s*\d{1,2}(?::\d\d)?\s*(?:s(?:ec(?:onds?)?)?)?(?:[\])]\s*[:：]?|\s*[:：])/gi,
  /切换到|切至|画面切到|下一个镜头|镜头切/gu,
  /(?:^|\n)[^\S\n]{0,4}\d[.)]\s{1,3}(?=\p{Lu})/gu,
];

const MULTIPLE_SHOTS: Rule = {
  code: 'MULTIPLE_SHOTS',
  find({ reading: { inPlain, inText, text }, input }) {
    if (input.clip.multiPrompt !== undefined) return [];
    const breaks = SHOT_BREAKS.flatMap((pattern, kind) => {
      const hits = (kind === 4 ? inText : inPlain).spans(pattern).map(({ span }) => ({ span, opens: kind === 1 || kind === 2 || kind === 4 }));
      // `Shot 1:` alone is a label; two are two shots.
      return hits[0]?.opens === true && hits.length < 2 ? [] : hits;
    }).sort((a, b) => a.span[0] - b.span[0]);
    const [first] = breaks;
    if (first === undefined) return [];
    const edges = breaks.map(({ span }) => span);
    const pieces = [text.slice(0, edges[0]?.[0]), ...edges.map(([, end], index) => text.slice(end, edges[index + 1]?.[0]))].map((piece) => tidied(piece.trim().replace(/^[:.\s—–-]+/, '')).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
    if (pieces.length < 2) return [];
    return [{ span: first.span, message: `${pieces.length} shots in one prompt: a clip is one shot`, label: 'film the first here, and each other as a shot of its own', repair: () => ({ prompt: pieces[0] ?? '' }), newShots: () => pieces.slice(1) }];
  },
};

const CONTINUITY: readonly RegExp[] = [
  /(?:,[^\S\n]?|[^\S\n])?(?:just |exactly )?(?:(?:the )?same )?(?:as|like|from|continuing(?: on)? from|continued from|matching|similar to|seen in|shown in|established in|carrying on from|picking up from|following on from)\s+(?:in |the one in |it was in |we saw in )?(?:the |my |our )?(?:(?:previous|last|earlier|prior|preceding|above|before-mentioned) (?:clip|shot|scene|video|one|image|frame|take|prompt|sequence|part|picture|generation)s?|(?:first )?(?:clip|shot|scene|video|take)(?: (?:\d{1,2}|one|two|three|four|five))?(?<=first \w+|\d|one|two|three|four|five))\b/gi,
  /(?:,[^\S\n]?|[^\S\n])?\b(?:just |exactly )?(?:as|like) (?:before|previously|earlier|above|last time)\b(?! (?:the|a|dawn|christmas|\w+ing))|\b(?:same (?:as|like) (?:before|above|previously|earlier|last time))\b/gi,
  /\b(?:the |my |our )?(?:previous|last|earlier|prior|preceding) (?:clip|shot|scene|video|prompt|generation|take)\b/gi,
  /(?:(?:,[^\S\n]?|[^\S\n])?\b(?:who|which|that) (?:we|you) (?:saw|met|know)[^,.;]{0,30})/gu,
  /(?<!never )\b(?:as )?(?:mentioned|described|seen|introduced) (?:above|earlier|previously)\b/gi,
  /\b(?:remember|recall) (?:the|that|when|how)\b[^,.;]{0,40}\b(?:clip|shot|scene|video|before|earlier)\b/gi,
  /\bcontinu(?:e|es|ing|ation)(?: of| from| with)? (?:where (?:we|it|the)[^,.;]{0,40}|(?:the )?(?:previous|last|prior) \w+|(?:shot|scene|clip|take|video|part) \w+)/gu,
  /\bfrom (?:earlier|before)\b(?! (?:the|a|an|dawn|sunrise|that|this|\d))/gu,
  /[和与跟同像接](?:上|前)一(?:个|段)?(?:镜头|视频|片段|场景)(?:一样|相同)?(?:的)?|上一(?:个|段)?(?:镜头|视频|片段)|(?:同|跟)之前一样/gu,
];
/** `the same woman` with nothing in this prompt that it is the same as. */
const SAME = /\bthe same (?=(?:old |young |tall |little |elderly |mysterious )?(?:man|woman|boy|girl|child|person|character|people|couple|dog|cat|house|room|place|location|street|car|outfit|clothes|dress|coat|setting|scene|building|guy|actor|actress|hero|protagonist|figure|stranger|soldier|kitchen|city)\b)/gi;

const CONTINUITY_AND_SAME = [...CONTINUITY, SAME];

const CONTINUITY_REFERENCE: Rule = {
  code: 'CONTINUITY_REFERENCE',
  find({ reading: { inPlain, plain, text, figures }, input }) {
    if (!inPlain.mayHold(CONTINUITY_AND_SAME)) return [];
    const hits = CONTINUITY.flatMap((pattern) => inPlain.spans(pattern).map(({ span }) => span)).sort((a, b) => a[0] - b[0]);
    const same = inPlain.spans(SAME).map(({ span }) => span).filter(([start, end]) => {
      const noun = /^\s*(?:\w+ )?(\w+)/.exec(plain.slice(end))?.[1] ?? '';
      const before = plain.slice(0, start);
      // A sentence before it may have introduced whoever that is.
      return noun !== '' && !before.includes(noun) && !(/[.!?]\s/.test(before) && (!isFigure(noun) || figures.some(({ span }) => span[1] <= start) || /\b(?:individual|character)\b/.test(before)));
    });
    const [first] = [...hits, ...same].sort((a, b) => a[0] - b[0]);
    if (first === undefined || (input.clip.hasStartFrame === true && hits.length === 0)) return [];
    const spans = [...hits, ...same].sort((a, b) => a[0] - b[0]);
    return [{ span: first, message: `${quoted(text, first)} means nothing to Kling: it remembers no other clip`, label: 'describe it anew, in the words of the other shot (cast and look do that)', repair: () => ({ prompt: selfContained(text, spans, same) }) }];
  },
};

function selfContained(text: string, spans: readonly Span[], same: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const span of spans) {
    if (span[0] < at) continue;
    result += text.slice(at, span[0]);
    if (same.includes(span)) {
      const next = text.slice(span[1]);
      const article = /^(?:people|clothes)/i.test(next) ? '' : /^[aeiou]/i.test(next) ? 'an ' : 'a ';
      result += span[0] === 0 || /[.!?]\s*$/.test(result) ? article.charAt(0).toUpperCase() + article.slice(1) : article;
    }
    at = span[1];
    // `Same as before but at night` is at night.
    if (!same.includes(span) && /(?:^|[.!?:\n])\s*$/.test(result)) at += /^[\s,]*(?:(?:but|and|except|only)(?:\s(?:now|this time))?,?\s+(?=\p{L}))?/iu.exec(text.slice(at))?.[0].length ?? 0;
  }
  return tidied(result + text.slice(at)) || 'A person walks along an empty street.';
}

export const FORM_RULES: readonly Rule[] = [PLACEHOLDER_UNRESOLVED, FOREIGN_PARAMETERS, SCREENPLAY_FORMAT, MULTIPLE_SHOTS, CONTINUITY_REFERENCE];
