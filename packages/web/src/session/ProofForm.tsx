import { useMutation } from '@tanstack/react-query';
import type { AuthenticationMethod, SecondFactorProof } from '@todo-chatbot/contracts';
import { type ReactNode, useState } from 'react';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Field } from '../ui/Field.tsx';
import { askForPasskey, browserSupportsWebAuthn } from './webAuthn.ts';

/** What a person shows for themselves. */
export type Proof = SecondFactorProof | { readonly method: 'password'; readonly password: string };

/** The strongest first. */
const order = ['passkey', 'totp', 'recovery-code', 'password'] as const satisfies readonly AuthenticationMethod[];

const otherWays: Readonly<Record<AuthenticationMethod, string>> = {
  passkey: 'Use a passkey',
  totp: 'Use a code of your authenticator app',
  'recovery-code': 'Use a recovery code',
  password: 'Use your password',
};

interface ProofFormProps {
  readonly methods: readonly AuthenticationMethod[];
  /** The ceremony of a passkey, where the account has one. */
  readonly passkey: { readonly ticket: string; readonly options: unknown } | null;
  readonly onProof: (proof: Proof) => Promise<void>;
  /** A button beside the main one. */
  readonly aside?: ReactNode;
}

/** One proof by a method of the person's choice: the second half of a sign-in, or a step-up. */
export function ProofForm({ methods, passkey, onProof, aside }: ProofFormProps) {
  const usable = order.filter((method) => methods.includes(method) && (method !== 'passkey' || canUse(passkey)));
  const [chosen, setChosen] = useState<AuthenticationMethod>();
  const method = chosen ?? usable[0];
  const prove = useMutation({
    mutationFn: async (text: (name: string) => string) => {
      if (method === undefined) return;
      await onProof(await proofBy(method, text, passkey));
    },
  });
  if (method === undefined) return <p>None of your account’s methods can be used in this browser.</p>;
  return (
    <>
      <ActionForm
        key={method}
        action={method === 'passkey' ? 'Use my passkey' : 'Continue'}
        isBusy={prove.isPending}
        error={prove.error}
        onSubmit={(text) => prove.mutate(text)}
        aside={aside}
      >
        <ProofField method={method} />
      </ActionForm>
      {usable.length > 1 && (
        <ul className="other-ways" aria-label="Other ways">
          {usable
            .filter((other) => other !== method)
            .map((other) => (
              <li key={other}>
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    prove.reset();
                    setChosen(other);
                  }}
                >
                  {otherWays[other]}
                </button>
              </li>
            ))}
        </ul>
      )}
    </>
  );
}

function canUse(passkey: ProofFormProps['passkey']): boolean {
  return passkey !== null && browserSupportsWebAuthn();
}

function ProofField({ method }: { method: AuthenticationMethod }) {
  switch (method) {
    case 'passkey':
      return <p>Your browser will ask you to unlock a passkey of this account.</p>;
    case 'totp':
      return (
        <Field
          name="oneTimeCode"
          label="Code of your authenticator app"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={20}
          hint="Six digits that change every half minute."
        />
      );
    case 'recovery-code':
      return (
        <Field name="recoveryCode" label="Recovery code" maxLength={40} hint="One that you have not used before." />
      );
    case 'password':
      return <Field name="password" label="Password" type="password" autoComplete="current-password" maxLength={200} />;
  }
}

async function proofBy(
  method: AuthenticationMethod,
  text: (name: string) => string,
  passkey: ProofFormProps['passkey'],
): Promise<Proof> {
  switch (method) {
    case 'passkey':
      if (passkey === null) throw new Error('This account has no passkey.');
      return { method, ticket: passkey.ticket, response: await askForPasskey(passkey.options) };
    case 'totp':
      return { method, oneTimeCode: text('oneTimeCode') };
    case 'recovery-code':
      return { method, recoveryCode: text('recoveryCode') };
    case 'password':
      return { method, password: text('password') };
  }
}
