import type { ReactNode } from 'react';

export function ProjectsScreen(): ReactNode {
  return <h1 className="p-6">Projects</h1>;
}
