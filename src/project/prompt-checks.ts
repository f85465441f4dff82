import type { FoundIssue, FoundLine, OfferedFix, PromptFindings } from '../protocol/prompt-findings.ts';
import type { ShotSettings } from '../protocol/shot-settings.ts';
import type { extractDialogue } from '../script/extract-dialogue.ts';
import type { ScriptShot } from '../script/index.ts';
import type { ClipFacts, IssueCode, IssueFix, ValidationInput, ValidationIssue, ValidationService } from '../prompt/validation/index.ts';

/** A shot's words and the clip they are for. */
export interface WordsToCheck {
  /** Its own; `settings.prompt` has those of cast and look behind them. */
  own: string;
  settings: ShotSettings;
  /** Names of who is in it. */
  cast: readonly string[];
}

/** Loaded when there is something to read: a film that is planned reads nothing anew, and starts faster without. */
export async function loadPromptChecks(): Promise<PromptChecks> {
  const [validation, dialogue] = await Promise.all([import('../prompt/validation/index.ts'), import('../script/extract-dialogue.ts')]);
  return new PromptChecks(validation.ValidationService, dialogue.extractDialogue);
}

/** What the planner itself refuses, with every reason, or says once for the film: here it would be said twice. */
const SAID_ELSEWHERE: ReadonlySet<IssueCode> = new Set<IssueCode>([
  'TOO_LONG', 'NEGATIVE_TOO_LONG', 'DURATION_UNSUPPORTED', 'FEATURE_UNSUPPORTED', 'CAMERA_CONFIG_INVALID', 'CFG_SCALE_INVALID', 'FRAME_MISSING', 'MODEL_UNKNOWN', 'MODEL_NOT_CALLABLE', 'MODEL_DISCONTINUED',
]);
/** What is missing in the shot's own words, and stands in those that go with them. */
const ANSWERED_BY_CAST: ReadonlySet<IssueCode> = new Set<IssueCode>(['DANGLING_PRONOUN', 'NO_SUBJECT']);
/** What is looked for in the words of cast and look: a record names a figure and no action, and that is right there. */
const OF_CAST_AND_LOOK: ReadonlySet<IssueCode> = new Set<IssueCode>(['POLICY_BLOCK', 'POLICY_RISK', 'REAL_PERSON', 'IP_CHARACTER', 'PLACEHOLDER_UNRESOLVED', 'FOREIGN_PARAMETERS']);

/** Reads shots for their issues and their spoken lines. */
export class PromptChecks {
  private readonly ofAdditions = new Map<string, FoundIssue[]>();
  private readonly validation: typeof ValidationService;
  private readonly extract: typeof extractDialogue;

  constructor(validation: typeof ValidationService, extract: typeof extractDialogue) {
    this.validation = validation;
    this.extract = extract;
  }

  /**
   * @param said what the script says: its own words, where fixes have put others in their place, and its spoken line. What is
   * spoken is read there, because a fix may take a line out of the picture, and it is spoken all the same.
   */
  findings(words: WordsToCheck, said: Pick<ScriptShot, 'prompt' | 'line' | 'speeches'>): PromptFindings {
    return { issues: this.issues(words), lines: this.lines(said, words.cast) };
  }

  issues(words: WordsToCheck): FoundIssue[] {
    const input = inputOf(words);
    const own = this.found(input, words.cast).map((issue) => foundIssue(issue, input));
    return [...own, ...this.issuesOfAddition(words)].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  }

  /** The issues of own words as the service has them, with fixes that can be applied. */
  found(input: ValidationInput, cast: readonly string[]): ValidationIssue[] {
    return this.validation.validate(input).filter(({ code }) => !SAID_ELSEWHERE.has(code) && !(cast.length > 0 && ANSWERED_BY_CAST.has(code)));
  }

  applied(input: ValidationInput, fix: IssueFix): ValidationInput {
    return this.validation.applyFix(input, fix);
  }

  private issuesOfAddition({ own, settings }: WordsToCheck): FoundIssue[] {
    const addition = settings.prompt.startsWith(own) ? settings.prompt.slice(own.length).trim() : '';
    if (addition === '') return [];
    let issues = this.ofAdditions.get(addition);
    if (issues === undefined) {
      const input = { prompt: addition, clip: clipOf(settings) };
      issues = this.validation.validate(input).filter(({ code, field }) => field === 'prompt' && OF_CAST_AND_LOOK.has(code)).map((issue): FoundIssue => {
        const { fix, ...found } = foundIssue(issue, input);
        return { ...found, field: 'castAndLook', ...(fix === undefined ? {} : { fix: { label: `${fix.label}, in the words of cast or look` } }) };
      });
      this.ofAdditions.set(addition, issues);
    }
    return issues;
  }

  private lines({ prompt, line, speeches = [] }: Pick<ScriptShot, 'prompt' | 'line' | 'speeches'>, cast: readonly string[]): FoundLine[] {
    const read = this.extract(prompt, { cast }).lines.map(({ speaker, text, kind, confidence }): FoundLine => ({ ...(speaker === undefined ? {} : { speaker }), text, kind, confidence }));
    // Who speaks is known better to the whole script than to the prompt, which names no voice that nobody sees.
    if (speeches.length > 0) {
      return speeches.map(({ speaker: known, kind, text }): FoundLine => {
        const found = read.find((one) => letters(one.text) === letters(text));
        const speaker = known ?? found?.speaker;
        return { ...(speaker === undefined ? {} : { speaker }), text, kind, confidence: known === undefined ? (found?.confidence ?? 1) : 1 };
      });
    }
    if (line === undefined || letters(textsOf(read)) === letters(line)) return read;
    return line.trim() === '' ? [] : [{ text: line, kind: 'spoken', confidence: 1 }];
  }
}

const textsOf = (lines: readonly { text: string }[]): string => lines.map(({ text }) => text).join('');

/** What is heard, for subtitles; `undefined` where nobody speaks. */
export function heardLine(lines: readonly FoundLine[]): string | undefined {
  const heard = lines.filter(({ kind }) => kind !== 'thought');
  return heard.length === 0 ? undefined : heard.map(({ text }) => text).join('\n');
}

export function inputOf({ own, settings }: WordsToCheck): ValidationInput {
  return { prompt: own, ...(settings.negativePrompt === undefined ? {} : { negativePrompt: settings.negativePrompt }), clip: clipOf(settings) };
}

function clipOf({ model, mode, durationS, kind, sound, cfgScale, cameraControl, startFrame, endFrame }: ShotSettings): ClipFacts {
  return {
    model,
    ...(mode === undefined ? {} : { mode }),
    durationS,
    kind,
    sound,
    ...(cfgScale === undefined ? {} : { cfgScale }),
    ...(cameraControl === undefined ? {} : { cameraControl }),
    hasStartFrame: startFrame !== undefined,
    hasEndFrame: endFrame !== undefined,
  };
}

const ORDER = { error: 0, warning: 1, info: 2 } as const;

function foundIssue({ code, severity, field, span, message, fix }: ValidationIssue, input: ValidationInput): FoundIssue {
  const text = field === 'clip' ? '' : (input[field] ?? '');
  return {
    code,
    // Whoever writes in French means to: it is said once for the film, and stops nobody.
    severity: code === 'LANGUAGE' ? 'info' : severity,
    field, span: [...span], words: text.slice(...span).replaceAll(/\s+/g, ' ').trim(), message, ...(fix === undefined ? {} : { fix: offeredFix(fix, input) }) };
}

function offeredFix({ label, replacement, newShots }: IssueFix, input: ValidationInput): OfferedFix {
  const settings = replacement.clip === undefined ? {} : changedSettings(input.clip, replacement.clip);
  return {
    label,
    ...(replacement.prompt === undefined ? {} : { prompt: replacement.prompt }),
    ...(replacement.negativePrompt === undefined ? {} : { negativePrompt: replacement.negativePrompt }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(newShots === undefined ? {} : { newShots: [...newShots] }),
  };
}

/** Settings with a new value, of those that a fix changes. */
export function changedSettings(before: ClipFacts, after: ClipFacts): NonNullable<OfferedFix['settings']> {
  const { model, mode, durationS, sound } = after;
  return {
    ...(model === before.model ? {} : { model }),
    ...(mode === undefined || mode === before.mode ? {} : { mode }),
    ...(durationS === before.durationS ? {} : { durationS }),
    ...(sound === undefined || sound === before.sound ? {} : { sound }),
  };
}

function letters(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}
