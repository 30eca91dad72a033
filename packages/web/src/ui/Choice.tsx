import { useId } from 'react';

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** Values with their words, in the order in which they are offered. */
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly defaultValue?: string;
  readonly onChange?: (value: string) => void;
}

/** A labelled choice of one; its value is read from the form, or told as it changes. */
export function Choice({ name, label, options, defaultValue, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} defaultValue={defaultValue} onChange={({ target }) => onChange?.(target.value)}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
