import { speechSeconds } from '../reading/language.ts';
import type { Span } from '../reading/text.ts';
import { soundOffer } from './clip-rules.ts';
import { quoted, tidied, type Context, type Finding, type Rule } from './rule.ts';
import { unheard } from './unheard.ts';

/** Spoken lines, and writing in the picture. */

/** A breath before and after. */
const AIR_S = 0.3;

function spokenOf({ reading: { quotes, text } }: Context): { text: string; spans: Span[] } {
  const lines = quotes.filter(({ kind }) => kind === 'speech');
  return { text: lines.map(({ inner }) => text.slice(...inner)).join(' '), spans: lines.map(({ inner }) => [...inner] as const) };
}

const DIALOGUE_TOO_LONG: Rule = {
  code: 'DIALOGUE_TOO_LONG',
  find(context) {
    const spoken = spokenOf(context);
    const { input, model, reading } = context;
    const neededS = speechSeconds(spoken.text);
    if (spoken.spans.length === 0 || neededS + AIR_S <= input.clip.durationS) return [];
    const longer = model?.durationsS.find((durationS) => durationS >= neededS + AIR_S);
    const message = `the lines take about ${neededS.toFixed(1)} s to say, and the clip lasts ${input.clip.durationS} s`;
    const first = spoken.spans[0] ?? ([0, 0] as const);
    if (longer !== undefined) return [{ span: first, message, label: `make the clip ${longer} s long`, repair: () => ({ clip: { ...input.clip, durationS: longer } }) }];
    const kept = keptLines(reading.text, spoken.spans, input.clip.durationS - AIR_S);
    return [{ span: first, message, label: 'say what fits here, and the rest in the next shot', repair: () => ({ prompt: kept.prompt }), newShots: () => kept.rest }];
  },
};

/** Lines cut where the time is over: at the end of a clause where there is one near, else between words. */
function keptLines(text: string, spans: readonly Span[], durationS: number): { prompt: string; rest: string[] } {
  let left = durationS;
  let prompt = '';
  let at = 0;
  const rest: string[] = [];
  for (const [start, end] of spans) {
    const line = text.slice(start, end);
    const pieces = line.match(/\p{Script=Han}|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? [line];
    let kept = '';
    for (const piece of pieces) {
      if (speechSeconds(kept + piece) > left) break;
      kept += piece;
    }
    if (kept.length < line.length) {
      const clause = Math.max(kept.lastIndexOf(', '), kept.lastIndexOf('. '), kept.lastIndexOf('，'), kept.lastIndexOf('。'));
      if (clause > kept.length / 2) kept = kept.slice(0, clause + 1);
      rest.push(line.slice(kept.length).trim());
      kept = kept.replace(/[\s,;，]+$/u, '');
      if (kept === '') kept = '…';
    }
    left = Math.max(0, left - speechSeconds(kept));
    prompt += text.slice(at, start) + kept;
    at = end;
  }
  return { prompt: prompt + text.slice(at), rest };
}

const DIALOGUE_NO_AUDIO: Rule = {
  code: 'DIALOGUE_NO_AUDIO',
  find({ input, model, language, reading: { quotes, text } }) {
    const lines = quotes.filter(({ kind }) => kind === 'speech');
    const first = lines[0];
    if (first === undefined || input.clip.sound === true || model?.soundAlwaysOn === true) return [];
    const offer = soundOffer(input.clip);
    const finding: Finding = { span: first.whole, message: `the clip has no sound, so nobody hears ${quoted(text, first.inner)}` };
    if (offer !== undefined) return [{ ...finding, label: offer.words, repair: () => ({ clip: { ...input.clip, ...offer.change } }) }];
    const prompt = unheard(text, lines, language);
    if (prompt === undefined) return [finding];
    return [{ ...finding, label: `let them speak unheard and keep the line as voice-over, or film it with sound (2.6 pro, 3.0)`, repair: () => ({ prompt }) }];
  },
};

const ONSCREEN_TEXT: Rule = {
  code: 'ONSCREEN_TEXT',
  find({ reading: { quotes, text, plain } }) {
    // One letter is a shape.
    const written = quotes.filter(({ kind, inner }) => kind === 'written' && inner[1] - inner[0] > 1);
    const [first] = written;
    if (first === undefined) return [];
    const spans = written.map(({ span: [start, end], whole }): Span => [Math.min(whole[0], start - (/(?:\b(?:that|which|whose cover)?\s*(?:reads?|reading|says?|saying|spells?|spelling(?: out)?|with the words?|the words?|the text|text|labell?ed|captioned|titled|inscribed|written|printed|engraved|painted|marked)[\s:,]*|上?写着[\s:,：，]*)+$/i.exec(plain.slice(Math.max(0, start - 50), start))?.[0].length ?? 0)), end]);
    return [{ span: first.span, message: `writing comes out garbled more often than not: ${quoted(text, first.inner)}`, label: 'leave the words out, and put them on in the cut or in the start frame', repair: () => ({ prompt: withoutWriting(text, spans) }) }];
  },
};

/** `The word “OPEN” glows` keeps a subject. */
function withoutWriting(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const [start, end] of spans) {
    const isSubject = /(?:^|[.!?]\s+)$/.test(text.slice(0, start)) && /^\s+\p{Ll}+s\b/u.test(text.slice(end));
    result += text.slice(at, start) + (isSubject ? 'An inscription' : /\p{Script=Han}\s*$/u.test(text.slice(0, start)) ? '' : ' ');
    at = end;
  }
  return tidied(result + text.slice(at));
}

export const SPEECH_RULES: readonly Rule[] = [DIALOGUE_TOO_LONG, DIALOGUE_NO_AUDIO, ONSCREEN_TEXT];
