import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Account, isPermitted } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { AccountPage } from './account/AccountPage.tsx';
import { ActivityPanel } from './activity/ActivityPanel.tsx';
import { AlertsPage } from './alerts/AlertsPage.tsx';
import { openAlertsQuery } from './alerts/alerts.ts';
import { AuditPage } from './audit/AuditPage.tsx';
import { ChatPanel } from './chat/ChatPanel.tsx';
import { ErasurePage } from './erasure/ErasurePage.tsx';
import type { OpenedErasure } from './erasure/openedErasure.ts';
import { GuardPage } from './guardrail/GuardPage.tsx';
import { LinkPage } from './links/LinkPage.tsx';
import type { OpenedLink } from './links/linkToken.ts';
import { PeoplePage } from './people/PeoplePage.tsx';
import { PrivacyPage } from './privacy/PrivacyPage.tsx';
import { RetentionPage } from './retention/RetentionPage.tsx';
import { SignInPage } from './session/SignInPage.tsx';
import { StepUpDialog } from './session/StepUpDialog.tsx';
import { forgetPerson, signOut, useAccount } from './session/session.ts';
import { TaskPanel } from './tasks/TaskPanel.tsx';
import { useLiveTasks } from './tasks/useLiveTasks.ts';
import { Logo } from './ui/Logo.tsx';
import { Notice } from './ui/Notice.tsx';

type Section =
  | 'chat'
  | 'tasks'
  | 'activity'
  | 'account'
  | 'privacy'
  | 'people'
  | 'audit'
  | 'alerts'
  | 'guard'
  | 'retention';
/** On wide screens the assistant shows its three panels side by side, and its first tab stands for all of them. */
const assistantSections: readonly Section[] = ['chat', 'tasks', 'activity'];

/** The whole app: the page of a mailed link or of an erasure, sign-in when nobody is signed in, otherwise the assistant, the account and the people. */
export function App({ link, erasure }: { link: OpenedLink | null; erasure: OpenedErasure | null }) {
  if (erasure !== null) return <ErasurePage erasure={erasure} />;
  return link === null ? <Assistant /> : <LinkPage link={link} />;
}

function Assistant() {
  const account = useAccount();
  if (account.isPending)
    return (
      <p className="splash" role="status">
        Loading…
      </p>
    );
  if (account.data === undefined) {
    return (
      <main className="splash">
        <Notice tone="error">{account.error.message}</Notice>
        <button type="button" className="button" onClick={() => account.refetch()}>
          Try again
        </button>
      </main>
    );
  }
  // By the person: another one finds nothing of this one on the page.
  return account.data === null ? <SignInPage /> : <SignedIn key={account.data.id} account={account.data} />;
}

function SignedIn({ account }: { account: Account }) {
  const [section, setSection] = useState<Section>('chat');
  const isAssistant = assistantSections.includes(section);
  const isLive = useLiveTasks();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => forgetPerson(queryClient),
  });
  return (
    <div className="app" data-section={section}>
      <header className="topbar">
        <Logo />
        <span className={isLive ? 'live live-on' : 'live'} title={isLive ? 'Live' : 'Connecting'}>
          <span className="visually-hidden">{isLive ? 'Live updates on' : 'Connecting to live updates'}</span>
        </span>
        <span className="who">{account.name}</span>
        <button type="button" className="button button-quiet" onClick={() => leave.mutate()} disabled={leave.isPending}>
          Sign out
        </button>
        {leave.isError && <Notice tone="error">You are still signed in. {leave.error.message}</Notice>}
      </header>
      <nav className="tabs" aria-label="Sections">
        {sectionsOf(account).map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className={id === 'tasks' || id === 'activity' ? 'tab tab-panel' : 'tab'}
            aria-current={section === id ? 'page' : undefined}
            onClick={() => setSection(id)}
          >
            {label}
            {id === 'alerts' && <OpenAlerts />}
          </button>
        ))}
      </nav>
      {/* The assistant stays while another page is shown: a reply may be under way. */}
      <main className="panels" hidden={!isAssistant}>
        <ChatPanel />
        <TaskPanel />
        <ActivityPanel userId={account.id} />
      </main>
      {!isAssistant && (
        <main className="page">
          <Page section={section} account={account} />
        </main>
      )}
      <StepUpDialog />
    </div>
  );
}

function Page({ section, account }: { section: Section; account: Account }) {
  switch (section) {
    case 'account':
      return <AccountPage account={account} />;
    case 'privacy':
      return <PrivacyPage />;
    case 'people':
      return <PeoplePage account={account} />;
    case 'audit':
      return <AuditPage />;
    case 'alerts':
      return <AlertsPage account={account} />;
    case 'guard':
      return <GuardPage account={account} />;
    case 'retention':
      return <RetentionPage account={account} />;
    case 'chat':
    case 'tasks':
    case 'activity':
      return null;
  }
}

/** How many alerts wait for somebody; nothing when there are none, or they cannot be counted. */
function OpenAlerts() {
  const { data: count = 0 } = useQuery(openAlertsQuery);
  if (count === 0) return null;
  return (
    <span className="badge badge-bad tab-count">
      {count === 100 ? '99+' : count}
      <span className="visually-hidden"> open</span>
    </span>
  );
}

function sectionsOf({ roles }: Account): readonly { id: Section; label: string }[] {
  return [
    { id: 'chat', label: 'Chat' },
    { id: 'tasks', label: 'Tasks' },
    { id: 'activity', label: 'Activity' },
    { id: 'account', label: 'Account' },
    { id: 'privacy', label: 'Privacy' },
    ...(isPermitted(roles, 'user.read') ? [{ id: 'people', label: 'People' } as const] : []),
    ...(isPermitted(roles, 'audit.read')
      ? [{ id: 'audit', label: 'Audit' } as const, { id: 'alerts', label: 'Alerts' } as const]
      : []),
    ...(isPermitted(roles, 'configuration.read')
      ? [{ id: 'guard', label: 'Guard' } as const, { id: 'retention', label: 'Retention' } as const]
      : []),
  ];
}
