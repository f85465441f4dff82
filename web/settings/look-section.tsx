import { BellRing, Monitor, Moon, Sun, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { setTheme, useTheme, type Theme } from '../app/theme.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Section } from './section.tsx';

const THEMES: readonly { value: Theme; words: string; icon: LucideIcon }[] = [
  { value: 'dark', words: 'Dark', icon: Moon },
  { value: 'light', words: 'Light', icon: Sun },
  { value: 'system', words: 'As the system', icon: Monitor },
];

/** How the page looks, and whether it may tell the desktop. Both are this browser's own. */
export function LookSection(): ReactNode {
  const theme = useTheme();
  return (
    <Section id="look" title="Appearance and notifications" about="For this browser alone.">
      <fieldset>
        <legend className="mb-2 text-sm font-medium">Appearance</legend>
        <div className="flex flex-wrap gap-3">
          {THEMES.map(({ value, words, icon: Icon }) => (
            <label key={value} className={classNames('flex min-h-11 cursor-pointer items-center gap-3 rounded-lg border bg-panel px-4 has-focus-visible:outline-2 has-focus-visible:outline-accent-text', theme === value ? 'border-accent-text' : 'border-line hover:border-edge')}>
              <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => setTheme(value)} className="size-4 accent-(--accent)" />
              <Icon size={17} aria-hidden />
              {words}
            </label>
          ))}
        </div>
      </fieldset>
      <Notifications />
    </Section>
  );
}

type Permission = NotificationPermission | 'missing';
const WORDS: Record<Permission, string> = {
  granted: 'You are told on the desktop when a film is done and nobody looks at this page.',
  denied: 'This browser forbids it for this address. Allow notifications beside the address to change that.',
  default: 'You can be told on the desktop when a film is done and nobody looks at this page.',
  missing: 'This browser cannot tell the desktop here: it wants this page on localhost or over https.',
};

function Notifications(): ReactNode {
  const [permission, setPermission] = useState<Permission>(() => ('Notification' in window ? Notification.permission : 'missing'));
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <BellRing size={18} aria-hidden className={permission === 'granted' ? 'text-good-text' : 'text-quiet'} />
      <p role="status" className="min-w-0 flex-1 basis-64">
        {WORDS[permission]}
      </p>
      {permission === 'default' ? (
        <Button small look="primary" onClick={() => void Notification.requestPermission().then(setPermission)}>
          Tell me
        </Button>
      ) : null}
      {permission === 'granted' ? (
        <Button small onClick={() => new Notification('DirectorStudio', { body: 'This is how you are told when a film is done.' })}>
          Show me one
        </Button>
      ) : null}
    </div>
  );
}
