import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { legalHoldSchema, type User } from '@todo-chatbot/contracts';
import { fetchJson, send } from '../api/client.ts';
import { RequestFailed } from '../api/problem.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';

/** The hold, or null where there is none. */
async function loadHold(userId: string) {
  try {
    return await fetchJson(legalHoldSchema, 'GET', `/admin/holds/${userId}`);
  } catch (error) {
    if (error instanceof RequestFailed && error.code === 'hold.not-found') return null;
    throw error;
  }
}

/** The legal hold on a person's data: while it stands they are not erased, whoever asks (PRIV-4). */
export function HoldForm({ person }: { person: User }) {
  const queryClient = useQueryClient();
  const queryKey = ['legal-hold', person.id];
  const hold = useQuery({ queryKey, queryFn: () => loadHold(person.id) });
  const place = useMutation({
    mutationFn: (reason: string) =>
      fetchJson(legalHoldSchema, 'PUT', `/admin/holds/${person.id}`, { body: { reason } }),
    onSuccess: (placed) => queryClient.setQueryData(queryKey, placed),
  });
  const lift = async () => {
    await send('DELETE', `/admin/holds/${person.id}`);
    await queryClient.invalidateQueries({ queryKey });
  };
  if (hold.isPending) return <p role="status">Loading the legal hold…</p>;
  if (hold.isError) return <Notice tone="error">{hold.error.message}</Notice>;
  if (hold.data === null) {
    return (
      <ActionForm
        action="Place a legal hold"
        isBusy={place.isPending}
        error={place.error}
        onSubmit={(text) => place.mutate(text('reason'))}
      >
        <Field name="reason" label="Reason of the legal hold" maxLength={500} hint="Their data are then not erased." />
      </ActionForm>
    );
  }
  return (
    <>
      <p className="hint">
        Legal hold since {momentText(hold.data.placedAt)}: {hold.data.reason}
      </p>
      <div className="buttons">
        <ConfirmButton label="Lift the legal hold" about={`on ${person.name}`} act={lift}>
          An erasure that was asked for begins at once.
        </ConfirmButton>
      </div>
    </>
  );
}
