import { once } from 'node:events';
import { createTestCertificates } from '@todo-chatbot/local-platform/testing';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { z } from 'zod';

/** A mail as a relay got it. */
export interface RelayedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Who logged in; null: nobody. */
  readonly user: string | null;
  readonly isEncrypted: boolean;
  /** As it came over the wire. */
  readonly raw: string;
}

/** A relay that takes mail on 127.0.0.1, with a certificate for that name. `refuse` says what to answer in place of taking a mail. */
export async function startSmtpRelay(
  options: {
    readonly server?: SMTPServerOptions;
    /** Names in its certificate. */
    readonly names?: readonly string[];
    readonly refuse?: (mail: RelayedMail) => Error | undefined;
  } = {},
) {
  const { ca, certificate, privateKey } = await createTestCertificates(options.names ?? ['127.0.0.1', 'localhost']);
  const mails: RelayedMail[] = [];
  const server = new SMTPServer({
    key: privateKey,
    cert: certificate,
    authOptional: true,
    // Reverse look-ups would leave the machine.
    disableReverseLookup: true,
    onAuth: ({ username }, _session, callback) => callback(null, { user: username }),
    onData(stream, { envelope, user, secure }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const mail: RelayedMail = {
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          user: typeof user === 'string' ? user : null,
          isEncrypted: secure,
          raw: Buffer.concat(chunks).toString(),
        };
        const refusal = options.refuse?.(mail);
        if (!refusal) mails.push(mail);
        callback(refusal);
      });
    },
    ...options.server,
  });
  // A client that goes away in the middle is what some tests are about.
  server.on('error', () => undefined);
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = z.object({ port: z.number() }).parse(listener.address());
  return {
    port,
    /** PEM of the authority of its certificate. */
    ca,
    mails,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Error with which a relay answers this code. */
export function smtpError(responseCode: number): Error {
  return Object.assign(new Error('no'), { responseCode });
}

/** The text of a raw mail, decoded. */
export function textOf(raw: string): string {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  const isQuoted = /^content-transfer-encoding: quoted-printable/im.test(head);
  const decoded = isQuoted
    ? text
        .replaceAll('=\r\n', '')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
  return decoded.replaceAll('\r\n', '\n');
}
