import type { ReactNode } from 'react';

export function CutScreen(): ReactNode {
  return <h2 className="p-6">Cut</h2>;
}
