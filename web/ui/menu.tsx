import type { LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface MenuItem {
  /** Where two may have the same words. */
  key?: string;
  words: string;
  icon?: LucideIcon;
  /** What it does; or `href`, for a download. */
  onSelect?: () => void;
  href?: string;
  disabled?: boolean;
  danger?: boolean;
}

/** A list of actions behind a button. */
export function Menu({ trigger, items }: { trigger: ReactNode; items: readonly MenuItem[] }): ReactNode {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} collisionPadding={8} className="z-50 min-w-48 rounded-xl border border-line bg-raised p-1 shadow-xl">
          {items.map(({ words, key = words, icon: Icon, onSelect, href, disabled, danger }) => {
            const inside = (
              <>
                {Icon ? <Icon size={16} aria-hidden /> : null}
                {words}
              </>
            );
            return (
              <DropdownMenu.Item
                key={key}
                asChild={href !== undefined}
                {...(disabled === undefined ? {} : { disabled })}
                {...(onSelect ? { onSelect } : {})}
                className={classNames('flex min-h-9 cursor-pointer items-center gap-3 rounded-lg px-3 outline-none data-disabled:cursor-not-allowed data-disabled:opacity-55 data-highlighted:bg-accent data-highlighted:text-on-accent', danger === true && 'text-bad-text')}
              >
                {href === undefined ? inside : <a href={href}>{inside}</a>}
              </DropdownMenu.Item>
            );
          })}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
