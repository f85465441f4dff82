import { useNavigate } from '@tanstack/react-router';
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useFailureToast } from './toasts.tsx';

/** Where the script lies outside the home, and so cannot be written here. */
export function DuplicateButton({ projectId }: { projectId: string }): ReactNode {
  const navigate = useNavigate();
  const duplicate = useChange('duplicateProject', { onFailed: useFailureToast(), onDone: (copy) => void navigate({ to: '/films/$projectId/script', params: { projectId: copy.projectId } }) });
  return (
    <Button small icon={Copy} busy={duplicate.isPending} onClick={() => duplicate.mutate({ params: { projectId }, body: {} })}>
      Duplicate to edit here
    </Button>
  );
}
