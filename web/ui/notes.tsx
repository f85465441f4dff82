import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const LOOKS: Record<'info' | 'done' | 'warning' | 'error', { icon: LucideIcon; text: string; role?: 'alert' }> = {
  info: { icon: Info, text: 'text-accent-text' },
  done: { icon: CircleCheck, text: 'text-good-text' },
  warning: { icon: TriangleAlert, text: 'text-caution-text' },
  error: { icon: CircleAlert, text: 'text-bad-text', role: 'alert' },
};

/** A word in the flow of a screen; an error is read aloud when it appears. */
export function Note({ kind, children, actions, className }: { kind: keyof typeof LOOKS; children: ReactNode; actions?: ReactNode; className?: string }): ReactNode {
  const { icon: Icon, text, role } = LOOKS[kind];
  return (
    <div role={role} className={classNames('flex items-start gap-3 rounded-lg border border-line bg-panel px-4 py-3', className)}>
      <Icon size={18} aria-hidden className={classNames('mt-0.5 shrink-0', text)} />
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
      {actions}
    </div>
  );
}

/** What was tried and what came back, and what to do. */
export function Failure({ failure, actions, className }: { failure: { message: string; next?: string | undefined; code?: string }; actions?: ReactNode; className?: string }): ReactNode {
  return (
    <Note kind="error" {...(actions === undefined ? {} : { actions })} {...(className === undefined ? {} : { className })}>
      <p>{failure.message}</p>
      {failure.next === undefined ? null : <p className="text-quiet">{failure.next}</p>}
    </Note>
  );
}

/** A screen or list with nothing in it yet: what it is for, and the first step. */
export function Empty({ icon: Icon, title, children, actions }: { icon: LucideIcon; title: string; children?: ReactNode; actions?: ReactNode }): ReactNode {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-16 text-center">
      <Icon size={40} aria-hidden className="text-quiet" />
      <h2 className="text-lg font-semibold">{title}</h2>
      {children === undefined ? null : <div className="text-quiet">{children}</div>}
      {actions === undefined ? null : <div className="mt-2 flex flex-wrap justify-center gap-3">{actions}</div>}
    </div>
  );
}

/** While something is asked for: read aloud once, and still to the eye. */
export function Loading({ words = 'Loading' }: { words?: string }): ReactNode {
  return (
    <div role="status" className="flex items-center justify-center gap-3 py-16 text-quiet">
      <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
      {words} …
    </div>
  );
}
