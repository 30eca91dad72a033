import { useQuery } from '@tanstack/react-query';
import { stepUpOptionsSchema, stepUpResponseSchema } from '@todo-chatbot/contracts';
import { useEffect, useState } from 'react';
import { fetchJson } from '../api/client.ts';
import { registerStepUpPrompt } from '../api/stepUp.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';
import { type Proof, ProofForm } from './ProofForm.tsx';

type Settle = (isProven: boolean) => void;

/** Opens whenever the server wants a fresh proof before it does something sensitive; the request then goes on by itself. */
export function StepUpDialog() {
  const [asking, setAsking] = useState<{ readonly settle: Settle }>();
  useEffect(() => registerStepUpPrompt(() => new Promise<boolean>((resolve) => setAsking({ settle: resolve }))), []);
  if (asking === undefined) return null;
  const settle = (isProven: boolean) => {
    asking.settle(isProven);
    setAsking(undefined);
  };
  return (
    <Dialog title="Is it you?" onClose={() => settle(false)}>
      <StepUpForm settle={settle} />
    </Dialog>
  );
}

function StepUpForm({ settle }: { settle: Settle }) {
  // A ceremony serves once: never from the cache.
  const options = useQuery({
    queryKey: ['step-up-options'],
    queryFn: () => fetchJson(stepUpOptionsSchema, 'POST', '/auth/step-up/options'),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const prove = async (proof: Proof) => {
    try {
      await fetchJson(stepUpResponseSchema, 'POST', '/auth/step-up', { body: { proof } });
    } catch (error) {
      // A ceremony that was refused is used up; the next try needs another.
      if (proof.method === 'passkey') void options.refetch();
      throw error;
    }
    settle(true);
  };
  const cancel = (
    <button type="button" className="button" onClick={() => settle(false)}>
      Cancel
    </button>
  );
  return (
    <>
      <p className="hint">This is a sensitive change, and you signed in a while ago. Prove that it is still you.</p>
      {options.isPending && <p role="status">One moment…</p>}
      {options.isError && (
        <>
          <Notice tone="error">{options.error.message}</Notice>
          <div className="buttons">{cancel}</div>
        </>
      )}
      {options.data && (
        <ProofForm methods={options.data.methods} passkey={options.data.passkey} onProof={prove} aside={cancel} />
      )}
    </>
  );
}
