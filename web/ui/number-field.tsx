import type { ReactNode } from 'react';
import { TextField } from './field.tsx';

interface NumberFieldProps {
  label: string;
  hint?: ReactNode;
  value: number | undefined;
  least: number;
  most: number;
  /** Only whole ones. */
  whole?: boolean;
  placeholder?: string;
  onNumber: (value: number | undefined) => void;
}

/** A number, or nothing. What is no number in the bounds is not taken over. */
export function NumberField({ label, hint, value, least, most, whole = false, placeholder, onNumber }: NumberFieldProps): ReactNode {
  return (
    <TextField
      label={label}
      hint={hint}
      type="number"
      inputMode={whole ? 'numeric' : 'decimal'}
      min={least}
      max={most}
      step={whole ? 1 : 'any'}
      placeholder={placeholder}
      value={value ?? ''}
      onChange={({ target }) => {
        const number = target.value === '' ? undefined : target.valueAsNumber;
        if (number === undefined || (number >= least && number <= most && (!whole || Number.isInteger(number)))) onNumber(number);
      }}
    />
  );
}
