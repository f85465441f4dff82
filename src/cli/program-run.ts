import type { CommandResult, CommonOptions, Session } from './session.ts';

/** How a command's action is run: the session is made from the options, the work is loaded only then. */
export type Run = (options: CommonOptions, action: (session: Session) => Promise<CommandResult>) => Promise<void>;
