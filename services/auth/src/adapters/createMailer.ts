import { readFileSync } from 'node:fs';
import type { MailTransport } from '../mailConfig.ts';
import type { Mailer } from '../ports/mailer.ts';
import { createFolderMailer } from './folderMailer.ts';
import { createSmtpMailer, type SmtpSettings } from './smtpMailer.ts';

/** The mailer of a configured transport. */
export function createMailer(options: {
  readonly transport: MailTransport;
  readonly from: string;
  readonly login: SmtpSettings['login'];
}): Mailer {
  const { transport, from, login } = options;
  if (transport.kind === 'folder') return createFolderMailer({ folder: transport.folder, from });
  const { host, port, security, caFile } = transport;
  const ca = caFile === undefined ? undefined : readFileSync(caFile, 'utf8');
  return createSmtpMailer({ host, port, security, ca, from, login });
}
