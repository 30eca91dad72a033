import './api/zodWithoutEval.ts';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { expiredTokenCodes } from './api/client.ts';
import { RequestFailed } from './api/problem.ts';
import { erasureOf } from './erasure/openedErasure.ts';
import { takeOpenedLink } from './links/linkToken.ts';
import { forgetPerson } from './session/session.ts';
import './styles.css';

/** A session that has ended elsewhere ends here too: whatever the page asked for, the sign-in comes next. */
const leaveEndedSession = (error: Error) => {
  if (error instanceof RequestFailed && expiredTokenCodes.includes(error.code)) forgetPerson(queryClient);
};
const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveEndedSession }),
  mutationCache: new MutationCache({ onError: leaveEndedSession }),
  defaultOptions: { queries: { retry: 1, staleTime: 10_000, refetchOnWindowFocus: true } },
});

const link = takeOpenedLink();

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App link={link} erasure={erasureOf(location)} />
    </QueryClientProvider>
  </StrictMode>,
);
