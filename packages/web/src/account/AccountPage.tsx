import type { Account } from '@todo-chatbot/contracts';
import { ApiKeysCard } from './ApiKeysCard.tsx';
import { EmailCard } from './EmailCard.tsx';
import { PasskeysCard } from './PasskeysCard.tsx';
import { PasswordCard } from './PasswordCard.tsx';
import { SessionsCard } from './SessionsCard.tsx';
import { TotpCard } from './TotpCard.tsx';
import './account.css';

/** The person's own account: address, password, second factors, sessions and API keys. */
export function AccountPage({ account }: { account: Account }) {
  return (
    <>
      <h2 className="page-title">Your account</h2>
      <div className="subjects">
        <EmailCard account={account} />
        <PasswordCard />
        <TotpCard />
        <PasskeysCard />
        <SessionsCard />
        <ApiKeysCard />
      </div>
    </>
  );
}
