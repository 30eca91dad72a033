/** A backup cannot be used as it is: incomplete, changed, of another version, or for another key. The message says which file and why. */
export class BackupBroken extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'BackupBroken';
  }
}
