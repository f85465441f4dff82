import type { ReactNode } from 'react';

export function CastScreen(): ReactNode {
  return <h2 className="p-6">Cast</h2>;
}
