import { useInfiniteQuery } from '@tanstack/react-query';
import { type Account, isPermitted, usersSchema } from '@todo-chatbot/contracts';
import { type FormEvent, useState } from 'react';
import { byCursor } from '../api/byCursor.ts';
import { fetchJson } from '../api/client.ts';
import { RequestFailed } from '../api/problem.ts';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ShowMore } from '../ui/ShowMore.tsx';
import { ErasuresCard } from './ErasuresCard.tsx';
import { PersonRow } from './PersonRow.tsx';
import { peopleKey } from './peopleKey.ts';

async function loadPeople(email: string, cursor: string | null) {
  const query = new URLSearchParams({ limit: '50' });
  if (email !== '') query.set('email', email);
  if (cursor !== null) query.set('cursor', cursor);
  return fetchJson(usersSchema, 'GET', `/admin/users?${query}`);
}

/** Everybody's accounts, for those who may see them; administrators change them (AUTH-10). */
export function PeoplePage({ account }: { account: Account }) {
  const [email, setEmail] = useState('');
  const people = useInfiniteQuery({
    queryKey: [...peopleKey, email],
    queryFn: ({ pageParam }) => loadPeople(email, pageParam),
    ...byCursor,
  });
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setEmail(String(new FormData(event.currentTarget).get('search') ?? '').trim());
  };
  const found = people.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h2 className="page-title">People</h2>
      <div className="card subject people">
        <search>
          <form onSubmit={search} className="search">
            <Field name="search" label="Find by e-mail address" type="email" maxLength={254} />
            <button type="submit" className="button button-main">
              Find
            </button>
            {email !== '' && (
              <button
                type="button"
                className="button"
                onClick={({ currentTarget }) => {
                  // By hand: the button is gone before the browser would reset the form for it.
                  currentTarget.form?.reset();
                  setEmail('');
                }}
              >
                Show everybody
              </button>
            )}
          </form>
        </search>
        {people.isPending && <p role="status">Loading people…</p>}
        {people.isError && <Notice tone="error">{reasonOf(people.error)}</Notice>}
        {people.isSuccess && found.length === 0 && <p role="status">Nobody has this address.</p>}
        <ul className="rows" aria-label="People">
          {found.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              isSelf={person.id === account.id}
              canManage={isPermitted(account.roles, 'user.manage')}
            />
          ))}
        </ul>
        <ShowMore pages={people} />
      </div>
      <div className="people erasures">
        <ErasuresCard />
      </div>
    </>
  );
}

/** In production an administrator's session is an ordinary one until a second factor opened it (AUTH-8). */
function reasonOf(error: Error): string {
  if (!(error instanceof RequestFailed) || error.code !== 'access.permission-denied') return error.message;
  return 'This needs a session with a second factor. Set one up under Account, then sign in again with it.';
}
