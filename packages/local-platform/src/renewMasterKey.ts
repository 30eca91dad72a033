import { readRecipient, takeSetNow } from './backup/backupKeys.ts';
import { readCredentials, renewMasterKey } from './credentials.ts';
import { writeSecretStore } from './dapr/render.ts';
import { execInService } from './execInService.ts';
import { stateLayout } from './layout.ts';
import type { Platform } from './platform.ts';
import { readPlatformState } from './platformState.ts';

/**
 * Throws a replaced master key away, once `auth` says that it wraps nothing any more, and puts a new next one into the secret store
 * (DATA-2). `auth` and its sidecar are started anew, because they read the secret only then.
 * @throws Error when the key is still needed, or the data keys cannot be backed up under the new one; nothing was changed then
 */
export async function renewMasterKeyOf(platform: Pick<Platform, 'stateDir' | 'restart'>): Promise<void> {
  const { stateDir } = platform;
  const layout = stateLayout(stateDir);
  // What `auth` is asked about has to be what is renewed here, also when the last renewal was cut short before its restarts.
  await writeSecretStore(layout, 'auth', (await readCredentials(layout.secretsDir)).apps.auth);
  await platform.restart('auth-dapr');
  const check = { stateDir, app: 'auth', script: 'src/keysCommand.ts', args: ['master', 'check'] };
  if ((await execInService(check)) !== 0) throw new Error('The master key was not renewed.');
  // The newest backup may be from before the rotation, and the key that opens it is about to go.
  if ((await readRecipient(layout)) !== undefined) {
    await takeSetNow('keys', layout, (await readPlatformState(stateDir)).postgres);
  }
  await writeSecretStore(layout, 'auth', await renewMasterKey(layout.secretsDir));
  await platform.restart('auth-dapr');
  await platform.restart('auth');
}
