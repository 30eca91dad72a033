import '../account/account.css';
import { ConsentSection } from './ConsentSection.tsx';
import { EraseSection } from './EraseSection.tsx';
import { ExportSection } from './ExportSection.tsx';
import './privacy.css';

/** What becomes of the person's data: the notice, their consents, and the way out. */
export function PrivacyPage() {
  return (
    <>
      <h2 className="page-title">Your privacy</h2>
      <div className="subjects">
        <ConsentSection />
        <ExportSection />
        <EraseSection />
      </div>
    </>
  );
}
