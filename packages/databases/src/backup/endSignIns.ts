import { type PostgresConnection, withClient } from '../connection.ts';

/**
 * Ends whatever lets somebody in without a password, in a restored database of `auth`: what was revoked, used up or replaced since the
 * backup would work again, and a signing key that leaked would be trusted. `auth` makes new signing keys when it starts without any, and
 * so no access token from before is good either. Passwords, second factors, API keys and who is suspended are as in the backup.
 */
export function endSignIns(connection: PostgresConnection): Promise<void> {
  return withClient(connection, async (client) => {
    await client.query('BEGIN');
    await client.query('DELETE FROM signing_keys');
    await client.query('DELETE FROM refresh_tokens');
    await client.query('UPDATE sessions SET revoked_at = now() WHERE revoked_at IS NULL');
    await client.query('DELETE FROM tickets');
    await client.query('DELETE FROM email_links');
    await client.query('COMMIT');
  });
}
