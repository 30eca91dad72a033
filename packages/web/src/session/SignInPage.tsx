import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Logo } from '../ui/Logo.tsx';
import { Notice } from '../ui/Notice.tsx';
import { accountKey, register, signIn } from './session.ts';

type Mode = 'sign-in' | 'register';

/** Sign in or make an account. */
export function SignInPage() {
  const [mode, setMode] = useState<Mode>('sign-in');
  const queryClient = useQueryClient();
  const enter = useMutation({
    mutationFn: (fields: { name: string; email: string; password: string }) =>
      mode === 'register' ? register(fields) : signIn({ email: fields.email, password: fields.password }),
    onSuccess: (account) => queryClient.setQueryData(accountKey, account),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    enter.mutate({ name: text('name'), email: text('email'), password: text('password') });
  };
  const choose = (next: Mode) => {
    enter.reset();
    setMode(next);
  };
  const isRegistering = mode === 'register';
  return (
    <main className="entrance">
      <section className="entrance-pitch">
        <Logo />
        <h1>Say it. It is on your list.</h1>
        <p>An assistant for tasks and appointments that treats every message as private and every act as evidence.</p>
        <ul className="promises">
          <li>Plain English in, tasks and bookings out</li>
          <li>Each act recorded in a tamper-evident log that you can check yourself</li>
          <li>Messages are judged for attacks before anything understands them</li>
        </ul>
      </section>
      <section className="card entrance-card" aria-label="Your account">
        <fieldset className="segmented" aria-label="What would you like to do?">
          <button type="button" aria-pressed={!isRegistering} onClick={() => choose('sign-in')}>
            Sign in
          </button>
          <button type="button" aria-pressed={isRegistering} onClick={() => choose('register')}>
            Register
          </button>
        </fieldset>
        <form onSubmit={submit} className="form">
          {isRegistering && <Field name="name" label="Your name" autoComplete="name" maxLength={100} />}
          <Field name="email" label="E-mail" type="email" autoComplete="username" maxLength={254} />
          <Field
            name="password"
            label="Password"
            type="password"
            autoComplete={isRegistering ? 'new-password' : 'current-password'}
            maxLength={200}
            {...(isRegistering ? { hint: 'At least 8 characters, with upper case, lower case and a digit.' } : {})}
          />
          {enter.isError && <Notice tone="error">{enter.error.message}</Notice>}
          <button type="submit" className="button button-main" disabled={enter.isPending}>
            {enter.isPending ? 'One moment…' : isRegistering ? 'Create my account' : 'Sign in'}
          </button>
        </form>
      </section>
    </main>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly autoComplete: string;
  readonly maxLength: number;
  readonly hint?: string;
}

function Field({ name, label, type = 'text', autoComplete, maxLength, hint }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        maxLength={maxLength}
        required
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint !== undefined && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
    </div>
  );
}
