import { z } from 'zod';
import { opaqueTokenSchema, passwordSchema } from './auth.ts';
import { emailSchema } from './common.ts';

/** Token of a mailed link (AUTH-13): in the link's fragment, used once. */
export const linkTokenSchema = opaqueTokenSchema;

/** A link to choose a new password goes to this address if it has an account. The answer is the same if not. */
export const resetRequestSchema = z.strictObject({ email: emailSchema });

/** A new password by mailed link. */
export const resetPasswordRequestSchema = z.strictObject({ token: linkTokenSchema, newPassword: passwordSchema });

/** Confirms an address by mailed link: of a new account, or the new one of an account. */
export const confirmEmailRequestSchema = z.strictObject({ token: linkTokenSchema });

/** Another address for the account; it changes when the link that is mailed there is opened. */
export const changeEmailRequestSchema = z.strictObject({ email: emailSchema });
