import { useId } from 'react';

interface LongFieldProps {
  readonly name: string;
  readonly label: string;
  /** UTF-16 code units. */
  readonly maxLength: number;
}

/** A labelled field for a text of several lines; its value is read from the form. */
export function LongField({ label, ...field }: LongFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea {...field} id={id} rows={4} required spellCheck={false} />
    </div>
  );
}
