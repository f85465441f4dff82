import { SHOTS_TO_SAY_ONCE } from '../protocol/finding-lines.ts';
import type { FoundIssue, FoundLine, PromptFindings } from '../protocol/prompt-findings.ts';
import type { FilmPlan, PlannedShot } from '../project/index.ts';
import { count, hanging, listed, oneLine, printable } from './printable.ts';
import type { Session } from './session.ts';

/** What every shot is shown with: errors and warnings; with `all` what is worth knowing as well. */
export interface FindingsShown {
  all?: boolean;
}

/** How many shots a run shows of those with something to say; `plan` shows all. */
const SHOTS_IN_BRIEF = 5;
const INDENT = '      ';

/** Everything about each shot's words, in lines to stand below the shot. */
export function linesBelowShots(session: Session, plan: Pick<FilmPlan, 'shots'>, shown: FindingsShown): ReadonlyMap<string, readonly string[]> {
  const once = saidOnce(plan.shots, shown);
  return new Map(plan.shots.map((shot) => [shot.name, [...shot.findings.lines.flatMap((line) => below(session, lineWords(line))), ...fixLines(session, shot), ...shownIssues(shot.findings, shown).filter((issue) => !isOneOf(once, issue)).flatMap((issue) => issueLines(session, issue))]]));
}

/** Below all shots: what many of them have, and how many issues there are. */
export function sayChecked(session: Session, plan: Pick<FilmPlan, 'shots' | 'projectName'>, shown: FindingsShown): void {
  for (const repeated of saidOnce(plan.shots, shown).values()) for (const line of repeatedLines(session, repeated, '-v shows each')) session.say(line);
  sayCounts(session, plan, shown.all === true ? '' : '; -v shows them');
}

/** For a run: only of shots that are planned anew, and only the beginning. */
export function sayCheckedInBrief(session: Session, plan: Pick<FilmPlan, 'shots' | 'projectName'>): void {
  const shots = plan.shots.filter(({ change, findings }) => change !== 'kept' && (findings.issues.some(({ severity }) => severity !== 'info') || change === 'fixed' || findings.fixed !== undefined));
  const once = saidOnce(plan.shots.filter(({ change }) => change !== 'kept'), {});
  const own = shots.filter(({ change, findings }) => change === 'fixed' || findings.fixed !== undefined || shownIssues(findings, {}).some((issue) => !isOneOf(once, issue)));
  for (const shot of own.slice(0, SHOTS_IN_BRIEF)) {
    session.say(`  ${shot.name}  ${oneLine(shot.prompt, 60)}`);
    for (const line of [...fixLines(session, shot), ...shownIssues(shot.findings, {}).filter((issue) => !isOneOf(once, issue)).flatMap((issue) => issueLines(session, issue))]) session.say(line);
  }
  if (own.length > SHOTS_IN_BRIEF) session.say(`  and in ${count(own.length - SHOTS_IN_BRIEF, 'more shot')}: directorstudio plan shows them`);
  for (const repeated of once.values()) for (const line of repeatedLines(session, repeated, 'directorstudio plan -v shows each')) session.say(line);
  sayCounts(session, plan, '; directorstudio plan -v shows them');
}

function sayCounts(session: Session, { shots, projectName }: Pick<FilmPlan, 'shots' | 'projectName'>, where: string): void {
  const amount = (severity: FoundIssue['severity']) => shots.reduce((sum, { findings }) => sum + findings.issues.filter((issue) => issue.severity === severity).length, 0);
  const [errors, warnings, infos] = [amount('error'), amount('warning'), amount('info')];
  const spoken = shots.reduce((sum, { findings }) => sum + findings.lines.length, 0);
  const fixed = shots.filter(({ findings }) => findings.fixed !== undefined).length;
  const amiss = shots.filter(({ findings }) => findings.issues.some(({ severity }) => severity !== 'info')).length;
  const what = [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''].filter((part) => part !== '').join(' and ');
  session.say(`Prompts checked: ${what === '' ? 'nothing amiss' : `${what} in ${amiss} of ${count(shots.length, 'shot')}`}${infos === 0 ? '' : `; ${count(infos, 'note')}${where}`}.`);
  session.emit('check', { project: projectName, errors, warnings, infos, fixed, lines: spoken });
}

/** An issue of one code in many shots. */
interface Repeated {
  /** As the first of them has it. */
  issue: FoundIssue;
  shots: string[];
  /** Whether one fix is offered for all. */
  alike: boolean;
}

function repeatedLines(session: Session, { issue, shots, alike }: Repeated, where: string): string[] {
  const { fix } = issue;
  const first = shots[0] ?? '';
  const offered = fix === undefined || alike ? issue : { ...issue, fix: { ...fix, label: `${fix.label}, in ${first}; ${where}` } };
  return issueLines(session, offered, `in ${count(shots.length, 'shot')} (${listed(shots, 6)}), as in ${first}`, '  ');
}

/** What more than a few shots have, by its code. Errors are said where they stand, and who asks for all is told all. */
function saidOnce(shots: readonly PlannedShot[], shown: FindingsShown): Map<string, Repeated> {
  if (shown.all === true) return new Map();
  const found = new Map<string, Repeated>();
  for (const { name, findings } of shots) {
    for (const issue of shownIssues(findings, shown)) {
      if (issue.severity === 'error') continue;
      const repeated = found.get(issue.code);
      if (repeated === undefined) found.set(issue.code, { issue, shots: [name], alike: true });
      else {
        if (repeated.shots.at(-1) !== name) repeated.shots.push(name);
        repeated.alike &&= repeated.issue.fix?.label === issue.fix?.label;
      }
    }
  }
  return new Map([...found].filter(([, each]) => each.shots.length >= SHOTS_TO_SAY_ONCE));
}

/** Whether an issue is said below the shots, once for all of them. */
function isOneOf(once: ReadonlyMap<string, Repeated>, { code, severity }: FoundIssue): boolean {
  return severity !== 'error' && once.has(code);
}

function shownIssues({ issues }: PromptFindings, { all = false }: FindingsShown): FoundIssue[] {
  return issues.filter(({ severity }) => all || severity !== 'info');
}

function issueLines(session: Session, { severity, field, words, message, fix, code }: FoundIssue, where = '', indent = INDENT): string[] {
  const { red, yellow, cyan, dim } = session.colours;
  const word = severity === 'error' ? red('error') : severity === 'warning' ? yellow('warning') : cyan('note');
  const place = { prompt: '', negativePrompt: 'negative prompt', clip: '', castAndLook: 'cast and look' }[field];
  const span = where !== '' || words === '' || message.includes(words.slice(0, 40)) ? '' : `“${oneLine(words, 60)}”`;
  const at = [where, place, span].filter((part) => part !== '').join(', ');
  const lines = wrappedBelow(session, `${indent}${word}${at === '' ? '' : ` ${at}`}: `, `${printable(message)} ${dim(`(${code})`)}`, indent);
  return fix === undefined ? lines : [...lines, ...wrappedBelow(session, `${indent}  fix: `, printable(fix.label), `${indent}  `)];
}

/** What fixes made of the script's words: both, one below the other. */
function fixLines(session: Session, { findings: { fixed }, prompt, settings }: Pick<PlannedShot, 'findings' | 'prompt' | 'settings'>): string[] {
  if (fixed === undefined) return [];
  const { red, green } = session.colours;
  const before = fixed.negativePrompt ?? '';
  const now = settings.negativePrompt ?? '';
  return [
    ...wrappedBelow(session, `${INDENT}fixed: `, fixed.by.map(({ label, code }) => `${printable(label)} (${code})`).join('; '), INDENT),
    ...(fixed.prompt === prompt ? [] : [...wrappedBelow(session, `${INDENT}  ${red('-')} `, printable(fixed.prompt), `${INDENT}    `), ...wrappedBelow(session, `${INDENT}  ${green('+')} `, printable(prompt), `${INDENT}    `)]),
    ...(before === now ? [] : wrappedBelow(session, `${INDENT}  negative prompt: `, `${before === '' ? 'none' : printable(before)} → ${now === '' ? 'none' : printable(now)}`, `${INDENT}    `)),
  ];
}

/** `says MARA: “Not now.”` */
function lineWords({ speaker, text, kind }: FoundLine): string {
  const verb = { spoken: 'says', vo: 'says over the picture', os: 'says off screen', sung: 'sings', thought: 'thinks' }[kind];
  return `${speaker === undefined ? verb : `${printable(speaker)} ${verb}`}: “${printable(text).replaceAll(/\s+/g, ' ')}”`;
}

function below(session: Session, words: string): string[] {
  return wrappedBelow(session, INDENT, words, INDENT);
}

function wrappedBelow({ deps: { stdout } }: Session, prefix: string, words: string, indent: string): string[] {
  return hanging(prefix, words, indent.length + 2, stdout);
}
