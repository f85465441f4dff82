import { useEffect, type ReactNode } from 'react';
import { ClipsSection } from './clips-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { LookSection } from './look-section.tsx';
import { MachineSection } from './machine-section.tsx';
import { ModelsSection } from './models-section.tsx';
import { NewFilmsSection } from './new-films-section.tsx';
import { usePreferences } from './use-preferences.ts';

const PARTS = [
  { id: 'keys', words: 'Kling key' },
  { id: 'new-films', words: 'New films' },
  { id: 'clips', words: 'Clips' },
  { id: 'models', words: 'Models' },
  { id: 'look', words: 'Appearance' },
  { id: 'machine', words: 'This machine' },
];

/** Everything that is not of one film. */
export function SettingsScreen(): ReactNode {
  const preferences = usePreferences();
  // The browser looked for the part before it was there.
  useEffect(() => document.getElementById(location.hash.slice(1))?.scrollIntoView(), []);
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-x-10 gap-y-4 px-3 py-5 sm:px-5 lg:flex-row">
      <div className="lg:w-44 lg:shrink-0">
        <h1 className="text-xl font-semibold">Settings</h1>
        <nav aria-label="Parts of the settings" className="mt-3 flex flex-wrap gap-1 lg:sticky lg:top-4 lg:flex-col">
          {PARTS.map(({ id, words }) => (
            <a key={id} href={`#${id}`} className="rounded-lg px-3 py-1.5 text-quiet hover:bg-raised hover:text-text">
              {words}
            </a>
          ))}
        </nav>
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-8">
        <KeysSection />
        <NewFilmsSection preferences={preferences} />
        <ClipsSection />
        <ModelsSection preferences={preferences} />
        <LookSection />
        <MachineSection />
      </div>
    </div>
  );
}
