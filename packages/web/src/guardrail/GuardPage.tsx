import { type Account, isPermitted } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { DecisionsCard } from './DecisionsCard.tsx';
import { type Draft, SettingsCard } from './SettingsCard.tsx';
import { StatusCard } from './StatusCard.tsx';
import { TrialCard } from './TrialCard.tsx';
import '../audit/audit.css';
import './guardrail.css';

/** How texts are judged: how well, what was decided, by which settings, and what would become of a text (GUARD-5). */
export function GuardPage({ account }: { account: Account }) {
  // Here, because a text can be tried on settings that are not saved yet.
  const [draft, setDraft] = useState<Draft | null>(null);
  return (
    <>
      <h2 className="page-title">Guard</h2>
      <StatusCard />
      <DecisionsCard canReview={isPermitted(account.roles, 'guardrail.review')} />
      <SettingsCard draft={draft} onDraft={setDraft} canChange={isPermitted(account.roles, 'configuration.change')} />
      <TrialCard unsaved={draft?.ruleset} />
    </>
  );
}
