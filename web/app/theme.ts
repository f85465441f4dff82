import { useSyncExternalStore } from 'react';

export type Theme = 'dark' | 'light' | 'system';
const KEY = 'directorstudio.theme';
const listeners = new Set<() => void>();

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'system' ? value : 'dark';
}

function show(): void {
  const theme = stored();
  const isLight = theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset['theme'] = isLight ? 'light' : 'dark';
  for (const listener of listeners) listener();
}

/** Shows the theme that was chosen, in this tab and whenever another tab chooses. */
export function startTheme(): void {
  show();
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY) show();
  });
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', show);
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  show();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, stored);
}
