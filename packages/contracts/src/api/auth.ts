import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema, sessionIdSchema } from '../ids.ts';
import { flagSchema, instantSchema, secondsSchema } from '../leaves.ts';
import { roleSchema } from '../roles.ts';
import { emailSchema, personNameSchema } from './common.ts';
import { keyIdSchema } from './denials.ts';

/**
 * A password as typed. The policy of AUTH-5 is checked by `auth`, so that a refusal can name the broken rule. To bcrypt, U+0000 ends a
 * password and begins it anew; and half a surrogate pair has no UTF-8 of its own, so that others would do in its place.
 */
export const passwordSchema = annotated(
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\0\p{Cs}]*$/u, 'must be well-formed text'),
  'account.credential',
);

/** A new account. */
export const registerRequestSchema = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  name: personNameSchema,
});

/** 32 random bytes in base64url: refresh tokens, device tokens, tickets, and the tokens of mailed links. */
export const opaqueTokenSchema = annotated(z.string().regex(/^[\w-]{43}$/), 'account.credential');

/** What a browser that signed in before shows to be known; it comes from a cookie and is worth nothing alone (AUTH-7). */
export const deviceTokenSchema = opaqueTokenSchema.clone();

/** Signing in at the public door; the device token comes from its cookie. */
export const loginRequestSchema = z.strictObject({ email: emailSchema, password: passwordSchema });
/** What the gateway makes of it. */
export const loginCommandSchema = loginRequestSchema.extend({ deviceToken: deviceTokenSchema.optional() });

/** Asking for the next tokens of a session. */
export const refreshRequestSchema = z.strictObject({
  refreshToken: annotated(z.string().min(20).max(200), 'account.credential'),
});
/** What the gateway makes of it: the device token tells the browser's other tabs from somebody who copied its refresh token (AUTH-3). */
export const refreshCommandSchema = refreshRequestSchema.extend({ deviceToken: deviceTokenSchema.optional() });

/** An account as its owner sees it. */
export const accountSchema = z.strictObject({
  id: idSchema('user'),
  email: emailSchema,
  name: personNameSchema,
  emailVerified: flagSchema,
  roles: z.array(roleSchema).max(5),
  createdAt: instantSchema,
});
export type Account = z.infer<typeof accountSchema>;

const accessTokenSchema = annotated(z.string().max(4000), 'account.credential');

/** What `auth` answers its callers (chat-gateway turns it into cookies and {@link loginResponseSchema}). */
export const tokenGrantSchema = z.strictObject({
  accessToken: accessTokenSchema,
  /** Seconds until the access token expires. */
  expiresIn: secondsSchema,
  refreshToken: annotated(z.string().max(200), 'account.credential'),
  /** Seconds until the refresh token expires. */
  refreshExpiresIn: secondsSchema,
  sessionId: idSchema('session'),
  account: accountSchema,
  /** For the cookie of a browser that is known from now on; only at sign-in. */
  deviceToken: deviceTokenSchema.optional(),
});
export type TokenGrant = z.infer<typeof tokenGrantSchema>;

/** The public answer to a sign-in: the refresh token travels only in its cookie. */
export const loginResponseSchema = z.strictObject({
  accessToken: accessTokenSchema,
  expiresIn: secondsSchema,
  account: accountSchema,
});

/** A fresh access token without a rotation: of a step-up, or for an API key. */
export const accessGrantSchema = z.strictObject({
  accessToken: accessTokenSchema,
  expiresIn: secondsSchema,
  sessionId: sessionIdSchema,
});
export type AccessGrant = z.infer<typeof accessGrantSchema>;

/** The public answer to a step-up. */
export const stepUpResponseSchema = accessGrantSchema.omit({ sessionId: true });

/** JSON Web Key Set (RFC 7517) with RSA public keys only. */
export const jwksSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        kty: z.literal('RSA'),
        use: z.literal('sig'),
        alg: z.literal('RS256'),
        kid: keyIdSchema,
        n: annotated(z.string().max(1500), 'protocol.public'),
        e: annotated(z.string().max(20), 'protocol.public'),
      }),
    )
    .max(10),
});
export type Jwks = z.infer<typeof jwksSchema>;
