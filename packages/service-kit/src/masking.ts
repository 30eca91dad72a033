import { isIP } from 'node:net';
import { fieldNamesOf } from '@todo-chatbot/contracts';

const redacted = '[redacted]';

// Quantifiers are bounded, so that no text makes these patterns slow. Order matters: tokens may contain what looks like the others.
const jwtPattern = /eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*){0,3}/g;
const bearerPattern = /\b(bearer|basic|dpop)\s+[\w.~+/-]+=*/gi;
const pemPattern = /-----BEGIN [A-Z ]{1,40}-----[\s\S]*?(?:-----END [A-Z ]{1,40}-----|$)/g;
/** `token=…` of a link, and its like: what follows the sign is a secret whatever it looks like. */
const assignedPattern = /\b([\w-]{0,40}(?:token|ticket|secret|password))=[^\s&#"'\\]+/gi;
/** Opaque tokens: at least 40 characters of base64 without a break. Our own ids (`usr_<uuid>`) and hexadecimal digests are let through. */
const opaquePattern = /(?<![\w+/=-])[\w+/-]{40,}={0,2}(?![\w+/=-])/g;
const typedIdPattern = /^(?:[a-z]{3}_)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hexPattern = /^(?:[0-9a-f]+|[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})$/;
/** What tells a random word from a file path: neighbouring capitals, or letters and digits in turns. */
const randomPattern = /[A-Z]{2}|[A-Za-z]\d|\d[A-Za-z]/;
const emailPattern = /([^\s@<>"(),:;[\]\\]{1,64})@([\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8})/gu;
const phonePatterns = [
  // International: plus sign, 8 to 15 digits with the usual separators.
  /\+\d(?:[\s().\-/]{0,2}\d){7,14}/g,
  // National with a leading zero, or North American in groups of 3-3-4.
  /(?<![\w.:+-])\(?0\d{1,4}\)?(?:[\s/-]\d{2,8}){1,4}(?![\w:.]\d|\w)/g,
  /(?<![\w.:+-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\w)/g,
  // Digits alone.
  /(?<![\w.:+-])\d{10,15}(?![\w:-]|\.\d)/g,
];

/** `jane@example.com` becomes `j***@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return redacted;
  const [first = ''] = email;
  return `${first}***@${email.slice(at + 1)}`;
}

/** Keeps the last two digits of a phone number: `+***89`. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return `${phone.trimStart().startsWith('+') ? '+' : ''}***${digits.slice(-2)}`;
}

/** Masks e-mail addresses, phone numbers, JWTs, credentials and opaque tokens wherever they stand in the text. */
export function maskText(text: string): string {
  let masked = text
    .replaceAll(pemPattern, redacted)
    .replaceAll(jwtPattern, redacted)
    .replaceAll(bearerPattern, `$1 ${redacted}`)
    .replaceAll(assignedPattern, `$1=${redacted}`)
    .replaceAll(emailPattern, (_match, local: string, domain: string) => `${[...local][0] ?? ''}***@${domain}`)
    .replaceAll(opaquePattern, (match) => (isHarmlessLongWord(match) ? match : redacted));
  for (const pattern of phonePatterns) masked = masked.replaceAll(pattern, maskPhone);
  return masked;
}

function isHarmlessLongWord(word: string): boolean {
  return typedIdPattern.test(word) || hexPattern.test(word) || (word.includes('/') && !randomPattern.test(word));
}

/**
 * Zeroes the last part of an IP address: IPv4 keeps 24 bits, IPv6 keeps 48. `null` for anything that is no address.
 */
export function truncateAddress(address: string | undefined): string | null {
  if (address === undefined) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  const plain = mapped?.[1] ?? address.split('%')[0] ?? '';
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0`;
  if (isIP(plain) !== 6) return null;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const filled = tail === undefined ? groups : [...groups, '0', '0', '0'];
  return `${filled.slice(0, 3).join(':')}::`;
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
