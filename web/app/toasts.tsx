import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { Button, IconButton } from '../ui/button.tsx';

export interface ToastWords {
  words: string;
  /** What to do; one sentence. */
  next?: string | undefined;
  kind?: 'done' | 'failed';
  /** `Undo`, mostly. */
  action?: { words: string; onPress: () => void };
}

const ToastContext = createContext<(toast: ToastWords) => void>(() => {});
/** What can be undone stays longer. */
const SHOWN_MS = 6_000;
const WITH_ACTION_MS = 15_000;

/** Short words at the edge of the screen, with a way back where there is one. F8 takes the keyboard there. */
export function ToastProvider({ children }: { children: ReactNode }): ReactNode {
  const [toasts, setToasts] = useState<readonly (ToastWords & { id: number })[]>([]);
  const [add] = useState(() => {
    let last = 0;
    return (toast: ToastWords) => {
      last += 1;
      const id = last;
      // The newest three: more would cover the work.
      setToasts((before) => [...before.slice(-2), { ...toast, id }]);
    };
  });
  const remove = (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id));
  return (
    <ToastContext value={add}>
      <Toast.Provider swipeDirection="left">
        {children}
        {toasts.map(({ id, words, next, kind, action }) => (
          <Toast.Root
            key={id}
            type={kind === 'failed' ? 'foreground' : 'background'}
            duration={action || kind === 'failed' ? WITH_ACTION_MS : SHOWN_MS}
            onOpenChange={(open) => {
              if (!open) remove(id);
            }}
            className="pointer-events-auto flex items-start gap-3 rounded-xl border border-edge bg-raised px-4 py-3 shadow-xl"
          >
            <div className="min-w-0 flex-1 wrap-anywhere">
              <Toast.Title className={kind === 'failed' ? 'text-bad-text' : undefined}>{words}</Toast.Title>
              {next === undefined ? null : <Toast.Description className="text-sm text-quiet">{next}</Toast.Description>}
            </div>
            {action ? (
              <Toast.Action asChild altText={action.words}>
                <Button small look="primary" onClick={action.onPress}>
                  {action.words}
                </Button>
              </Toast.Action>
            ) : null}
            <Toast.Close asChild>
              <IconButton icon={X} label="Close" small />
            </Toast.Close>
          </Toast.Root>
        ))}
        {/* A window over the page hides what is behind it, but nothing that is marked as live: these words stand before it. Around them what lies below is pressed. */}
        <Toast.Viewport aria-live="off" className="pointer-events-none fixed bottom-20 left-0 z-50 flex w-full max-w-md flex-col gap-2 p-4 outline-none sm:bottom-0" />
      </Toast.Provider>
    </ToastContext>
  );
}

/** A function that shows words at the edge of the screen. */
export const useToast = (): ((toast: ToastWords) => void) => useContext(ToastContext);
/** The same for a refusal. */
export function useFailureToast(): (failure: { message: string; next?: string | undefined }) => void {
  const toast = useToast();
  return ({ message, next }) => toast({ words: message, next, kind: 'failed' });
}
