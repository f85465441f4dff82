import { isUnderField, labelAhead, nameAtBracket, speakerAbove } from './cue-labels.ts';
import { isOffScreenBehind } from './heard-as.ts';
import { whyNotSpeech } from './not-speech.ts';
import type { Paragraph } from './paragraphs.ts';
import type { Candidate } from './speech-candidates.ts';
import { cjkTag } from './cjk-tags.ts';
import { actorOf, tagAhead, tagBehind, type Tag } from './tags.ts';
import type { Speech } from './turns.ts';

/** How much is read beside a speech; a tag is short, and so time grows with the text alone. */
const BESIDE_LETTERS = 220;

/** Which of the candidates are speech, each with what stands around it: a label, a tag, who acts. */
export function speechesOf(text: string, paragraphs: readonly Paragraph[], candidates: readonly Candidate[], language: string, isPrompt: boolean): Speech[] {
  const found: Speech[] = [];
  let last: Candidate | undefined;
  for (const [at, candidate] of candidates.entries()) {
    const paragraph = paragraphs[candidate.paragraph];
    const lastParagraph = paragraphs[candidate.lastParagraph];
    if (paragraph === undefined || lastParagraph === undefined) continue;
    const sameParagraph = last !== undefined && last.lastParagraph === candidate.paragraph;
    const from = Math.max(paragraph.start, sameParagraph ? (last?.outerEnd ?? 0) : 0);
    const before = text.slice(Math.max(from, candidate.outerStart - BESIDE_LETTERS), candidate.outerStart);
    const lead = before.trim() === '' && !sameParagraph ? announcement(text, paragraphs, candidate.paragraph) : before;
    const nextStart = candidates[at + 1]?.outerStart ?? text.length;
    const onItsLine = text.slice(candidate.outerEnd, Math.min(nextStart, lastParagraph.end, candidate.outerEnd + BESIDE_LETTERS));
    const after = onItsLine === '' && language === 'ja' ? quotedOn(text, paragraphs[candidate.lastParagraph + 1]) : onItsLine;
    const inside = candidate.inserts.map(([start, end]) => text.slice(start, Math.min(end, start + BESIDE_LETTERS)));
    const words = candidate.parts.map(([start, end]) => text.slice(start, end)).join(' ');
    const isCjk = language === 'zh' || language === 'ja';
    // Read only where it decides something: most speech in novels has its tag behind.
    const ahead = once(() => (isCjk ? undefined : tagAhead(lead, language)));
    // `She laughs and replies:` leads to the next speech, and `and he laughs` is no tag where one stands in front.
    const handsOver = nextStart < lastParagraph.end && (/[:：]\s*$/u.test(after) || (/,\s*$/u.test(after) && /[.!?…]$/u.test(words) && ahead() !== undefined));
    // A sentence that begins behind a finished speech is no tag where one leads to it: `yells: "Again!" Players groan.`
    const led = /[:：]\s*$/u.test(lead) && /[.!?…]$/u.test(words.trimEnd()) && ahead() !== undefined;
    const behind = isCjk ? undefined : handsOver ? shared(tagBehind(withoutLastSentence(after), language)) : tagBehind(after, language);
    const beside = led || (behind !== undefined && /^\s*,?\s*(?:and|while|as|then|et|und|y|e|и)\s/iu.test(after) && ahead() !== undefined) ? ahead() : (behind ?? ahead());
    const tag = isCjk ? cjkTag(lead, after, language) : (inside.map((insert) => tagBehind(insert, language)).find((one) => one !== undefined) ?? beside);
    const script = isCjk && candidate.mark === 'corner' ? nameAtBracket(before, after) : undefined;
    const ownLabel = script ?? (isCjk && tag !== undefined ? undefined : labelAhead(lead, language, isPrompt));
    const label = ownLabel?.speaker === undefined && ownLabel !== undefined ? speakerAbove(ownLabel, text.slice(Math.max(last?.outerEnd ?? 0, candidate.outerStart - BESIDE_LETTERS), candidate.outerStart)) : ownLabel;
    const previous = found.at(-1);
    const continues = sameParagraph && previous?.candidate === last && previous?.tag?.place === 'behind' && label === undefined && isOnlyTag(before) && (tag?.place !== 'behind' || tag.subject === previous.tag.subject);
    const isQuoted = candidate.mark !== 'dash';
    const displayed = isQuoted && isDisplayed(text, paragraph, candidate);
    const reason = displayed ? 'set apart, as letters and verses are' : isQuoted && label === undefined ? whyNotSpeech({ words, before: lead, after, opensParagraph: before === '', continues, tag }, language) : undefined;
    // 『…』 beside 「…」 is a title, unless somebody says it.
    const isTitle = text.charAt(candidate.outerStart) === '『' && label === undefined && tag?.place !== 'behind' && !/[：:]\s*$/u.test(lead);
    const underField = label === undefined && isUnderField(lead, isPrompt, language);
    if (reason !== undefined || isTitle || underField || (candidate.secondary && tag === undefined && label === undefined && !continues)) continue;
    const actor = once(() => actorOf(before, after, inside, language));
    found.push({
      candidate,
      label,
      tag,
      // Asked for only where nothing else says who speaks.
      get actor() {
        return actor();
      },
      continues,
      offScreen: isOffScreenBehind(after),
    });
    last = candidate;
  }
  return found;
}

/** Works a thing out when it is first asked for, and keeps it. */
function once<Value>(work: () => Value): () => Value {
  let known: { value: Value } | undefined;
  return () => (known ??= { value: work() }).value;
}

/** What is left of the narrator's words where the last sentence leads to the next speech: `, the pilot says. Her partner answers:`. */
const withoutLastSentence = (after: string): string => /^.*[.!?…](?=\s)/su.exec(after)?.[0] ?? '';

/** `と母が言った。` on the line below goes on with the quotation above. */
const quotedOn = (text: string, next: Paragraph | undefined): string => (next !== undefined && text.charAt(next.start) === 'と' ? text.slice(next.start, Math.min(next.end, next.start + BESIDE_LETTERS)) : '');

const shared = (tag: Tag | undefined): Tag | undefined => (tag === undefined ? undefined : { ...tag, shared: true });

/** The end of the paragraph before, where it announces: `The king answered:`. */
function announcement(text: string, paragraphs: readonly Paragraph[], at: number): string {
  const previous = paragraphs[at - 1];
  if (previous === undefined) return '';
  const words = text.slice(Math.max(previous.start, previous.end - BESIDE_LETTERS), previous.end);
  return /[:：]\s*(?:—|–|--)?$/u.test(words) ? words : '';
}

/** Between two pieces of one speech: a tag and nothing else, so no sentence that begins after it. */
const isOnlyTag = (gap: string): boolean => gap.length <= 160 && !/[.!?…]["'”’]?\s+\p{Lu}/u.test(gap.replaceAll(/(?<!\p{L})(?:Mr|Mrs|Ms|Dr|St|M|Mme)\./gu, ''));

/** Letters, verses and mottoes stand indented, line by line, in books whose paragraphs do not. */
function isDisplayed(text: string, { start, end }: Paragraph, { outerStart }: Candidate): boolean {
  if (outerStart !== start) return false;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (start - lineStart < 4 || text.slice(lineStart, start).trim() !== '') return false;
  const rest = text.slice(start, Math.min(end, start + 1000)).split('\n').slice(1);
  return rest.every((line) => /^\s{2,}\S/.test(line));
}
