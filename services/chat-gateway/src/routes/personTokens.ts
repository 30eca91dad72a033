import type { SignedInUser, TokenVerifier } from '@todo-chatbot/service-kit';

/** A verifier that knows with which token a person came, because every further call is made with that person's own token. */
export interface PersonTokens extends TokenVerifier {
  /** The token whose verification gave this user. */
  tokenOf(user: SignedInUser): string;
}

/** Remembers the token of each verified user for as long as the request holds on to the user. */
export function rememberTokens(verifier: TokenVerifier): PersonTokens {
  const tokens = new WeakMap<SignedInUser, string>();
  return {
    async verify(token) {
      const user = await verifier.verify(token);
      tokens.set(user, token);
      return user;
    },
    tokenOf(user) {
      const token = tokens.get(user);
      if (token === undefined) throw new TypeError('this user was not verified here');
      return token;
    },
  };
}
