import { resolve } from 'node:path';
import { findingsOfMachine, findingsOfStudio, type Finding } from '../server/diagnose.ts';
import { defaultHome, type Studio } from '../studio.ts';
import { ERROR_LABELS, errorWords } from './error-words.ts';
import { printable, table } from './printable.ts';
import { programVersion } from './program-version.ts';
import type { CommandResult, Session } from './session.ts';

/** `doctor`: what works on this machine. Tells no secret; exit 1 when something does not work. */
export async function doctorCommand(session: Session): Promise<CommandResult> {
  const { deps } = session;
  const home = resolve(deps.cwd, session.home ?? deps.studio?.home ?? defaultHome(deps.env));
  const findings = [...(await findingsOfMachine({ home, version: programVersion(), env: deps.env, keychain: deps.studio?.keychain })), ...(await studioFindings(session))];
  const { colours } = session;
  const words = { ok: colours.green('ok     '), note: colours.yellow('note   '), problem: colours.red('problem') };
  const told = findings.map(({ code = '', words: message, next }) => errorWords({ code, message, next }, session.locale));
  const lines = table(findings.map(({ what }, index) => [what, printable(told[index]?.what ?? '')]));
  for (const [index, finding] of findings.entries()) {
    session.say(`${words[finding.state]}  ${lines[index] ?? ''}`);
    for (const detail of told[index]?.details ?? []) session.say(`         ${printable(detail)}`);
    const next = told[index]?.next;
    if (next !== undefined) session.say(`         ${ERROR_LABELS[session.locale].next} ${printable(next)}`);
    session.emit('check', { ...finding });
  }
  return { exit: findings.some(({ state }) => state === 'problem') ? 1 : 0 };
}

async function studioFindings(session: Session): Promise<Finding[]> {
  let studio: Studio | undefined;
  try {
    return await findingsOfStudio(async () => {
      studio = await session.openStudio();
      return studio;
    });
  } finally {
    await studio?.close();
  }
}
