import { useEffect, useState, type ReactNode } from 'react';
import type { Shot } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { call } from '../api/call.ts';
import { useChange, useWholeList } from '../api/use-api.ts';
import { useAfterPause } from '../api/use-after-pause.ts';
import { keepDraft, readDraft } from '../app/drafts.ts';
import { useToast } from '../app/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { CheckField, SelectField, TextArea, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/notes.tsx';
import { durationWords } from '../ui/time-words.ts';
import { EffectWords } from './effect-words.tsx';
import { FrameField } from './frame-field.tsx';
import { backFrom, choiceOf, type ShotChange } from './shot-change.ts';

export interface ShotFormProps {
  projectId: string;
  engine: Engine;
  shot: Shot;
  editable: boolean;
}

const isChange = (value: unknown): value is ShotChange => typeof value === 'object' && value !== null && !Array.isArray(value);
const SHAPES = ['16:9', '9:16', '1:1'] as const;

/** How a shot is filmed. What is changed here is priced before it is saved, and costs nothing by itself. */
export function ShotForm({ projectId, engine, shot, editable }: ShotFormProps): ReactNode {
  const { shotId = '', name, settings } = shot;
  const [edits, setEdits] = useState<ShotChange>(() => readDraft('shot', shotId, isChange) ?? {});
  const touched = Object.keys(edits).length > 0;
  useEffect(() => {
    if (shotId !== '') keepDraft('shot', shotId, touched ? edits : undefined);
  }, [shotId, edits, touched]);
  const models = useWholeList('listModels', {});
  const toast = useToast();
  const words = { params: { projectId, shotId }, body: edits };
  const price = useAfterPause(touched && editable ? JSON.stringify(words) : undefined, async (signal) => await call('priceShot', words, { signal }));
  const change = useChange('changeShot');
  const set = (more: ShotChange) => {
    change.reset();
    setEdits((before) => withoutSame(shot, { ...before, ...more }));
  };
  const save = () =>
    change.mutate(words, {
      onSuccess() {
        setEdits({});
        const body = backFrom(shot, edits);
        toast({ words: `${name} is changed. Takes that are there stay.`, action: { words: 'Undo', onPress: () => change.mutate({ params: { projectId, shotId }, body }) } });
      },
    });
  const modelName = edits.model ?? settings.model;
  const model = models.data?.find((each) => each.name === modelName);
  const modes = model?.modes ?? (settings.mode === undefined ? [] : [settings.mode]);
  const lengths = model?.durationsS ?? [settings.durationS];
  const mode = edits.mode ?? (edits.model === undefined ? settings.mode : undefined);
  const startFrame = edits.startFrame === undefined ? choiceOf(settings.startFrame) : edits.startFrame;
  const endFrame = edits.endFrame === undefined ? choiceOf(settings.endFrame) : edits.endFrame;
  const failure = change.error ?? price.failure;
  const hasErrors = change.error?.code === 'PROMPTS_REFUSED' || (edits.prompt !== undefined && price.answered?.answer.shot.issues.some(({ severity }) => severity === 'error') === true);
  return (
    <form
      className="@container flex flex-col gap-3"
      aria-label={`How ${name} is filmed`}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {editable ? null : <p className="text-sm text-caution-text">{shotId === '' ? 'Save the script first: this shot is not in the film yet.' : 'Save the script first, then its shots can be changed.'}</p>}
      <fieldset disabled={!editable} className="flex min-w-0 flex-col gap-3">
        <TextArea label="Its words" rows={3} maxLength={20_000} value={edits.prompt ?? shot.prompt} onChange={({ target }) => set({ prompt: target.value })} />
        <div className="grid grid-cols-2 gap-3 @md:grid-cols-3">
          <SelectField label="Model" value={modelName} onChange={({ target }) => set({ model: target.value, mode: undefined })} choices={modelChoices(models.data ?? [], settings)} />
          {modes.length === 0 ? null : <SelectField label="Mode" value={mode ?? modes[0]} onChange={({ target }) => set({ mode: modeOf(target.value) })} choices={modes.map((value) => ({ value, words: value }))} />}
          <SelectField label="Length of the clip" value={String(edits.durationS ?? settings.durationS)} onChange={({ target }) => set({ durationS: Number(target.value) })} choices={[...new Set([...lengths, edits.durationS ?? settings.durationS])].toSorted((one, other) => one - other).map((value) => ({ value: String(value), words: durationWords(value) }))} />
          <TextField label="On screen from, s" type="number" min={0} step={0.1} value={edits.inS ?? shot.inS} onChange={({ target }) => set({ inS: target.value === '' ? null : target.valueAsNumber })} />
          <TextField label="On screen to, s" type="number" min={0} step={0.1} placeholder="the end" value={(edits.outS === undefined ? shot.outS : edits.outS) ?? ''} onChange={({ target }) => set({ outS: target.value === '' ? null : target.valueAsNumber })} />
          <TextField label="Takes" type="number" min={1} max={99} step={1} required value={edits.takes ?? shot.takesWanted} onChange={({ target }) => set({ takes: target.valueAsNumber })} />
          {settings.aspectRatio === undefined ? null : <SelectField label="Shape" value={edits.aspectRatio ?? settings.aspectRatio} onChange={({ target }) => set({ aspectRatio: SHAPES.find((shape) => shape === target.value) })} choices={SHAPES.map((value) => ({ value, words: value }))} />}
        </div>
        <TextField label="Not in the picture (negative prompt)" maxLength={20_000} value={(edits.negativePrompt === undefined ? settings.negativePrompt : edits.negativePrompt) ?? ''} onChange={({ target }) => set({ negativePrompt: target.value === '' ? null : target.value })} />
        {model?.features.includes('sound') === true || settings.sound ? <CheckField label="With sound" checked={edits.sound ?? settings.sound} onChange={({ target }) => set({ sound: target.checked })} /> : null}
        <div className="grid gap-3 @md:grid-cols-2">
          <FrameField projectId={projectId} label="Start frame" choice={startFrame} disabled={!editable} canContinue={shot.index > 1} onChoice={(choice) => set({ startFrame: choice })} />
          <FrameField projectId={projectId} label="End frame" choice={endFrame} disabled={!editable} canContinue={false} onChoice={(choice) => set({ endFrame: choice == null || 'continues' in choice ? null : choice })} />
        </div>
        {hasErrors ? <CheckField label="Film it with the errors in its words" hint="Kling decides what becomes of them." checked={edits.accepted === true} onChange={({ target }) => set({ accepted: target.checked ? true : undefined })} /> : null}
      </fieldset>
      {touched ? (
        <div className="flex flex-col gap-3 rounded-xl border border-edge bg-raised p-3">
          {failure ? <Failure failure={failure} /> : price.answered ? <EffectWords effect={price.answered.answer} engine={engine} /> : <p className="text-sm text-quiet">Counting what it costs …</p>}
          <div className="flex justify-end gap-2">
            <Button small onClick={() => setEdits({})}>
              Leave it
            </Button>
            <Button small look="primary" type="submit" busy={change.isPending} disabled={!editable || price.pending || price.failure !== undefined}>
              Change the shot
            </Button>
          </div>
        </div>
      ) : null}
    </form>
  );
}

/** Without what is as it was. */
function withoutSame(shot: Shot, edits: ShotChange): ShotChange {
  const now: Record<string, unknown> = backFrom(shot, edits);
  const kept = Object.entries(edits).filter(([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(now[field]));
  return Object.fromEntries(kept);
}

function modelChoices(models: readonly { name: string; word: string; callable: boolean }[], settings: Shot['settings']): { value: string; words: string }[] {
  const choices = models.filter(({ callable, name }) => callable || name === settings.model).map(({ name, word }) => ({ value: name, words: word }));
  return choices.some(({ value }) => value === settings.model) ? choices : [{ value: settings.model, words: settings.modelWord }, ...choices];
}

function modeOf(value: string): 'std' | 'pro' | '4k' {
  return value === 'pro' || value === '4k' ? value : 'std';
}
