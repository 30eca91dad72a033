import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Dialog } from './Dialog.tsx';
import { Notice } from './Notice.tsx';

interface ConfirmButtonProps {
  readonly label: string;
  /** Tells buttons with the same label apart for those who hear the page. */
  readonly about?: string;
  /** What will happen, before it does. */
  readonly children: ReactNode;
  readonly act: () => Promise<unknown>;
  readonly isDisabled?: boolean;
}

/** A button for what cannot be undone: says what will happen and asks. */
export function ConfirmButton({ label, about, children, act, isDisabled = false }: ConfirmButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const action = useMutation({ mutationFn: act, onSuccess: () => setIsAsking(false) });
  const open = () => {
    action.reset();
    setIsAsking(true);
  };
  return (
    <>
      <button type="button" className="button button-danger" onClick={open} disabled={isDisabled}>
        {label}
        {about !== undefined && <span className="visually-hidden"> {about}</span>}
      </button>
      {isAsking && (
        <Dialog title={`${label}?`} onClose={() => setIsAsking(false)}>
          <p>{children}</p>
          {action.isError && <Notice tone="error">{action.error.message}</Notice>}
          <div className="buttons">
            {/* First, and so in focus: a key that is held down too long must not confirm what it has just asked for. */}
            <button type="button" className="button" onClick={() => setIsAsking(false)}>
              Cancel
            </button>
            <button
              type="button"
              className="button button-danger"
              onClick={() => action.mutate()}
              disabled={action.isPending}
            >
              {action.isPending ? 'One moment…' : label}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
