import { dictionary } from '@zxcvbn-ts/language-common';
import type { CommonPasswords } from '../ports/commonPasswords.ts';

/** Some 49 000 passwords of leaks, the commonest first (zxcvbn-ts, MIT): 4 MB of memory and 40 ms at the start. */
export function createZxcvbnCommonPasswords(): CommonPasswords {
  return new Set(dictionary['passwords-common']);
}
