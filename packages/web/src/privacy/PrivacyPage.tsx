import '../account/account.css';
import { ConsentSection } from './ConsentSection.tsx';
import './privacy.css';

/** What becomes of the person's data: the notice and their consents. */
export function PrivacyPage() {
  return (
    <>
      <h2 className="page-title">Your privacy</h2>
      <div className="subjects">
        <ConsentSection />
      </div>
    </>
  );
}
