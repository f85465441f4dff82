import type { KeyboardEvent, ReactNode } from 'react';

/** Cards in rows; the arrow keys go from film to film. */
export function FilmGrid({ children }: { children: ReactNode }): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-film]')];
    const at = links.findIndex((link) => link === document.activeElement);
    const step = at === -1 ? undefined : stepOf(event.key, columnsOf(links));
    if (step === undefined) return;
    event.preventDefault();
    links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
  };
  return (
    <ul aria-label="Films" className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] gap-4" onKeyDown={onKeyDown}>
      {children}
    </ul>
  );
}

function columnsOf(links: readonly HTMLElement[]): number {
  const top = links[0]?.getBoundingClientRect().top;
  const second = links.findIndex((link) => link.getBoundingClientRect().top !== top);
  return second === -1 ? links.length : second;
}

function stepOf(key: string, columns: number): number | undefined {
  return { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
}

/** The film that the keyboard stands on. */
export function focusedFilm(): string | undefined {
  const focused = document.activeElement;
  return focused instanceof HTMLElement ? focused.dataset['film'] : undefined;
}
