import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mailer, MailRefused } from '../ports/mailer.ts';

const privateDirectoryMode = 0o700;
const privateFileMode = 0o600;

/**
 * Lays mails into a folder, one file each in the form of RFC 5322, for one's own machine: the local platform shows them as a page. Names
 * sort by time, and say by its id whose mail it is. Files hold links that work, so only their owner may read them.
 */
export function createFolderMailer(options: { readonly folder: string; readonly from: string }): Mailer {
  const { folder, from } = options;
  return {
    async send({ id, userId, to, subject, text, writtenAt }) {
      const headers = [
        `From: ${from}`,
        `To: ${to}`,
        `Subject: ${subject}`,
        `Date: ${writtenAt.toUTCString().replace('GMT', '+0000')}`,
        `Message-ID: <${id}@localhost>`,
        'Auto-Submitted: auto-generated',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
      ];
      if (headers.some((header) => /\p{Cc}/u.test(header))) throw new MailRefused();
      await mkdir(folder, { recursive: true, mode: privateDirectoryMode });
      const content = [...headers, '', ...text.split('\n')].join('\r\n');
      const name = `${writtenAt.toISOString().replaceAll(/[:.]/g, '-')}_${userId}_${id}.eml`;
      // Whole or not at all: whoever reads the folder meanwhile sees no half mail.
      const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
      await writeFile(temporary, content, { mode: privateFileMode, flag: 'wx' });
      await rename(temporary, join(folder, name));
    },
    async forget(userId) {
      await mkdir(folder, { recursive: true, mode: privateDirectoryMode });
      const names = (await readdir(folder)).filter((name) => name.includes(`_${userId}_`));
      await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
    },
  };
}
