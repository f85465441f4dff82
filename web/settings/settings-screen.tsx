import type { ReactNode } from 'react';

export function SettingsScreen(): ReactNode {
  return <h1 className="p-6">Settings</h1>;
}
