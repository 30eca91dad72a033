import { useMutation, useQueryClient } from '@tanstack/react-query';
import { refreshEntries } from '../activity/entries.ts';
import { Notice } from '../ui/Notice.tsx';
import { disputeRefusal } from './disputeRefusal.ts';

/** Lets somebody whose message was refused say that it was harmless (GUARD-5). */
export function RefusalFeedback({ judgementId }: { judgementId: string }) {
  const queryClient = useQueryClient();
  const dispute = useMutation({
    mutationFn: () => disputeRefusal(judgementId),
    onSuccess: () => refreshEntries(queryClient),
  });
  if (dispute.isSuccess)
    return (
      <p className="refusal hint" role="status">
        Thank you. Somebody will look into it.
      </p>
    );
  return (
    <div className="refusal">
      <button type="button" className="button" onClick={() => dispute.mutate()} disabled={dispute.isPending}>
        This was harmless
      </button>
      {dispute.isError && <Notice tone="error">{dispute.error.message}</Notice>}
    </div>
  );
}
