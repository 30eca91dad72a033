import { begunErasureSchema } from '@todo-chatbot/contracts';
import { Card } from '../account/Card.tsx';
import { fetchJson } from '../api/client.ts';
import { erasurePath } from '../erasure/openedErasure.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';

/** The account is gone with the answer; what is left is the page that shows the erasure's progress. */
async function eraseMe(): Promise<void> {
  location.assign(erasurePath(await fetchJson(begunErasureSchema, 'DELETE', '/privacy/account')));
}

/** The way out: everything that the service holds of a person goes, for good (PRIV-4). */
export function EraseSection() {
  return (
    <Card title="Erase everything">
      <p className="hint">
        Your account is closed at once, and all that any part of this service holds of you is erased: tasks, messages,
        appointments, sign-ins. In the end the key under which it was sealed is destroyed, so that not even a backup can
        bring it back. You get a link to follow it, and a certificate.
      </p>
      <div className="buttons">
        <ConfirmButton label="Erase my account and data" act={eraseMe}>
          This cannot be taken back by anybody. You will be signed out everywhere at once.
        </ConfirmButton>
      </div>
    </Card>
  );
}
