import type { FormEvent, ReactNode } from 'react';
import { Notice } from './Notice.tsx';

interface ActionFormProps {
  /** Words of the button. */
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSubmit: (text: (name: string) => string, form: HTMLFormElement) => void;
  readonly children?: ReactNode;
  /** Buttons beside the main one. */
  readonly aside?: ReactNode;
}

/** A form with its error and its button; `onSubmit` reads the fields by name. */
export function ActionForm({ action, isBusy, error, onSubmit, children, aside }: ActionFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    onSubmit((name) => String(fields.get(name) ?? ''), form);
  };
  return (
    <form onSubmit={submit} className="form">
      {children}
      {error && <Notice tone="error">{error.message}</Notice>}
      <div className="buttons">
        <button type="submit" className="button button-main" disabled={isBusy}>
          {isBusy ? 'One moment…' : action}
        </button>
        {aside}
      </div>
    </form>
  );
}
