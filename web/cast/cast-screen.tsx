import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer, useWholeList } from '../api/use-api.ts';
import { Failure, Loading } from '../ui/notes.tsx';
import { CastDesk } from './cast-desk.tsx';

/** Who is in the film and how it looks: words that go with every shot they belong to. */
export function CastScreen(): ReactNode {
  const { projectId } = useParams({ from: '/films/$projectId/cast' });
  const cast = useAnswer('getCast', { params: { projectId } });
  const shots = useWholeList('listShots', { params: { projectId } });
  const failure = cast.error ?? shots.error;
  if (failure && (!cast.data || !shots.data)) return <Failure failure={failure} className="m-5" />;
  if (!cast.data || !shots.data) return <Loading words="Reading cast and look" />;
  return <CastDesk key={projectId} projectId={projectId} view={cast.data} shots={shots.data} />;
}
