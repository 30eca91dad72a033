import { fieldNamesOf } from '@todo-chatbot/contracts';
import {
  maskPhone,
  type PersonalDataKind,
  personalDataShapes,
  redacted,
  truncateAddress,
} from './personalDataShapes.ts';

export { maskPhone, truncateAddress };

/** `jane@example.com` becomes `j***@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return redacted;
  const [first = ''] = email;
  return `${first}***@${email.slice(at + 1)}`;
}

/** Masks e-mail addresses, phone numbers, cards, accounts, IP addresses, credentials and tokens wherever they stand in the text. */
export function maskText(text: string): string {
  return personalDataShapes.reduce((masked, { pattern, mask }) => masked.replaceAll(pattern, mask), text);
}

/** Characters around a match that a shape may look at. */
const contextLength = 2;

/**
 * Kinds of personal data and secrets that stand unmasked in the text, each once: what {@link maskText} would have hidden, as far as it
 * is certain. Ids, hashes, times, versions and numbers are none.
 */
export function personalDataIn(text: string): readonly PersonalDataKind[] {
  const kinds = personalDataShapes.flatMap(({ kind, pattern, isCertain }) =>
    [...text.matchAll(pattern)].some((match) => isCertain(foundIn(text, match))) ? [kind] : [],
  );
  return [...new Set(kinds)];
}

function foundIn(whole: string, { 0: text, index, ...groups }: RegExpExecArray) {
  const end = index + text.length;
  const before = whole.slice(Math.max(0, index - contextLength), index);
  return { text, groups: [groups[1], groups[2], groups[3]], before, after: whole.slice(end, end + contextLength) };
}

/** Deeper objects are cut off: log lines are flat, and a cycle must not hang the sink. */
const maxDepth = 8;
const secretKeyParts =
  /password|passwd|passphrase|secret|token|authorization|cookie|credential|privatekey|apikey|signingkey|pepper/;
const secretKeys = new Set(['key', 'pin', 'otp', 'pwd', 'csrf', 'text', 'body', 'phone', 'phonenumber', 'useragent']);
/** Fields whose schema says that they hold credentials, or personal data (PRIV-1). */
const restrictedNames = plainNames(fieldNamesOf('restricted'));
const confidentialNames = plainNames(fieldNamesOf('confidential'));
/** Names that only look secret: ids of tokens say nothing that opens a door. */
const harmlessKeys = new Set(['tokenid']);

/** A copy of the value in which secret keys are redacted and every string is masked. */
export function maskValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => maskValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      maskText(key),
      isSecretKey(key) ? redacted : maskField(key, maskValue(item, depth + 1), item),
    ]),
  );
}

/** Personal data under their field's name: what has a masked form, such as `j***@example.com`, shows that; all else shows nothing. */
function maskField(key: string, masked: unknown, value: unknown): unknown {
  return typeof value === 'string' && masked === value && confidentialNames.has(plainName(key)) ? redacted : masked;
}

function plainName(key: string): string {
  return key.toLowerCase().replaceAll(/[-_\s.]/g, '');
}

function plainNames(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].map(plainName));
}

function isSecretKey(key: string): boolean {
  const plain = plainName(key);
  return (
    !harmlessKeys.has(plain) && (restrictedNames.has(plain) || secretKeys.has(plain) || secretKeyParts.test(plain))
  );
}
