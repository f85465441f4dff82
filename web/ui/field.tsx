import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';

const BOX = 'w-full rounded-lg border border-edge bg-sunken px-3 text-text disabled:opacity-55 aria-invalid:border-bad-text';

interface Labelled {
  label: string;
  /** Read aloud with the label, shown under the box. */
  hint?: ReactNode;
  /** Why it is not taken; shown in the hint's place. */
  problem?: string | undefined;
  /** For the screen reader only: what stands around it says it to the eye. */
  labelHidden?: boolean;
}

function Field({ id, label, hint, problem, labelHidden = false, children }: Labelled & { id: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      {children}
      {problem === undefined && hint === undefined ? null : (
        <p id={`${id}-hint`} className={classNames('text-sm', problem === undefined ? 'text-quiet' : 'text-bad-text')}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, problem }: Labelled) {
  return { id, 'aria-describedby': hint === undefined && problem === undefined ? undefined : `${id}-hint`, 'aria-invalid': problem === undefined ? undefined : true };
}

export function TextField({ label, hint, problem, labelHidden, className, ...rest }: Labelled & InputHTMLAttributes<HTMLInputElement>): ReactNode {
  const id = useId();
  const labelled = { label, hint, problem, ...(labelHidden === undefined ? {} : { labelHidden }) };
  return (
    <Field id={id} {...labelled}>
      <input {...rest} {...described(id, labelled)} className={classNames(BOX, 'min-h-10', className)} />
    </Field>
  );
}

export function TextArea({ label, hint, problem, labelHidden, className, ...rest }: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }): ReactNode {
  const id = useId();
  const labelled = { label, hint, problem, ...(labelHidden === undefined ? {} : { labelHidden }) };
  return (
    <Field id={id} {...labelled}>
      <textarea {...rest} {...described(id, labelled)} className={classNames(BOX, 'py-2', className)} />
    </Field>
  );
}

export interface Choice {
  value: string;
  words: string;
}

export function SelectField({ label, hint, problem, labelHidden, className, choices, ...rest }: Labelled & SelectHTMLAttributes<HTMLSelectElement> & { choices: readonly Choice[] }): ReactNode {
  const id = useId();
  const labelled = { label, hint, problem, ...(labelHidden === undefined ? {} : { labelHidden }) };
  return (
    <Field id={id} {...labelled}>
      <select {...rest} {...described(id, labelled)} className={classNames(BOX, 'min-h-10', className)}>
        {choices.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function CheckField({ label, hint, ...rest }: { label: string; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>): ReactNode {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <input {...rest} type="checkbox" id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} className="mt-1 size-4 accent-(--accent)" />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className="text-sm text-quiet">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
