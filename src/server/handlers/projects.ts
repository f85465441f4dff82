import type { Handlers } from '../call.ts';
import { pageOf } from '../pages.ts';
import { projectDetail } from '../views/project-detail.ts';

/** Films: the list, and one. */
export const projectHandlers = {
  async listProjects({ query }, { boards, watch }) {
    await watch.look({ whole: true });
    return pageOf(await boards.all(), query);
  },
  async getProject({ params }, parts) {
    await parts.watch.look({ whole: true });
    return await projectDetail(parts, params.projectId);
  },
} satisfies Partial<Handlers>;
