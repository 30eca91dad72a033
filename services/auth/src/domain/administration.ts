import { type privilegedRoles, type Role, roles } from '@todo-chatbot/contracts';

/** A role that an administrator gives and takes. */
export type PrivilegedRole = (typeof privilegedRoles)[number];

/** What a person may be and whether they may be here at all. */
export interface Standing {
  readonly roles: readonly Role[];
  readonly status: 'active' | 'suspended' | 'deleted';
}

/** What an administrator does to a person (AUTH-10). */
export type UserChange =
  | { readonly kind: 'set-roles'; readonly roles: readonly PrivilegedRole[] }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'reinstate' }
  | { readonly kind: 'end-sessions' };

/** What a change comes to. */
export interface UserChangeEffect {
  readonly before: Standing;
  readonly after: Standing;
  /** Access tokens from before must not survive: the access version grows (AUTH-11). */
  readonly outdatesTokens: boolean;
  readonly endsSessions: boolean;
}

/** What the change makes of somebody who is not deleted. To do again what is done already changes nothing. */
export function effectOf(before: Standing, change: UserChange): UserChangeEffect {
  switch (change.kind) {
    case 'set-roles': {
      const after = { ...before, roles: rolesOfAccount(change.roles) };
      return { before, after, outdatesTokens: !isSameRoles(before.roles, after.roles), endsSessions: false };
    }
    case 'suspend': {
      const isNew = before.status !== 'suspended';
      return { before, after: { ...before, status: 'suspended' }, outdatesTokens: isNew, endsSessions: true };
    }
    case 'reinstate':
      return { before, after: { ...before, status: 'active' }, outdatesTokens: false, endsSessions: false };
    case 'end-sessions':
      return { before, after: before, outdatesTokens: true, endsSessions: true };
  }
}

/** What an erasure makes of somebody: a tombstone, or, while there is a legal hold, somebody who cannot come in (PRIV-4). */
export function erasureOf(before: Standing, { isHeld }: { readonly isHeld: boolean }): UserChangeEffect {
  const after = { roles: rolesOfAccount([]), status: isHeld ? 'suspended' : 'deleted' } as const;
  return { before, after, outdatesTokens: true, endsSessions: true };
}

/** True when somebody has to be asked whether another administrator is left: a suspended one administers nothing. */
export function losesAdministrator({ before, after }: UserChangeEffect): boolean {
  return isActiveAdministrator(before) && !isActiveAdministrator(after);
}

/** Nobody promotes, demotes or locks out themselves; signing oneself out everywhere is harmless. */
export function isForOthersOnly(change: UserChange): boolean {
  return change.kind === 'set-roles' || change.kind === 'suspend';
}

/** The roles of an account with these privileged ones, in the order of the table, `user` among them. */
export function rolesOfAccount(privileged: readonly PrivilegedRole[]): Role[] {
  return roles.filter((role) => role === 'user' || privileged.some((given) => given === role));
}

function isActiveAdministrator({ roles: held, status }: Standing): boolean {
  return status === 'active' && held.includes('admin');
}

function isSameRoles(some: readonly Role[], others: readonly Role[]): boolean {
  return roles.every((role) => some.includes(role) === others.includes(role));
}
