import { ImagePlus, X } from 'lucide-react';
import { useId, useRef, type ReactNode } from 'react';
import { addressOf } from '../api/call.ts';
import { useChange } from '../api/use-api.ts';
import { useFailureToast } from '../app/toasts.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import type { StartChoice } from './shot-change.ts';

export interface FrameFieldProps {
  projectId: string;
  label: string;
  choice: NonNullable<StartChoice> | null;
  disabled: boolean;
  /** It may go on from the shot before. */
  canContinue: boolean;
  onChoice: (choice: StartChoice) => void;
}

/** A picture that a shot starts from or ends at. */
export function FrameField({ projectId, label, choice, disabled, canContinue, onChoice }: FrameFieldProps): ReactNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const keep = useChange('keepFrame', { onFailed: useFailureToast(), onDone: ({ sha256, name }) => onChoice({ sha256, name }) });
  const continues = choice !== null && 'continues' in choice;
  const picture = choice === null || continues ? undefined : 'url' in choice ? choice.url : addressOf('framePicture', { params: { sha256: choice.sha256 } });
  const take = async (file: File) => keep.mutate({ params: { projectId }, query: { name: file.name }, body: new Uint8Array(await file.arrayBuffer()) });
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-2">
      <span id={id} className="text-sm font-medium">
        {label}
      </span>
      {canContinue ? <CheckField label="Goes on from the shot before" checked={continues} disabled={disabled} onChange={({ target }) => onChoice(target.checked ? { continues: true } : null)} /> : null}
      {continues ? null : (
        <div className="flex flex-wrap items-center gap-2">
          {picture === undefined ? <span className="text-sm text-quiet">None</span> : choice !== null && 'url' in choice ? <span className="text-sm wrap-anywhere">{choice.url}</span> : <img src={picture} alt={`${label}: ${choice !== null && 'name' in choice ? (choice.name ?? 'a picture') : 'a picture'}`} className="h-16 rounded-lg border border-line object-contain" />}
          <Button small icon={ImagePlus} busy={keep.isPending} disabled={disabled} onClick={() => input.current?.click()}>
            {picture === undefined ? 'Choose a picture' : 'Another'}
          </Button>
          {picture === undefined ? null : <IconButton icon={X} small label={`No ${label.toLowerCase()}`} disabled={disabled} onClick={() => onChoice(null)} />}
          <input
            ref={input}
            type="file"
            accept="image/png,image/jpeg"
            className="hidden"
            aria-label={`${label}: a PNG or JPEG`}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) void take(file);
              target.value = '';
            }}
          />
        </div>
      )}
    </div>
  );
}
