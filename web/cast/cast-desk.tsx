import { UserPlus, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApiCalls, Shot } from '../../src/protocol/api/index.ts';
import { useChange } from '../api/use-api.ts';
import { useShortcuts } from '../app/shortcuts.tsx';
import { useFailureToast, useToast } from '../app/toasts.tsx';
import { useLiveFilm } from '../live/live-context.tsx';
import { DuplicateButton } from '../app/duplicate-button.tsx';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/notes.tsx';
import { nameProblem, type WrittenCharacter } from './cast-draft.ts';
import { CastSaveBar } from './cast-save-bar.tsx';
import { CharacterCard } from './character-card.tsx';
import { LookFields } from './look-fields.tsx';
import { useCastDraft } from './use-cast-draft.ts';

export interface CastDeskProps {
  projectId: string;
  view: ApiCalls['getCast']['answer'];
  shots: readonly Shot[];
}

export function CastDesk({ projectId, view, shots }: CastDeskProps): ReactNode {
  const { castAndLook, editable, from } = view;
  const engine = useLiveFilm()?.summary?.engine ?? 'sandbox';
  const toast = useToast();
  const { draft, change, changedElsewhere, set, discard } = useCastDraft(projectId, castAndLook, editable);
  const { characters, look } = draft;
  const save = useChange('changeCast', {
    onFailed: useFailureToast(),
    onDone(_, __, client) {
      discard();
      void client.invalidateQueries({ queryKey: ['getCast', projectId] });
      void client.invalidateQueries({ queryKey: ['listShots', projectId] });
      toast({ words: 'Saved. Clips that are there stay until you make others.' });
    },
  });
  const problems = new Map(characters.flatMap((each) => {
    const problem = nameProblem(characters, each);
    return problem === undefined ? [] : [[each.id, problem] as const];
  }));
  const saveNow = () => {
    if (change && problems.size === 0 && !save.isPending) save.mutate({ params: { projectId }, body: change });
  };
  const add = (name: string) => set((now) => ({ ...now, characters: [...now.characters, { id: Math.max(-1, ...now.characters.map(({ id }) => id)) + 1, name, words: '', colour: '', pictures: [] }] }));
  const put = (id: number, more: Partial<WrittenCharacter> | undefined) => set((now) => ({ ...now, characters: now.characters.flatMap((each) => (each.id !== id ? [each] : more === undefined ? [] : [{ ...each, ...more }])) }));
  const remove = (character: WrittenCharacter, at: number) => {
    put(character.id, undefined);
    toast({ words: `${character.name || 'The character'} is taken out; save to keep it so.`, action: { words: 'Undo', onPress: () => set((now) => (now.characters.some(({ id }) => id === character.id) ? now : { ...now, characters: now.characters.toSpliced(at, 0, character) })) } });
  };
  useShortcuts('Cast & look', [{ key: 's', words: 'Save cast and look', withControl: true, whileTyping: true, onPress: saveNow }, { key: 'n', words: 'A new character', onPress: () => editable && add('') }]);
  const strangers = editable ? speakersWithout(shots, characters) : [];
  return (
    <>
      <div className="mx-auto flex w-full max-w-6xl flex-1 flex-col gap-8 px-3 py-5 sm:px-5">
        {editable ? null : (
          <Note kind="info" actions={<DuplicateButton projectId={projectId} />}>
            {from === undefined ? 'The script of this film lies outside the studio, and its cast and look are said there.' : `${from}, which lies outside the studio, says the cast and look of this film.`} Change them there and read the script again, or work on a copy.
          </Note>
        )}
        {changedElsewhere ? (
          <Note kind="warning" actions={<Button small onClick={discard}>Take the saved one</Button>}>
            Cast or look were saved in another window or program while you wrote. Saving writes yours over it.
          </Note>
        ) : null}
        <section aria-labelledby="cast-heading" className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-3">
            <div className="min-w-0 flex-1">
              <h2 id="cast-heading" className="text-lg font-semibold">
                Cast
              </h2>
              <p className="text-sm text-quiet">The words of a character go to Kling with every shot that it is in, so that it looks the same in all of them.</p>
            </div>
            {editable ? (
              <Button icon={UserPlus} onClick={() => add('')}>
                A new character <kbd className="max-sm:hidden">N</kbd>
              </Button>
            ) : null}
          </div>
          {strangers.length === 0 ? null : (
            <p className="flex flex-wrap items-center gap-2 text-sm text-quiet">
              They speak, and nothing says how they look:
              {strangers.map(({ name, count }) => (
                <Button key={name} small icon={UserPlus} onClick={() => add(name)}>
                  {name} <span className="text-quiet">{count === 1 ? '1 line' : `${count} lines`}</span>
                </Button>
              ))}
            </p>
          )}
          {characters.length === 0 ? (
            <div className="flex flex-col items-center gap-2 rounded-xl border border-dashed border-edge px-4 py-10 text-center text-quiet">
              <Users size={32} aria-hidden />
              <p className="max-w-md">Nobody has words of their own yet. Without them Kling invents a face anew in every shot.</p>
            </div>
          ) : (
            <ul className="grid gap-4 md:grid-cols-2">
              {characters.map((character, index) => (
                <CharacterCard key={character.id} projectId={projectId} character={character} shots={shots} editable={editable} problem={problems.get(character.id)} onPut={(more) => put(character.id, more)} onRemove={() => remove(character, index)} />
              ))}
            </ul>
          )}
        </section>
        <LookFields look={look} editable={editable} onLook={(more) => set((now) => ({ ...now, look: { ...now.look, ...more } }))} />
      </div>
      {editable ? <CastSaveBar projectId={projectId} engine={engine} change={problems.size === 0 ? change : undefined} dirty={change !== undefined} shots={shots} saving={save.isPending} onSave={saveNow} onDiscard={discard} /> : null}
    </>
  );
}

/** Who speaks in the film and has no record. */
function speakersWithout(shots: readonly Shot[], characters: readonly WrittenCharacter[]): { name: string; count: number }[] {
  const known = new Set(characters.flatMap(({ name, savedName = '' }) => [name.trim().toLowerCase(), savedName.toLowerCase()]));
  const counts = new Map<string, number>();
  for (const { lines } of shots) for (const { speaker } of lines) if (speaker !== undefined && !known.has(speaker.toLowerCase())) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).toSorted((one, other) => other.count - one.count).slice(0, 12);
}
