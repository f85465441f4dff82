import { ACTION_RULES } from './action-rules.ts';
import { CAMERA_RULES } from './camera-rules.ts';
import { CLIP_RULES } from './clip-rules.ts';
import { CONFLICT_RULES } from './conflict-rules.ts';
import { COUNT_CONFLICT } from './count-rule.ts';
import { FORM_RULES } from './form-rules.ts';
import { FRAMING_CONFLICT } from './framing-rule.ts';
import { applyFix, ISSUE_SEVERITIES, type ClipFacts, type IssueCode, type IssueFix, type ValidationInput, type ValidationIssue } from './issue.ts';
import { NAME_RULES } from './name-rules.ts';
import { NEGATION_RULES } from './negation-rules.ts';
import { POLICY_RULES } from './policy-rules.ts';
import { contextOf, listed, without, type Finding, type Rule } from './rule.ts';
import { SPEECH_RULES } from './speech-rules.ts';
import { WORDING_RULES } from './wording-rules.ts';

const RULES: readonly Rule[] = [...CLIP_RULES, ...POLICY_RULES, ...NAME_RULES, ...FORM_RULES, ...WORDING_RULES, ...NEGATION_RULES, ...SPEECH_RULES, ...CONFLICT_RULES, ...CAMERA_RULES, FRAMING_CONFLICT, COUNT_CONFLICT, ...ACTION_RULES];

/** Where one fault explains others, the others are not said: whoever takes the page apart sees them again. */
const COVERS: Partial<Record<IssueCode, readonly IssueCode[]>> = {
  EMPTY: ['TOO_SHORT', 'NO_SUBJECT'],
  SCREENPLAY_FORMAT: ['NO_SUBJECT', 'TOO_MANY_ACTIONS', 'DANGLING_PRONOUN', 'TOO_SHORT', 'MULTIPLE_SHOTS'],
  MULTIPLE_SHOTS: ['TOO_MANY_ACTIONS', 'TOO_MANY_SUBJECTS', 'CAMERA_OVERLOAD', 'CAMERA_CONFLICT', 'STATIC_CONFLICT', 'FRAMING_CONFLICT', 'TIME_CONFLICT', 'WEATHER_CONFLICT', 'COUNT_CONFLICT', 'SPEED_CONFLICT'],
  CAMERA_OVERLOAD: ['CAMERA_CONFLICT'],
  CAMERA_CONFLICT: ['CAMERA_OVERLOAD'],
  NOT_FILMABLE: ['NO_SUBJECT', 'DANGLING_PRONOUN'],
  KEYWORD_SPAM: ['DUPLICATED_TEXT'],
  POLICY_BLOCK: ['POLICY_RISK', 'POLICY_NOTE'],
  POLICY_RISK: ['POLICY_NOTE'],
  DUPLICATED_TEXT: ['TOO_MANY_ACTIONS', 'CAMERA_OVERLOAD'],
  CONTINUITY_REFERENCE: ['DANGLING_PRONOUN'],
  TOO_LONG: ['DUPLICATED_TEXT', 'LONG_WINDED'],
  PLACEHOLDER_UNRESOLVED: ['NO_SUBJECT', 'TOO_SHORT'],
  MODEL_UNKNOWN: ['FEATURE_UNSUPPORTED', 'DIALOGUE_NO_AUDIO'],
};

/** Weighs least, and is looked at again when the words are put right: said where nothing else is wrong with them. */
const LAST: IssueCode = 'NO_MOTION';

const ORDER = { error: 0, warning: 1, info: 2 } as const;
const FIX_STEPS_MAX = 12;

/**
 * Everything worth knowing about a prompt for a clip before it is paid for: errors first. At most one issue a code; its fix,
 * applied, removes the code (see {@link applyFix}). Reads the first 8,000 characters of a prompt; throws nothing.
 */
export function validate(input: ValidationInput): ValidationIssue[] {
  const context = contextOf(input);
  const found: { rule: Rule; findings: Finding[] }[] = [];
  for (const rule of RULES) {
    const findings = rule.find(context);
    if (findings.length > 0) found.push({ rule, findings });
  }
  if (found.length === 0) return [];
  const covered = new Set(found.flatMap(({ rule }) => COVERS[rule.code] ?? []));
  // Two that cover each other would both go: the first in the order of the rules stays.
  const kept = found.filter(({ rule }, index) => !covered.has(rule.code) || (!found.some((other, at) => other.rule.code !== rule.code && (COVERS[other.rule.code] ?? []).includes(rule.code) && !((COVERS[rule.code] ?? []).includes(other.rule.code) && at > index))));
  const issues = kept.map(({ rule, findings }) => issueOf(rule, findings, input));
  const othersOfWords = issues.some(({ code, severity, field }) => code !== LAST && severity !== 'info' && field === 'prompt');
  return issues.filter(({ code }) => code !== LAST || !othersOfWords).sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}

function issueOf(rule: Rule, findings: readonly Finding[], input: ValidationInput): ValidationIssue {
  const [first] = findings as [Finding];
  // A fix reads the prompt again, as often as it takes until the rule is silent: that is done for who asks for it.
  let fix: IssueFix | 'not made' | undefined = 'not made';
  const severities = findings.map(({ severity }) => severity ?? ISSUE_SEVERITIES[rule.code]);
  return {
    code: rule.code,
    severity: severities.includes('error') ? 'error' : (severities[0] ?? 'warning'),
    field: first.field ?? 'prompt',
    span: first.span,
    message: listed(findings.map(({ message }) => message)),
    get fix() {
      if (fix === 'not made') fix = fixOf(rule, first, input);
      return fix;
    },
  };
}

/** One fix for all that the rule finds: repaired until the rule is silent. */
function fixOf(rule: Rule, first: Finding, input: ValidationInput): IssueFix | undefined {
  if (first.label === undefined) return undefined;
  let current = input;
  const newShots: string[] = [];
  let labels = [first.label];
  for (let step = 0; step < FIX_STEPS_MAX; step += 1) {
    const [finding] = step === 0 ? [first] : rule.find(contextOf(current));
    if (finding?.label === undefined) break;
    const next = { ...current, ...(finding.drop === undefined ? finding.repair?.() : { prompt: withoutParts(current.prompt, finding.drop) }) };
    if (JSON.stringify(next) === JSON.stringify(current)) break;
    if (!labels.includes(finding.label)) labels = [...labels, finding.label];
    newShots.push(...(finding.newShots?.() ?? []));
    current = next;
  }
  const isMadeUp = current.prompt.trim() === '' && input.prompt.trim() !== '';
  if (isMadeUp) current = { ...current, prompt: NOTHING_LEFT };
  const changed = (['prompt', 'negativePrompt', 'clip'] as const).filter((name) => current[name] !== input[name]);
  if (changed.length === 0) return undefined;
  const replacement = Object.fromEntries(changed.map((name) => [name, current[name]])) as { prompt?: string; negativePrompt?: string; clip?: ClipFacts };
  return { label: labels.slice(0, 2).join('; '), replacement, ...(newShots.length === 0 ? {} : { newShots }), ...(isMadeUp ? { isMadeUp } : {}) };
}

/** Where a prompt was nothing but what had to go. */
const NOTHING_LEFT = 'A person walks along an empty street, soft daylight.';

function withoutParts(prompt: string, spans: NonNullable<Finding['drop']>): string {
  return without(prompt, spans);
}


/** Checks prompts before money is spent: pure, offline, the same answer every time. */
export const ValidationService = { validate, applyFix } as const;
