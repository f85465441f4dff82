import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title, read aloud with it. */
  about?: ReactNode;
  /** `wide`: for pictures side by side. */
  size?: 'narrow' | 'wide';
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A window over the page: Escape closes it, the focus stays in it and goes back to where it was. */
export function Dialog({ open, onOpenChange, ...rest }: DialogProps): ReactNode {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Window {...rest} />
      </Radix.Portal>
    </Radix.Root>
  );
}

function Window({ title, about, size = 'narrow', actions, children }: Omit<DialogProps, 'open' | 'onOpenChange'>): ReactNode {
  // The library goes back to the button that opened a window; ours are opened by keys and menus as well.
  const [before] = useState(() => document.activeElement);
  return (
    <Radix.Content
      {...(about === undefined ? { 'aria-describedby': undefined } : {})}
      // To the window itself, where nothing in it took the focus: its first control is Close, and nobody opened it for that.
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        if (event.target instanceof HTMLElement) event.target.focus();
      }}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        if (before instanceof HTMLElement) before.focus();
      }}
      className={classNames(
        'fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] flex-col rounded-t-2xl border border-line bg-panel shadow-2xl outline-none sm:inset-x-auto sm:bottom-auto sm:left-1/2 sm:top-1/2 sm:w-[calc(100vw-3rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl',
        size === 'wide' ? 'sm:max-w-6xl' : 'sm:max-w-xl',
      )}
    >
      <header className="flex items-start gap-4 border-b border-line px-6 py-4">
        <div className="min-w-0 flex-1">
          <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
          {about === undefined ? null : <Radix.Description className="text-sm text-quiet">{about}</Radix.Description>}
        </div>
        <Radix.Close asChild>
          <IconButton icon={X} label="Close" shortcut="Esc" small />
        </Radix.Close>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">{children}</div>
      {actions === undefined ? null : <footer className="flex flex-wrap justify-end gap-3 border-t border-line px-6 py-4">{actions}</footer>}
    </Radix.Content>
  );
}
