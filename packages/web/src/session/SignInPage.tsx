import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Account, SecondFactorRequired } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Entrance } from './Entrance.tsx';
import { ForgottenPassword } from './ForgottenPassword.tsx';
import { ProofForm } from './ProofForm.tsx';
import { checkedPassword, passwordHint } from './password.ts';
import { accountKey, register, type SignInOutcome, showSecondFactor, signIn, signInWithPasskey } from './session.ts';
import { browserSupportsWebAuthn } from './webAuthn.ts';

/** Sign in, by password and second factor or by passkey; make an account; ask for a new password. */
export function SignInPage() {
  const [due, setDue] = useState<SecondFactorRequired>();
  const [isForgotten, setIsForgotten] = useState(false);
  const queryClient = useQueryClient();
  const enter = (account: Account) => queryClient.setQueryData(accountKey, account);
  const take = (outcome: SignInOutcome) => ('due' in outcome ? setDue(outcome.due) : enter(outcome.account));
  return (
    <Entrance label="Your account">
      {isForgotten ? (
        <ForgottenPassword onBack={() => setIsForgotten(false)} />
      ) : due ? (
        <SecondFactorStep due={due} onEnter={enter} onBack={() => setDue(undefined)} />
      ) : (
        <PasswordStep onOutcome={take} onForgotten={() => setIsForgotten(true)} />
      )}
    </Entrance>
  );
}

function PasswordStep({
  onOutcome,
  onForgotten,
}: {
  onOutcome: (outcome: SignInOutcome) => void;
  onForgotten: () => void;
}) {
  const [isRegistering, setIsRegistering] = useState(false);
  const byPassword = useMutation({
    mutationFn: async (fields: { name: string; email: string; password: string }) => {
      const { email } = fields;
      if (!isRegistering) return signIn({ email, password: fields.password });
      return register({ ...fields, password: checkedPassword(fields.password) });
    },
    onSuccess: onOutcome,
  });
  const byPasskey = useMutation({
    mutationFn: signInWithPasskey,
    onSuccess: (account) => onOutcome({ account }),
  });
  const choose = (next: boolean) => {
    byPassword.reset();
    byPasskey.reset();
    setIsRegistering(next);
  };
  return (
    <>
      <fieldset className="segmented" aria-label="What would you like to do?">
        <button type="button" aria-pressed={!isRegistering} onClick={() => choose(false)}>
          Sign in
        </button>
        <button type="button" aria-pressed={isRegistering} onClick={() => choose(true)}>
          Register
        </button>
      </fieldset>
      <ActionForm
        action={isRegistering ? 'Create my account' : 'Sign in'}
        isBusy={byPassword.isPending}
        error={byPassword.error}
        onSubmit={(text) => byPassword.mutate({ name: text('name'), email: text('email'), password: text('password') })}
        aside={
          !isRegistering && (
            <button type="button" className="link" onClick={onForgotten}>
              Forgot password?
            </button>
          )
        }
      >
        {isRegistering && <Field name="name" label="Your name" autoComplete="name" maxLength={100} />}
        <Field name="email" label="E-mail" type="email" autoComplete="username" maxLength={254} />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete={isRegistering ? 'new-password' : 'current-password'}
          maxLength={200}
          {...(isRegistering ? { hint: passwordHint } : {})}
        />
      </ActionForm>
      {!isRegistering && browserSupportsWebAuthn() && (
        <div className="alternative">
          <button type="button" className="button" onClick={() => byPasskey.mutate()} disabled={byPasskey.isPending}>
            Sign in with a passkey
          </button>
          {byPasskey.isError && <Notice tone="error">{byPasskey.error.message}</Notice>}
        </div>
      )}
    </>
  );
}

function SecondFactorStep({
  due,
  onEnter,
  onBack,
}: {
  due: SecondFactorRequired;
  onEnter: (account: Account) => void;
  onBack: () => void;
}) {
  return (
    <>
      <h2>One more step</h2>
      <p className="hint">Your password was right. Now show your second factor.</p>
      <ProofForm
        methods={due.methods}
        passkey={due.passkey}
        onProof={async (proof) => onEnter(await showSecondFactor(due.ticket, proof))}
        aside={
          <button type="button" className="button button-quiet" onClick={onBack}>
            Start again
          </button>
        }
      />
    </>
  );
}
