import type { KeyObject } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupBroken } from './backupBroken.ts';
import { nowhere, readCopyFile } from './copyFiles.ts';
import { type Manifest, readManifest, sha256OfFile } from './manifest.ts';

/**
 * Checks a set without restoring it: signature, that each file is there and unchanged, and with the identity that each opens and holds the
 * rows that the manifest says.
 * @throws BackupBroken with the first fault
 */
export async function checkBackup(options: {
  readonly set: string;
  readonly publicKey: KeyObject;
  /** Private key of age; without it what is inside is not looked at. */
  readonly identity?: string | undefined;
}): Promise<Manifest> {
  const { set, publicKey, identity } = options;
  const manifest = await readManifest(set, publicKey);
  const present = new Set(await readdir(set));
  for (const { file, fileSha256, rows, sha256 } of manifest.tables) {
    if (!present.has(file)) throw new BackupBroken(`${set} lacks ${file}`);
    const path = join(set, file);
    if ((await sha256OfFile(path)) !== fileSha256) throw new BackupBroken(`${path} was changed`);
    if (identity === undefined) continue;
    const held = await readCopyFile({ path, identity, sink: nowhere() }).catch((cause: unknown) => {
      throw new BackupBroken(`${path} does not open with this identity`, cause);
    });
    if (held.rows !== rows || held.sha256 !== sha256) throw new BackupBroken(`${path} holds other rows than it says`);
  }
  return manifest;
}
