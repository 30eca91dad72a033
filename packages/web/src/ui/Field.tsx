import { type ReactNode, useId } from 'react';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password' | 'number' | 'search' | 'datetime-local';
  readonly autoComplete?: string;
  readonly inputMode?: 'numeric' | 'text';
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly defaultValue?: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value that was given. */
  readonly fault?: string | undefined;
  /** May be left empty. */
  readonly isOptional?: boolean;
}

/** A labelled input; its value is read from the form. */
export function Field(props: FieldProps) {
  const { label, hint, fault, type = 'text', autoComplete = 'off', isOptional = false, ...input } = props;
  const id = useId();
  const descriptions = [...(fault === undefined ? [] : [`${id}-fault`]), ...(hint === undefined ? [] : [`${id}-hint`])];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        type={type}
        autoComplete={autoComplete}
        required={!isOptional}
        spellCheck={false}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={descriptions.length === 0 ? undefined : descriptions.join(' ')}
      />
      {fault !== undefined && (
        <small id={`${id}-fault`} className="fault">
          {fault}
        </small>
      )}
      {hint !== undefined && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
    </div>
  );
}
