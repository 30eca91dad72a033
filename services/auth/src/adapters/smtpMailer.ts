import { emailSchema } from '@todo-chatbot/contracts';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { type Mailer, MailRefused } from '../ports/mailer.ts';

/** How the relay is reached. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` or nothing, `none` for a relay on the loopback interface. */
  readonly security: 'tls' | 'starttls' | 'none';
  /** PEM of the authority that the relay's certificate must come from; undefined: those that Node knows. */
  readonly ca: string | undefined;
  readonly from: string;
  /** An empty user name: the relay wants no login. */
  readonly login: { readonly user: string; readonly password: string };
}

/** A relay in the same data centre answers in milliseconds; one that is far and busy may take seconds. */
const connectionTimeoutMs = 10_000;
const greetingTimeoutMs = 10_000;
/** Silence in the middle of a conversation. */
const socketTimeoutMs = 20_000;

const failureSchema = z.object({ code: z.string().optional(), responseCode: z.number().optional() });

/** Sends mail over SMTP. The relay's certificate is verified, and without TLS nothing is sent. */
export function createSmtpMailer(settings: SmtpSettings): Mailer {
  const { host, port, security, ca, from, login } = settings;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: connectionTimeoutMs,
    greetingTimeout: greetingTimeoutMs,
    socketTimeout: socketTimeoutMs,
    dnsTimeout: connectionTimeoutMs,
    // Nothing in a mail may make this process read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login.user === '' ? {} : { auth: { user: login.user, pass: login.password } }),
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    async send({ id, to, subject, text, writtenAt }, signal) {
      const address = emailSchema.safeParse(to);
      if (!address.success || /\p{Cc}/u.test(subject)) throw new MailRefused();
      const limits = { signal };
      try {
        await transport.sendMail({
          from: { name: 'todo-chatbot', address: from },
          to: { name: '', address: address.data },
          envelope: { from, to: address.data },
          subject,
          text,
          date: writtenAt,
          messageId: `<${id}@${domain}>`,
          // Nobody's holiday notice is to answer this (RFC 3834 section 5).
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...limits,
        });
      } catch (error) {
        throw isFinal(error) ? new MailRefused(error) : error;
      }
    },
    // Nothing is kept: the relay has it, or the queue still does.
    forget: async () => undefined,
  };
}

/** The receiver refused this address or this message for good. A refused login is for the operator to mend, and may pass. */
function isFinal(error: unknown): boolean {
  const { data } = failureSchema.safeParse(error);
  const isAboutMail = data?.code === 'EENVELOPE' || data?.code === 'EMESSAGE';
  return isAboutMail && (data?.responseCode ?? 0) >= 500;
}
