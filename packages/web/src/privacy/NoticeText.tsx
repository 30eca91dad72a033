import type { PrivacyNotice } from '@todo-chatbot/contracts';
import { dayText } from '../ui/time.ts';

/** The words of the privacy notice. */
export function NoticeText({ notice }: { notice: PrivacyNotice }) {
  return (
    <div className="privacy-notice">
      {notice.sections.map(({ title, text }) => (
        <section key={title}>
          <h4>{title}</h4>
          <p>{text}</p>
        </section>
      ))}
      <p className="hint">Version of {dayText(notice.version)}</p>
    </div>
  );
}
