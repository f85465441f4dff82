import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Shot } from '../../src/protocol/api/index.ts';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-api.ts';
import { useAfterPause } from '../api/use-after-pause.ts';
import { useShortcuts } from '../app/shortcuts.tsx';
import { useToast } from '../app/toasts.tsx';
import { useLiveFilm } from '../live/live-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { AnimaticPanel } from './animatic-panel.tsx';
import { ChangedElsewhere } from './changed-elsewhere.tsx';
import { FilmFacts } from './film-facts.tsx';
import { ProblemBar } from './problem-bar.tsx';
import { marksOf, useReading } from './reading.ts';
import { SaveBar } from './save-bar.tsx';
import { ScriptEditor, type EditorHandle } from './script-editor.tsx';
import { ScriptNotes } from './script-notes.tsx';
import { ShotList } from './shot-list.tsx';
import { shotAt, type Problem } from './text-places.ts';
import { useFixes } from './use-fixes.ts';
import { useScriptDraft, type WrittenScript } from './use-script-draft.ts';

export interface ScriptDeskProps {
  projectId: string;
  script: WrittenScript;
  /** False: a document that is no text; what was read of it stands in the shots. */
  isText: boolean;
  shots: readonly Shot[];
  /** The slate to begin at. */
  first: string | undefined;
}

export function ScriptDesk({ projectId, script, isText, shots: savedShots, first }: ScriptDeskProps): ReactNode {
  const toast = useToast();
  const engine = useLiveFilm()?.summary?.engine ?? 'sandbox';
  const draft = useScriptDraft(projectId, script, () => toast({ words: 'Saved. Shots whose words are unchanged keep everything.' }));
  const { text, dirty } = draft;
  const { answered, failure, pending } = useAfterPause(dirty ? text : undefined, async (signal) => await call('previewPlan', { body: { projectId, script: { fileName: script.fileName, text } } }, { signal }));
  const reading = useReading(text, script.text, savedShots, dirty ? answered : undefined);
  const { shots, places, problems } = reading;
  const [cursor, setCursor] = useState(() => places[shots.findIndex(({ name }) => name === first)]?.start ?? 0);
  const [opened, setOpened] = useState(first);
  const [side, setSide] = useState<'text' | 'shots'>('text');
  const [playing, setPlaying] = useState(false);
  const [problemKey, setProblemKey] = useState<string>();
  const editor = useRef<EditorHandle>(null);
  const shownIndex = shotAt(places, cursor);
  const shown = shots[shownIndex];
  const shownPlace = places[shownIndex];
  const problem = problemUnder(problems, cursor, problemKey);
  const marks = useMemo(() => marksOf(problems, problem), [problems, problem]);
  const labels = useMemo(() => shots.map(({ name }, index) => ({ at: places[index]?.start ?? 0, slate: name })), [shots, places]);

  const goTo = useCallback((next: Problem | undefined, focus: boolean) => {
    if (!next) return;
    setProblemKey(next.key);
    setCursor(next.at);
    editor.current?.show(next.place ?? { start: next.at, end: next.at }, focus);
  }, []);
  const step = (by: 1 | -1) => {
    const at = problem ? problems.indexOf(problem) : by === 1 ? problems.findIndex((each) => each.at >= cursor) - 1 : problems.findLastIndex((each) => each.at <= cursor) + 1;
    setSide('text');
    goTo(problems[(at + by + problems.length) % problems.length], isText);
  };
  const showShot = useCallback(
    (name: string) => {
      const index = shots.findIndex((shot) => shot.name === name);
      const place = places[index];
      if (!place) return;
      setCursor(place.start);
      setProblemKey(undefined);
      editor.current?.show(place, false);
    },
    [shots, places],
  );
  const advice = useAnswer('adviseFilm', { params: { projectId } });
  const flags = useMemo(() => new Map((advice.data?.flagged ?? []).map(({ name, why }) => [name, why])), [advice.data]);
  const fixes = useFixes({ projectId, text, editable: script.editable, dirty, shots, places, onText: draft.setText });
  useShortcuts('Script', [
    { key: 's', words: 'Save the script', withControl: true, whileTyping: true, onPress: () => draft.save() },
    { key: 'F7', words: 'The next problem', withShift: false, whileTyping: true, onPress: () => step(1) },
    { key: 'F7', words: 'The problem before', withShift: true, whileTyping: true, onPress: () => step(-1) },
    { key: 'a', words: 'The animatic, from this shot on', onPress: () => setPlaying(!playing) },
    { key: '.', words: 'Take the fix that is offered', withControl: true, whileTyping: true, onPress: () => problem && fixes.apply(problem) },
  ]);
  return (
    <div className="flex h-[calc(100dvh-6.5rem)] min-h-96 flex-col max-sm:h-[calc(100dvh-9.5rem)]">
      <h2 className="sr-only">Script and shots</h2>
      <FilmFacts projectId={projectId} engine={engine} shots={shots} plan={dirty ? reading.plan : undefined} unsaved={dirty} animaticOpen={playing} onAnimatic={() => setPlaying(!playing)} />
      <ScriptNotes projectId={projectId} script={script} isText={isText} draft={draft} failure={failure} />
      {draft.changedElsewhere ? <ChangedElsewhere mine={text} theirs={script.text} onKeepMine={() => draft.save(true)} onTakeTheirs={draft.discard} /> : null}
      <div role="group" aria-label="What is shown" className="flex border-b border-line lg:hidden">
        {(['text', 'shots'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={side === each} onClick={() => setSide(each)} className={classNames('flex-1 border-b-2 px-3 py-2 text-sm', side === each ? 'border-warm font-medium' : 'border-transparent text-quiet')}>
            {each === 'text' ? 'Text' : `Shots (${shots.length})`}
          </button>
        ))}
      </div>
      <div className="grid min-h-0 flex-1 lg:grid-cols-[minmax(0,11fr)_minmax(0,10fr)]">
        <section aria-label="Script" className={classNames('flex min-h-0 min-w-0 flex-col', side === 'shots' && 'max-lg:hidden')}>
          <ScriptEditor ref={editor} text={text} readOnly={!script.editable} marks={marks} labels={labels} shown={shownPlace} describedBy="script-problem" onText={draft.setText} onCursor={(offset) => {
            setCursor(offset);
            // Going to a problem moves the cursor there as well.
            setProblemKey((key) => (problems.some((each) => each.key === key && each.at === offset) ? key : undefined));
          }} />
          <ProblemBar id="script-problem" problem={problem} problems={problems} fixOf={fixes.fixOf} onFix={fixes.apply} onStep={step} />
          {script.editable ? <SaveBar draft={draft} planning={pending} cannotPlan={failure !== undefined} /> : null}
        </section>
        <section aria-label="Shots" className={classNames('flex min-h-0 min-w-0 flex-col border-line lg:border-l', side === 'text' && 'max-lg:hidden')}>
          {playing ? <AnimaticPanel projectId={projectId} shots={savedShots} shown={shown} unsaved={dirty} onShot={showShot} onClose={() => setPlaying(false)} /> : null}
          <ShotList
            projectId={projectId}
            engine={engine}
            shots={shots}
            unsaved={dirty}
            shownName={shown?.name}
            openedName={opened}
            fixes={fixes}
            problems={problems}
            flags={flags}
            onOpen={(name) => {
              setOpened(name);
              if (name !== undefined) showShot(name);
            }}
            onShow={(name) => {
              setSide('text');
              showShot(name);
            }}
          />
        </section>
      </div>
    </div>
  );
}

/** The problem that was gone to, else the one whose words the cursor is in: of several, the one with the fewest. */
function problemUnder(problems: readonly Problem[], cursor: number, key: string | undefined): Problem | undefined {
  const lengthOf = ({ place }: Problem) => (place ? place.end - place.start : 0);
  return problems.find((each) => each.key === key) ?? problems.filter(({ place }) => place && cursor >= place.start && cursor <= place.end).toSorted((one, other) => lengthOf(one) - lengthOf(other))[0];
}
