import { CopyButton } from '../ui/CopyButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** Recovery codes, this once: the server keeps only their hashes. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog title="Your recovery codes">
      <p>
        Keep them where you will find them without your phone. Each signs you in once when your authenticator is out of
        reach. They are not shown again.
      </p>
      <ul className="codes" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <button type="button" className="button button-main" onClick={onClose}>
          I have kept them
        </button>
        <CopyButton text={codes.join('\n')} />
      </div>
    </Dialog>
  );
}
