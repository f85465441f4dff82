import type { ReactNode } from 'react';

export function SettingsScreen(): ReactNode {
  return <h2 className="p-6">Settings</h2>;
}
