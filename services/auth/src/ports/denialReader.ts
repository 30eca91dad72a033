import type { Denials } from '@todo-chatbot/contracts';

/** Reads what access tokens are refused for (AUTH-11). */
export interface DenialReader {
  /**
   * A page of the denials in force that may be new since the cursor; every one of them without it. Whoever goes on with `next` misses
   * none, whatever commits when.
   */
  read(options: { readonly since: string | undefined; readonly now: Date }): Promise<Denials>;
}
