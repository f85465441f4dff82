import type { ReactNode } from 'react';

export function ScriptScreen(): ReactNode {
  return <h2 className="p-6">Script</h2>;
}
