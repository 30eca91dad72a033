import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ActivityPanel } from './activity/ActivityPanel.tsx';
import { ChatPanel } from './chat/ChatPanel.tsx';
import { SignInPage } from './session/SignInPage.tsx';
import { accountKey, signOut, useAccount } from './session/session.ts';
import { TaskPanel } from './tasks/TaskPanel.tsx';
import { useLiveTasks } from './tasks/useLiveTasks.ts';
import { Logo } from './ui/Logo.tsx';
import { Notice } from './ui/Notice.tsx';

const sections = [
  { id: 'chat', label: 'Chat' },
  { id: 'tasks', label: 'Tasks' },
  { id: 'activity', label: 'Activity' },
] as const;
type Section = (typeof sections)[number]['id'];

/** The whole page: sign-in when nobody is signed in, otherwise chat, tasks and activity. */
export function App() {
  const account = useAccount();
  if (account.isPending)
    return (
      <p className="splash" role="status">
        Loading…
      </p>
    );
  if (account.isError) {
    return (
      <main className="splash">
        <Notice tone="error">{account.error.message}</Notice>
        <button type="button" className="button" onClick={() => account.refetch()}>
          Try again
        </button>
      </main>
    );
  }
  return account.data === null ? <SignInPage /> : <SignedIn name={account.data.name} />;
}

function SignedIn({ name }: { name: string }) {
  const [section, setSection] = useState<Section>('chat');
  const isLive = useLiveTasks();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      queryClient.setQueryData(accountKey, null);
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== accountKey[0] });
    },
  });
  return (
    <div className="app" data-section={section}>
      <header className="topbar">
        <Logo />
        <span className={isLive ? 'live live-on' : 'live'} title={isLive ? 'Live' : 'Connecting'}>
          <span className="visually-hidden">{isLive ? 'Live updates on' : 'Connecting to live updates'}</span>
        </span>
        <span className="who">{name}</span>
        <button type="button" className="button button-quiet" onClick={() => leave.mutate()} disabled={leave.isPending}>
          Sign out
        </button>
        {leave.isError && <Notice tone="error">You are still signed in. {leave.error.message}</Notice>}
      </header>
      <nav className="tabs" aria-label="Sections">
        {sections.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className="tab"
            aria-current={section === id ? 'page' : undefined}
            onClick={() => setSection(id)}
          >
            {label}
          </button>
        ))}
      </nav>
      <main className="panels">
        <ChatPanel />
        <TaskPanel />
        <ActivityPanel />
      </main>
    </div>
  );
}
