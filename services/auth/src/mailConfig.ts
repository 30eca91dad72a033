import { emailSchema } from '@todo-chatbot/contracts';
import { type BaseConfig, portSchema } from '@todo-chatbot/service-kit';
import { z } from 'zod';

/** Environment of mail (AUTH-13). User and password of the relay are secret `auth-smtp`. */
export const mailConfigShape = {
  /** `smtp`: over a relay. `folder`: into files, for one's own machine; production refuses it. */
  MAIL_TRANSPORT: z.enum(['smtp', 'folder']).default('smtp'),
  /** Address that mails come from. */
  MAIL_FROM: emailSchema,
  /** Folder of the files; `folder` needs it. */
  MAIL_FOLDER: z.string().min(1).max(1000).optional(),
  /** Name of the relay; `smtp` needs it. Its certificate must be made out to this name. */
  SMTP_HOST: z
    .string()
    .max(253)
    .regex(/^[a-zA-Z0-9.:-]+$/, 'must be the name of a host')
    .optional(),
  /** 587 is for submission with STARTTLS (RFC 6409), 465 with TLS from the first byte (RFC 8314). */
  SMTP_PORT: portSchema.default(587),
  /** `starttls` sends nothing when the relay does not offer it. `none` is for a relay on the own machine; production refuses it. */
  SMTP_SECURITY: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  /** File with the authority of the relay's certificate, where that is not a public one. */
  SMTP_CA_FILE: z.string().min(1).max(1000).optional(),
};

const mailConfigSchema = z.object(mailConfigShape);
type MailConfig = z.infer<typeof mailConfigSchema>;

/** Where mail goes. */
export type MailTransport =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 'smtp';
      readonly host: string;
      readonly port: number;
      readonly security: MailConfig['SMTP_SECURITY'];
      readonly caFile: string | undefined;
    };

/** Reports every setting that does not go with the others. */
export function checkMailConfig(
  config: MailConfig & Pick<BaseConfig, 'RUN_MODE'>,
  fault: (name: keyof MailConfig, message: string) => void,
): void {
  const isLocal = config.RUN_MODE === 'local';
  if (config.MAIL_TRANSPORT === 'folder') {
    if (!isLocal) fault('MAIL_TRANSPORT', 'must be smtp in production');
    if (config.MAIL_FOLDER === undefined) fault('MAIL_FOLDER', 'is needed for the transport folder');
    return;
  }
  if (config.SMTP_HOST === undefined) fault('SMTP_HOST', 'is needed for the transport smtp');
  if (config.SMTP_SECURITY !== 'none') return;
  if (!isLocal) fault('SMTP_SECURITY', 'must be tls or starttls in production');
  else if (!isLoopback(config.SMTP_HOST)) fault('SMTP_SECURITY', 'may be none for a relay on this machine only');
}

/**
 * The transport of a configuration that was checked.
 * @throws TypeError for one that was not.
 */
export function mailTransportOf(config: MailConfig): MailTransport {
  const { MAIL_TRANSPORT: kind, MAIL_FOLDER: folder, SMTP_HOST: host } = config;
  if (kind === 'folder' && folder !== undefined) return { kind, folder };
  if (kind === 'smtp' && host !== undefined) {
    return { kind, host, port: config.SMTP_PORT, security: config.SMTP_SECURITY, caFile: config.SMTP_CA_FILE };
  }
  throw new TypeError(`the transport ${kind} is not configured`);
}

function isLoopback(host: string | undefined): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '::1';
}
