import { Entrance } from '../session/Entrance.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ConfirmEmail } from './ConfirmEmail.tsx';
import type { OpenedLink } from './linkToken.ts';
import { ResetPassword } from './ResetPassword.tsx';
import { ToApp } from './ToApp.tsx';

/** The page of a mailed link. */
export function LinkPage({ link: { path, token } }: { link: OpenedLink }) {
  const isReset = path === '/account/reset-password';
  return (
    <Entrance label={isReset ? 'New password' : 'E-mail address'}>
      <h2>{isReset ? 'Choose a new password' : 'Confirm your e-mail address'}</h2>
      {token === null ? (
        <>
          <Notice tone="error">This link is not whole, or was opened before. Open it once more from your mail.</Notice>
          <ToApp />
        </>
      ) : isReset ? (
        <ResetPassword token={token} />
      ) : (
        <ConfirmEmail token={token} />
      )}
    </Entrance>
  );
}
