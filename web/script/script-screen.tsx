import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer, useWholeList } from '../api/use-api.ts';
import { Failure, Loading } from '../ui/notes.tsx';
import { ScriptDesk } from './script-desk.tsx';

/** The script on the left, its shots on the right, each bound to the other. */
export function ScriptScreen(): ReactNode {
  const { projectId } = useParams({ from: '/films/$projectId/script' });
  const { shot } = useSearch({ from: '/films/$projectId/script' });
  const script = useAnswer('getScript', { params: { projectId } });
  const shots = useWholeList('listShots', { params: { projectId } });
  const failure = script.error ?? shots.error;
  if (failure && (!script.data || !shots.data)) return <Failure failure={failure} className="m-5" />;
  if (!script.data || !shots.data) return <Loading words="Reading the script" />;
  // The browser's own text boxes know one kind of line break.
  const text = script.data.text?.replaceAll(/\r\n?/g, '\n');
  return <ScriptDesk key={projectId} projectId={projectId} script={{ ...script.data, editable: script.data.editable && text !== undefined, text: text ?? '' }} isText={text !== undefined} shots={shots.data} first={shot} />;
}
