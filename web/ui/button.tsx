import type { LucideIcon } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';

/** `primary`: what one came for; `spend`: it costs money; `plain`; `quiet`: no frame; `danger`: takes something away. */
export type ButtonLook = 'primary' | 'spend' | 'plain' | 'quiet' | 'danger';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  spend: 'bg-warm text-on-warm hover:brightness-110 border-transparent font-semibold',
  plain: 'bg-raised text-text hover:border-edge border-line',
  quiet: 'bg-transparent text-text hover:bg-raised border-transparent',
  danger: 'bg-bad text-white hover:brightness-110 border-transparent',
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: ButtonLook;
  icon?: LucideIcon;
  small?: boolean;
  /** Work is under way because of it; it cannot be pressed meanwhile. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', icon: Icon, small = false, busy = false, className, children, disabled, type = 'button', ...rest }: ButtonProps): ReactNode {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={classNames(
        'inline-flex items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap transition-colors disabled:opacity-55',
        small ? 'min-h-8 px-2.5 text-sm' : 'min-h-10 px-4',
        LOOKS[look],
        className,
      )}
    >
      {Icon ? <Icon size={small ? 15 : 17} aria-hidden className={classNames('shrink-0', busy && 'animate-pulse')} /> : null}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  icon: LucideIcon;
  /** Its name: read aloud, and shown as a hint. */
  label: string;
  /** Its key, for the hint. */
  shortcut?: string;
}

/** A button of one picture, with its name as a hint on hover and focus. */
export function IconButton({ icon: Icon, label, shortcut, look = 'quiet', small = false, className, busy = false, disabled, type = 'button', ...rest }: IconButtonProps): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          {...rest}
          type={type}
          aria-label={label}
          aria-busy={busy || undefined}
          disabled={disabled === true || busy}
          className={classNames('inline-flex items-center justify-center rounded-lg border transition-colors disabled:opacity-55', small ? 'size-8' : 'size-10', LOOKS[look], className)}
        >
          <Icon size={small ? 16 : 19} aria-hidden />
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content sideOffset={6} collisionPadding={8} className="z-50 rounded-md border border-line bg-raised px-2 py-1 text-sm text-text shadow-lg">
          {label} {shortcut === undefined ? null : <kbd>{shortcut}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
