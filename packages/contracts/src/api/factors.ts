import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { countSchema, flagSchema, instantSchema, oneOf, secondsSchema } from '../leaves.ts';
import { deviceTokenSchema, opaqueTokenSchema, passwordSchema } from './auth.ts';
import { givenNameSchema } from './common.ts';

/** How a person proved themselves in a session. */
export const authenticationMethods = ['password', 'totp', 'recovery-code', 'passkey'] as const;
export type AuthenticationMethod = (typeof authenticationMethods)[number];
export const authenticationMethodSchema = oneOf(authenticationMethods);

/** Methods that count as a second factor. A passkey with user verification is two by itself. */
export const secondFactorMethods = ['totp', 'recovery-code', 'passkey'] as const;
export const secondFactorMethodSchema = oneOf(secondFactorMethods);

/** Six digits of RFC 6238, spaces taken out. */
export const totpCodeSchema = annotated(
  z
    .string()
    .max(20)
    .transform((code) => code.replaceAll(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'must be six digits')),
  'account.credential',
);

/** A recovery code: ten characters of Crockford's base32; case, spaces and hyphens do not matter. */
export const recoveryCodeSchema = annotated(
  z
    .string()
    .max(40)
    .transform((code) => code.replaceAll(/[\s-]/g, '').toUpperCase())
    .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/, 'must be ten letters and digits')),
  'account.credential',
);

/** Base64url without padding, as WebAuthn's JSON forms have it. */
const base64urlSchema = (bytes: number) => z.string().regex(new RegExp(`^[\\w-]{1,${Math.ceil((bytes * 4) / 3)}}$`));

/** Id of a passkey, which its authenticator chose at random: it opens nothing without the private key. */
const passkeyIdSchema = annotated(base64urlSchema(1023), 'protocol.internal');
/** What an authenticator answers: signatures, and the challenge within. */
const authenticatorAnswerSchema = (bytes: number) => annotated(base64urlSchema(bytes), 'account.credential');
const clientExtensionResultsSchema = annotated(z.record(z.string().max(50), z.unknown()), 'account.credential');
const attachmentSchema = oneOf(['platform', 'cross-platform']).optional();
const transportsSchema = z
  .array(annotated(z.string().max(30), 'protocol.internal'))
  .max(10)
  .optional();

/** Name of a passkey, for its owner. */
export const passkeyNameSchema = annotated(givenNameSchema(50), 'account.label');

/** WebAuthn `RegistrationResponseJSON` (Level 3, section 5.1). Unknown members of newer browsers are dropped. */
export const passkeyRegistrationSchema = z.object({
  id: passkeyIdSchema,
  rawId: passkeyIdSchema,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: authenticatorAnswerSchema(4096),
    attestationObject: authenticatorAnswerSchema(16_384),
    transports: transportsSchema,
  }),
  authenticatorAttachment: attachmentSchema,
  clientExtensionResults: clientExtensionResultsSchema.default({}),
});

/** WebAuthn `AuthenticationResponseJSON` (Level 3, section 5.1). */
export const passkeyAssertionSchema = z.object({
  id: passkeyIdSchema,
  rawId: passkeyIdSchema,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: authenticatorAnswerSchema(4096),
    authenticatorData: authenticatorAnswerSchema(4096),
    signature: authenticatorAnswerSchema(1024),
    userHandle: authenticatorAnswerSchema(64).optional(),
  }),
  authenticatorAttachment: attachmentSchema,
  clientExtensionResults: clientExtensionResultsSchema.default({}),
});

/** Options for `navigator.credentials`, in WebAuthn's JSON form; made by `auth` and passed through. They hold a challenge, and the account's name. */
export const webAuthnOptionsSchema = annotated(z.record(z.string().max(50), z.unknown()), 'account.credential');

/** One-time ticket of a ceremony under way: a second factor that is due, or a passkey that is asked for. */
export const ticketSchema = opaqueTokenSchema;

/** Proof by second factor. `ticket` of a passkey names the ceremony whose options were given. */
export const secondFactorProofSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('totp'), oneTimeCode: totpCodeSchema }),
  z.strictObject({ method: z.literal('recovery-code'), recoveryCode: recoveryCodeSchema }),
  z.strictObject({ method: z.literal('passkey'), ticket: ticketSchema, response: passkeyAssertionSchema }),
]);
export type SecondFactorProof = z.infer<typeof secondFactorProofSchema>;

/** 202 of a sign-in: the password was right, and one of `methods` has to follow before `expiresIn` seconds are over. */
export const secondFactorRequiredSchema = z.strictObject({
  ticket: ticketSchema,
  expiresIn: secondsSchema,
  methods: z.array(secondFactorMethodSchema).min(1).max(3),
  /** Options for a passkey and the ticket of that ceremony, when the account has one. */
  passkey: z.strictObject({ ticket: ticketSchema, options: webAuthnOptionsSchema }).nullable(),
});
export type SecondFactorRequired = z.infer<typeof secondFactorRequiredSchema>;

/** The second half of a sign-in. */
export const secondFactorRequestSchema = z.strictObject({ ticket: ticketSchema, proof: secondFactorProofSchema });
export const secondFactorCommandSchema = secondFactorRequestSchema.extend({
  deviceToken: deviceTokenSchema.optional(),
});

/** A ceremony with a passkey: options for the browser, and the ticket to come back with. */
export const passkeyCeremonySchema = z.strictObject({ ticket: ticketSchema, options: webAuthnOptionsSchema });

/** Signing in with a passkey alone. */
export const passkeyLoginRequestSchema = z.strictObject({ ticket: ticketSchema, response: passkeyAssertionSchema });
export const passkeyLoginCommandSchema = passkeyLoginRequestSchema.extend({
  deviceToken: deviceTokenSchema.optional(),
});

/** Proof for a step-up: the second factor where there is one, the password otherwise. */
export const stepUpRequestSchema = z.strictObject({
  proof: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('password'), password: passwordSchema }),
    ...secondFactorProofSchema.options,
  ]),
});

/** How the signed-in person may step up; `passkey` holds the options of a ceremony when there is one. */
export const stepUpOptionsSchema = z.strictObject({
  methods: z.array(authenticationMethodSchema).min(1).max(4),
  passkey: passkeyCeremonySchema.nullable(),
});

/** A passkey as its owner sees it. */
export const passkeySchema = z.strictObject({
  id: passkeyIdSchema,
  name: passkeyNameSchema,
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
  /** Synchronised by its provider, so that it survives the loss of the device. */
  isBackedUp: flagSchema,
});

/** Most passkeys of one person. */
export const passkeyLimit = 10;

/** The second factors of an account. */
export const factorsSchema = z.strictObject({
  totp: z.strictObject({ enabledAt: instantSchema }).nullable(),
  recoveryCodesLeft: countSchema.max(10),
  passkeys: z.array(passkeySchema).max(passkeyLimit),
});

/** A TOTP secret that waits for its first code: base32, and as a URI for a QR code. */
export const totpEnrolmentSchema = z.strictObject({
  secret: annotated(z.string().max(100), 'account.credential'),
  otpauthUri: annotated(z.string().max(500), 'account.credential'),
});
/** The first code of a new TOTP factor. */
export const confirmTotpRequestSchema = z.strictObject({ oneTimeCode: totpCodeSchema });
/** Shown once. */
export const recoveryCodesSchema = z.strictObject({
  recoveryCodes: annotated(z.array(z.string().max(20)).max(10), 'account.credential'),
});

/** A new passkey. */
export const addPasskeyRequestSchema = z.strictObject({
  ticket: ticketSchema,
  name: passkeyNameSchema,
  response: passkeyRegistrationSchema,
});
/** Names a passkey in a path. */
export const passkeyParamsSchema = z.strictObject({ id: passkeyIdSchema });
