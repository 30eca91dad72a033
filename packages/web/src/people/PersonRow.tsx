import { useMutation, useQueryClient } from '@tanstack/react-query';
import { privilegedRoles, type User, userSchema } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { fetchJson, send } from '../api/client.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { dayText } from '../ui/time.ts';
import { HoldForm } from './HoldForm.tsx';
import { peopleKey } from './peopleKey.ts';

interface PersonRowProps {
  readonly person: User;
  readonly isSelf: boolean;
  readonly canManage: boolean;
}

const roleWords = {
  viewer: 'Viewer: sees the administration',
  editor: 'Editor: changes the configuration',
  admin: 'Administrator: everything, people included',
} as const;

/** One person: what they are, and for administrators what may be done about it. Nobody does it to themselves. */
export function PersonRow({ person, isSelf, canManage }: PersonRowProps) {
  // Each look at a legal hold is recorded: nobody's is looked at by the way.
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li className="row row-person">
      <div className="row-text">
        <p className="row-title">
          {person.name} {isSelf && <span className="badge">You</span>}
          {person.status === 'suspended' && <span className="badge badge-bad">Suspended</span>}
          {person.roles
            .filter((role) => role !== 'user')
            .map((role) => (
              <span key={role} className="badge">
                {role}
              </span>
            ))}
        </p>
        <p className="hint">
          {person.email}, {person.emailVerified ? 'confirmed' : 'not confirmed'},{' '}
          {person.hasSecondFactor ? 'with' : 'without'} a second factor, since {dayText(person.createdAt)}
        </p>
      </div>
      {canManage && !isSelf && (
        <details className="manage" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
          <summary>
            Manage<span className="visually-hidden"> {person.name}</span>
          </summary>
          <Roles person={person} />
          <Acts person={person} />
          {isOpen && <HoldForm person={person} />}
        </details>
      )}
    </li>
  );
}

function Roles({ person }: { person: User }) {
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (roles: readonly string[]) =>
      fetchJson(userSchema, 'PUT', `/admin/users/${person.id}/roles`, { body: { roles } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleKey }),
  });
  return (
    <ActionForm
      // Another administrator may have changed them meanwhile: the boxes begin anew with what is true.
      key={person.roles.join()}
      action="Save roles"
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(text) => save.mutate(privilegedRoles.filter((role) => text(role) === 'on'))}
    >
      <fieldset className="choices">
        <legend>Roles</legend>
        {privilegedRoles.map((role) => (
          <label key={role} className="option">
            <input type="checkbox" name={role} defaultChecked={person.roles.includes(role)} />
            {roleWords[role]}
          </label>
        ))}
      </fieldset>
      {save.isSuccess && <Notice tone="info">The roles are saved.</Notice>}
    </ActionForm>
  );
}

function Acts({ person }: { person: User }) {
  const queryClient = useQueryClient();
  const path = `/admin/users/${person.id}`;
  const act = async (method: 'POST' | 'DELETE', tail: string) => {
    await send(method, `${path}${tail}`);
    await queryClient.invalidateQueries({ queryKey: peopleKey });
  };
  const about = person.name;
  return (
    <div className="buttons">
      {person.status === 'active' ? (
        <ConfirmButton label="Suspend" about={about} act={() => act('POST', '/suspend')}>
          {about} will be signed out at once and cannot sign in until reinstated.
        </ConfirmButton>
      ) : (
        <ConfirmButton label="Reinstate" about={about} act={() => act('POST', '/reinstate')}>
          {about} will be able to sign in again.
        </ConfirmButton>
      )}
      <ConfirmButton label="End sessions" about={`of ${about}`} act={() => act('POST', '/end-sessions')}>
        {about} will be signed out everywhere and may sign in again.
      </ConfirmButton>
      <ConfirmButton label="Delete" about={about} act={() => act('DELETE', '')}>
        The account of {about} will be closed at once, and all their data erased. This cannot be taken back.
      </ConfirmButton>
    </div>
  );
}
