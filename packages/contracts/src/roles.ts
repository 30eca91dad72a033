import { oneOf } from './leaves.ts';

/** Roles of AUTH-10. `service` is for internal calls only and is never given to a person. */
export const roles = ['user', 'viewer', 'editor', 'admin', 'service'] as const;
export type Role = (typeof roles)[number];
/** A role of an account. */
export const roleSchema = oneOf(roles);

/** What a request may need. `own` in the name: only on what belongs to the caller. */
export const permissions = [
  'account.own.read',
  'account.own.change',
  'task.own.read',
  'task.own.change',
  'booking.own.read',
  'booking.own.change',
  'chat.own.use',
  'guardrail.judge',
  'audit.own.read',
  'audit.read',
  'alert.acknowledge',
  'configuration.read',
  'configuration.change',
  'guardrail.review',
  'user.read',
  'user.manage',
] as const;
export type Permission = (typeof permissions)[number];

const ownPermissions: readonly Permission[] = [
  'account.own.read',
  'account.own.change',
  'task.own.read',
  'task.own.change',
  'booking.own.read',
  'booking.own.change',
  'chat.own.use',
  'guardrail.judge',
  'audit.own.read',
];

/** The one table of which role may do what (AUTH-10). */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  user: ownPermissions,
  viewer: ['audit.own.read', 'audit.read', 'user.read', 'configuration.read'],
  editor: [
    'audit.own.read',
    'audit.read',
    'user.read',
    'alert.acknowledge',
    'configuration.read',
    'configuration.change',
    'guardrail.review',
  ],
  admin: [
    ...ownPermissions,
    'audit.read',
    'alert.acknowledge',
    'configuration.read',
    'configuration.change',
    'guardrail.review',
    'user.read',
    'user.manage',
  ],
  service: [],
};

/** Roles that an administrator gives and takes; every account has `user` besides. */
export const privilegedRoles = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[];

/**
 * What an API key may be allowed (AUTH-12): never the account itself, nor other people. `chat.own.use` and
 * `task.own.change` include having one's texts judged; what the assistant then does needs its own scope.
 */
export const apiKeyScopes = [
  'task.own.read',
  'task.own.change',
  'booking.own.read',
  'booking.own.change',
  'chat.own.use',
  'audit.own.read',
] as const satisfies readonly Permission[];
export type ApiKeyScope = (typeof apiKeyScopes)[number];

/**
 * True when one of the roles carries the permission and, for a token with a scope, the scope does too. `scopes` null: not limited.
 */
export function isPermitted(
  held: readonly Role[],
  permission: Permission,
  scopes: readonly Permission[] | null = null,
): boolean {
  return (
    held.some((role) => permissionsOfRole[role].includes(permission)) &&
    (scopes === null || scopes.includes(permission))
  );
}
