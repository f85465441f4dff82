import type { ReactNode } from 'react';
import { TextField } from '../ui/field.tsx';
import { LOOK_FIELDS, type CastDraft } from './cast-draft.ts';

type Look = CastDraft['look'];

const WORDS: Record<keyof Look, { label: string; example: string }> = {
  style: { label: 'Style', example: 'a feature film on 35 mm, fine grain' },
  lens: { label: 'Lens', example: 'anamorphic 40 mm, shallow focus' },
  light: { label: 'Light', example: 'low key, one warm lamp, rain outside' },
  palette: { label: 'Palette', example: 'teal and amber, muted' },
};

/** How the whole film looks: words that are sent with every shot. */
export function LookFields({ look, editable, onLook }: { look: Look; editable: boolean; onLook: (more: Partial<Look>) => void }): ReactNode {
  return (
    <section aria-labelledby="look-heading" className="flex flex-col gap-4">
      <div>
        <h2 id="look-heading" className="text-lg font-semibold">
          Look
        </h2>
        <p className="text-sm text-quiet">These words go with every shot: a change of them changes every picture of the film.</p>
      </div>
      <div className="grid gap-4 rounded-xl border border-line bg-panel p-4 md:grid-cols-2">
        {LOOK_FIELDS.map((field) => (
          <TextField key={field} label={WORDS[field].label} maxLength={500} value={look[field]} readOnly={!editable} placeholder={WORDS[field].example} onChange={({ target }) => onLook({ [field]: target.value })} />
        ))}
      </div>
    </section>
  );
}
