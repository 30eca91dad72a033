import { useMutation } from '@tanstack/react-query';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';
import { openText } from './guardrail.ts';
import { visibleText } from './visibleText.ts';

/** A kept text, after the reviewer was told that opening it is recorded. It is forgotten with the dialog. */
export function TextDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const open = useMutation({ mutationFn: () => openText(id), gcTime: 0 });
  return (
    <Dialog title="The text of this decision" onClose={onClose}>
      {!open.isSuccess && (
        <p>Somebody wrote this and agreed that people review it. That you open it is recorded in the audit log.</p>
      )}
      {open.isError && <Notice tone="error">{open.error.message}</Notice>}
      {open.isSuccess &&
        (open.data === null ? (
          <Notice tone="info">It is no longer kept.</Notice>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          <section className="kept-text" aria-label="Text" tabIndex={0}>
            {visibleText(open.data)}
          </section>
        ))}
      <div className="buttons">
        {/* First, and so in focus: a key that is held down too long must not open it. */}
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
        {!open.isSuccess && (
          <button type="button" className="button button-main" onClick={() => open.mutate()} disabled={open.isPending}>
            {open.isPending ? 'One moment…' : 'Open it'}
          </button>
        )}
      </div>
    </Dialog>
  );
}
