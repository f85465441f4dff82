import type { ErrorComponentProps } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Failure } from '../ui/notes.tsx';

/** A screen that broke: said in words, with a way on. Nothing was spent or lost by it. */
export function ErrorScreen({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <div className="mx-auto w-full max-w-2xl p-6">
      <Failure failure={{ message: `This screen broke: ${error instanceof Error ? error.message : String(error)}`, next: 'Your film and your clips are safe. Open the screen again; if it breaks again, Settings has diagnostics to copy for whoever mends it.' }} actions={<Button small icon={RotateCcw} onClick={reset}>Open again</Button>} />
    </div>
  );
}
