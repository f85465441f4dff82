import { createContext, useContext, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { Dialog } from '../ui/dialog.tsx';

export interface Shortcut {
  /** As `KeyboardEvent.key` says it: `?`, `j`, `ArrowRight`, ` `. */
  key: string;
  /** What it does, for the list behind `?`. */
  words: string;
  /** With Ctrl, or Command on a Mac. */
  withControl?: boolean;
  /** Only with Shift, or only without; missing: either. */
  withShift?: boolean;
  /** Heard also where letters are written. */
  whileTyping?: boolean;
  onPress: () => void;
}

interface Registry {
  add(group: string, shortcuts: () => readonly Shortcut[]): () => void;
}

const RegistryContext = createContext<Registry | undefined>(undefined);
const KEY_WORDS: Readonly<Record<string, string>> = { ' ': 'Space', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

export function keyWords({ key, withControl, withShift }: Pick<Shortcut, 'key' | 'withControl' | 'withShift'>): string {
  return `${withControl === true ? 'Ctrl ' : ''}${withShift === true ? 'Shift ' : ''}${KEY_WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key)}`;
}

/** Where letters are written, a letter is a letter; a key that a button or list takes itself stays its own. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=range], [type=button]), textarea, select'));
}

function isTakenByControl({ key, target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && ((key === ' ' || key === 'Enter') ? target.closest('button, a, summary, [role=button], [role=menuitem], input') !== null : key.startsWith('Arrow') && target.closest('[role=menu], [role=tablist], [role=radiogroup], [role=slider], input') !== null);
}

/** Hears the keys of every screen, and shows them all on `?`. */
export function ShortcutProvider({ children }: { children: ReactNode }): ReactNode {
  const [groups] = useState(() => new Map<symbol, { group: string; shortcuts: () => readonly Shortcut[] }>());
  const [shown, setShown] = useState<readonly { group: string; shortcuts: readonly Shortcut[] }[]>();
  const [registry] = useState<Registry>(() => ({
    add(group, shortcuts) {
      const id = Symbol(group);
      groups.set(id, { group, shortcuts });
      return () => groups.delete(id);
    },
  }));
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || isTakenByControl(event)) return;
      const typing = isTyping(event.target);
      const control = event.ctrlKey || event.metaKey;
      if (event.key === '?' && !control && !typing) {
        setShown([...groups.values()].map(({ group, shortcuts }) => ({ group, shortcuts: shortcuts() })));
        return;
      }
      // The newest first: a window over the page wins over the page.
      const pressed = [...groups.values()].toReversed().flatMap(({ shortcuts }) => shortcuts()).find(({ key, withControl = false, withShift = event.shiftKey, whileTyping = false }) => key.toLowerCase() === event.key.toLowerCase() && withControl === control && withShift === event.shiftKey && (whileTyping || !typing));
      if (!pressed) return;
      event.preventDefault();
      pressed.onPress();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [groups]);
  return (
    <RegistryContext value={registry}>
      {children}
      <Dialog open={shown !== undefined} onOpenChange={() => setShown(undefined)} title="Keys">
        <div className="grid gap-6 sm:grid-cols-2">
          {shown?.map(({ group, shortcuts }) => (
            <section key={group}>
              <h3 className="mb-2 font-semibold">{group}</h3>
              <dl className="flex flex-col gap-1.5">
                {shortcuts.map((shortcut) => (
                  <div key={shortcut.words} className="flex items-baseline justify-between gap-4">
                    <dt>{shortcut.words}</dt>
                    <dd>
                      <kbd className="whitespace-nowrap">{keyWords(shortcut)}</kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </Dialog>
    </RegistryContext>
  );
}

/** Keys of a screen, as long as it is there. `group`: its heading in the list. */
export function useShortcuts(group: string, shortcuts: readonly Shortcut[], enabled = true): void {
  const registry = useContext(RegistryContext);
  const now = useEffectEvent(() => shortcuts);
  useEffect(() => (enabled ? registry?.add(group, () => now()) : undefined), [registry, group, enabled]);
}
