import type { ReactNode } from 'react';

export function ProjectsScreen(): ReactNode {
  return <h2 className="p-6">Projects</h2>;
}
