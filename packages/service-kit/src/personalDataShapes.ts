import { isIP } from 'node:net';
import { apiKeyPrefix } from '@todo-chatbot/contracts';

/** Kinds of personal data and of secrets that show by their shape alone. */
export type PersonalDataKind =
  | 'private-key'
  | 'jwt'
  | 'credential'
  | 'secret'
  | 'api-key'
  | 'email'
  | 'iban'
  | 'payment-card'
  | 'address'
  | 'token'
  | 'phone';

/** What stands in place of what is cut out. */
export const redacted = '[redacted]';

/** A match of a shape's pattern in a text. */
interface Found {
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
  /** A few characters before and behind it; empty at the ends of the text. */
  readonly before: string;
  readonly after: string;
}

/**
 * One shape. Masking takes every match, because a word too many is no harm; the scan for what masking missed reports only what is
 * certain, because a false alarm each day is the same as none.
 */
interface Shape {
  readonly kind: PersonalDataKind;
  readonly pattern: RegExp;
  readonly mask: (match: string, ...groups: readonly string[]) => string;
  readonly isCertain: (found: Found) => boolean;
}

const cutOut = () => redacted;
const always = () => true;
const never = () => false;

const typedIdPattern = /^(?:[a-z]{3}_)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hexPattern = /^(?:[0-9a-f]+|[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})$/;
/** What tells a random word from a file path: neighbouring capitals, or letters and digits in turns. */
const randomPattern = /[A-Z]{2}|[A-Za-z]\d|\d[A-Za-z]/;
/** Shorter than any key or session token of ours: prose follows the word "bearer", too. */
const leastCredentialLength = 16;
/** What programs write where they hide a secret, or where there is none. */
const hiddenPattern = /^(?:\[?(?:redacted|hidden|masked)\]?|[*x•]+|null|undefined|none|true|false|\d+)$/i;

/**
 * In the order in which masking goes through them: tokens may contain what looks like the others. Quantifiers are bounded, so that no
 * text makes a pattern slow.
 */
export const personalDataShapes: readonly Shape[] = [
  {
    kind: 'private-key',
    pattern: /-----BEGIN [A-Z ]{1,40}-----[\s\S]*?(?:-----END [A-Z ]{1,40}-----|$)/g,
    mask: cutOut,
    isCertain: ({ text }) => /^-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/.test(text),
  },
  // A header of 2,000 characters has room for a certificate.
  { kind: 'jwt', pattern: /eyJ[\w-]{5,2000}\.[\w-]+(?:\.[\w-]*){0,3}/g, mask: cutOut, isCertain: always },
  {
    kind: 'credential',
    pattern: /\b(bearer|basic|dpop)\s+([\w.~+/-]+=*)/gi,
    mask: (_match, scheme = '') => `${scheme} ${redacted}`,
    isCertain: ({ groups: [scheme = '', credential = ''] }) =>
      scheme.toLowerCase() === 'basic' ? isBasicCredential(credential) : isRandom(credential),
  },
  {
    // `token=…` of a link, and its like: what follows the sign is a secret whatever it looks like.
    kind: 'secret',
    pattern: /\b([\w-]{0,40}(?:token|ticket|secret|password))=\\{0,3}["']?([^\s&#"'\\]+)/gi,
    mask: (_match, name = '') => `${name}=${redacted}`,
    isCertain: ({ groups: [, value = ''] }) => !isHidden(value),
  },
  {
    // The same as a member of JSON, also of JSON within a string.
    kind: 'secret',
    pattern:
      /"([\w-]{0,40}(?:token|ticket|secret|password|passphrase|privateKey|apiKey))(\\{0,3}"\s?:\s?\\{0,3}")([^"\\]+)/gi,
    mask: (_match, name = '', between = '') => `"${name}${between}${redacted}`,
    isCertain: ({ groups: [, , value = ''] }) => !isHidden(value),
  },
  {
    kind: 'api-key',
    pattern: new RegExp(String.raw`(?<!\w)${apiKeyPrefix}[0-9A-Za-z]{20,80}(?!\w)`, 'g'),
    mask: cutOut,
    isCertain: always,
  },
  {
    kind: 'email',
    // `%40` is how an address of the web writes the sign.
    pattern: /([^\s@<>"(),:;[\]\\]{1,64})(?:@|%40)([\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8})/gu,
    // `kafkajs@2.2.4` in the path of a stack is none.
    mask: (match, local = '', domain = '') =>
      /\p{L}[^.]*$/u.test(domain) || isIP(domain) === 4 ? `${[...local][0] ?? ''}***@${domain}` : match,
    // The last label of a domain has no digits; that of a package's version has.
    isCertain: ({ groups: [local = '', domain = ''] }) =>
      !local.includes('***') && /\.(?:\p{L}{2,63}|xn--[\w-]{1,59})$/u.test(domain),
  },
  {
    // ISO 13616: country, check digits, up to 30 characters, in one piece or in groups of four.
    kind: 'iban',
    pattern: /(?<![\w/+=-])[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?)(?![\w/+=-])/g,
    mask: (match) => (ibanIn(match) === undefined ? match : match.replace(ibanIn(match) ?? '', redacted)),
    isCertain: ({ text }) => ibanIn(text) !== undefined,
  },
  {
    // ISO 7812: in one piece, or in the groups that are printed on cards.
    kind: 'payment-card',
    pattern:
      /(?<![\w.+-])(?:\d{14,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{5})(?![\w-]|\.\d)/g,
    mask: (match) => (isPaymentCard(match) ? redacted : match),
    isCertain: ({ text }) => isPaymentCard(text),
  },
  {
    kind: 'address',
    pattern: /(?<![\w.-]|\w\/|version[ =:"]{0,3})(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/gi,
    mask: (match) => (isPersonalIpv4(match) ? (truncateAddress(match) ?? redacted) : match),
    isCertain: ({ text }) => isPersonalIpv4(text),
  },
  {
    // Global unicast addresses (RFC 4291, section 2.4): 2000::/3.
    kind: 'address',
    pattern: /(?<![\w.:-])[23][0-9a-f]{3}(?::{1,2}[0-9a-f]{1,4}){1,7}(?:::)?(?![\w:-]|\.\d)/gi,
    mask: (match) => (isPersonalIpv6(match) ? (truncateAddress(match) ?? redacted) : match),
    isCertain: ({ text }) => isPersonalIpv6(text),
  },
  {
    // Opaque tokens: at least 40 characters of base64 without a break. Our own ids (`usr_<uuid>`) and hexadecimal digests are let
    // through. What is none may be a hash in base64, so none of them is certain.
    kind: 'token',
    pattern: /(?<![\w+/=-])[\w+/-]{40,}={0,2}(?![\w+/=-])/g,
    mask: (match) => (isHarmlessLongWord(match) ? match : redacted),
    isCertain: never,
  },
  {
    // International: plus sign, `%2B` in an address of the web, 8 to 15 digits with the usual separators.
    kind: 'phone',
    pattern: /(?:\+|%2B)\d(?:(?:[\s().\-/\u2010-\u2013]|%20){0,2}\d){7,14}/gi,
    mask: maskPhone,
    // In a word of base64, or in front of a time's zone, a plus sign is no number's; and no country's code begins with 0.
    isCertain: ({ text, before, after }) =>
      !/^(?:\+|%2B)0/i.test(text) &&
      !(text.startsWith('+') ? /[\w/+=]$/ : /[\w/+]$/).test(before) &&
      !/^[\w/+=]/.test(after),
  },
  {
    // National with a leading zero.
    kind: 'phone',
    pattern: /(?<![\w.:+-])\(?0\d{1,4}\)?(?:[\s/-]\d{2,8}){1,4}(?![\w:.]\d|\w)/g,
    mask: maskPhone,
    isCertain: ({ text, before, after }) => isNationalNumber(text) && !isInRowOfNumbers(before, after),
  },
  {
    // North American in groups of 3-3-4.
    kind: 'phone',
    pattern: /(?<![\w.:+-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\w)/g,
    mask: maskPhone,
    // Neither the area nor the exchange begins with 0 or 1.
    isCertain: ({ text, before, after }) =>
      /^\(?[2-9]\d{2}\)?[\s.-][2-9]/.test(text) && !isInRowOfNumbers(before, after),
  },
  {
    // Digits alone may be a counter or a time as well.
    kind: 'phone',
    pattern: /(?<![\w.:+-])\d{10,15}(?![\w:-]|\.\d)/g,
    mask: maskPhone,
    isCertain: never,
  },
];

/** Keeps the last two digits of a phone number: `+***89`. */
export function maskPhone(phone: string): string {
  return `${phone.trimStart().startsWith('+') ? '+' : ''}***${digitsOf(phone).slice(-2)}`;
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

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

function isHarmlessLongWord(word: string): boolean {
  return typedIdPattern.test(word) || hexPattern.test(word) || (word.includes('/') && !randomPattern.test(word));
}

function isRandom(word: string): boolean {
  return word.length >= leastCredentialLength && randomPattern.test(word);
}

/** True for what programs write in place of a secret; a sentence may go on behind it. */
function isHidden(value: string): boolean {
  return hiddenPattern.test(value.replace(/[.,;:)}]+$/, ''));
}

/** Nine digits or more, in pairs as in France or with a longer group; no date, no row of small numbers. */
function isNationalNumber(text: string): boolean {
  if (/^0[1-9](?: \d{2}){4}$/.test(text)) return true;
  return digitsOf(text).length >= 9 && /\d{3}/.test(text.slice(1)) && !/\d\/\d{2}\/\d/.test(text);
}

/** True between further numbers, as in a list of sizes. */
function isInRowOfNumbers(before: string, after: string): boolean {
  return /\d[\s,;/-]$/.test(before) || /^[\s,;/-]\d/.test(after);
}

/** RFC 7617: name and password with a colon between, in base64. */
function isBasicCredential(text: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(Buffer.from(text, 'base64').toString('latin1'));
}

/** The longest beginning of the text, up to a space, that is an IBAN by its length and check digits (ISO 7064, MOD 97-10). */
function ibanIn(text: string): string | undefined {
  for (let end = text.length; end > 0; end = text.lastIndexOf(' ', end - 1)) {
    const candidate = text.slice(0, end);
    if (isIban(candidate.replaceAll(' ', ''))) return candidate;
  }
  return undefined;
}

function isIban(iban: string): boolean {
  if (iban.length < 15 || iban.length > 34) return false;
  const asDigits = [...`${iban.slice(4)}${iban.slice(0, 4)}`]
    .map((character) => Number.parseInt(character, 36))
    .join('');
  return BigInt(asDigits) % 97n === 1n;
}

/** First digits and lengths of the card networks, so that one of ten counters does not pass for a card by its check digit. */
const cardPattern =
  /^(?:4(?:\d{15}|\d{18})|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:6011|64[4-9]\d|65\d{2})\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$/;

function isPaymentCard(text: string): boolean {
  const digits = digitsOf(text);
  if (!cardPattern.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  // Luhn (ISO 7812-1, annex B): every second digit from the right counts double.
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Networks that are nobody's home: this host, private and shared use, link-local, and 224.0.0.0/3 (RFC 6890). */
const ownNetworks =
  /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|2[2-5]\d)\./;

function isPersonalIpv4(text: string): boolean {
  return isIP(text) === 4 && !ownNetworks.test(text) && !text.endsWith('.0');
}

function isPersonalIpv6(text: string): boolean {
  return isIP(text) === 6 && !/^(?:[0-9a-f]{1,4}:){1,3}:$/i.test(text);
}
