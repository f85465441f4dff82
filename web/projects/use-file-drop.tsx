import { FileUp } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';

/** Takes files that are dropped anywhere on the page. @returns whether one is held over it now. */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFile);
  useEffect(() => {
    const holds = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    const drag = (event: DragEvent) => {
      if (!holds(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!holds(event)) return;
      // Without this the browser leaves the studio and shows the file.
      event.preventDefault();
      setOver(false);
      const [file] = event.dataTransfer?.files ?? [];
      if (file) take(file);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}

export function DropHint(): ReactNode {
  return (
    <div aria-hidden className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-2xl border-4 border-dashed border-warm bg-shade">
      <p className="flex items-center gap-3 rounded-xl bg-panel px-6 py-4 text-lg font-semibold">
        <FileUp size={24} aria-hidden className="text-warm-text" />
        Drop it: a film of this script
      </p>
    </div>
  );
}
