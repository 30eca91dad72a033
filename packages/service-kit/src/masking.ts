import * as contracts from '@todo-chatbot/contracts';
import { maskPhone, personalDataShapes, redacted, truncateAddress } from './personalDataShapes.ts';

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

/** Deeper objects are cut off: log lines are flat, and a cycle must not hang the sink. */
const maxDepth = 8;
const secretKeyParts =
  /password|passwd|passphrase|secret|token|authorization|cookie|credential|privatekey|apikey|signingkey|pepper/;
/** Names that no schema has, and that libraries give to secrets and to personal data. */
const secretKeys = new Set(['pin', 'otp', 'pwd', 'csrf', 'phonenumber']);
const schemas = contracts.schemasOf(contracts);
/** Fields whose schema says that they hold credentials, or personal data (PRIV-1): here or there, hidden everywhere. */
const restrictedNames = plainNames(contracts.fieldNamesOf(schemas, 'restricted'));
const confidentialNames = plainNames(contracts.fieldNamesOf(schemas, 'confidential'));
/** What would be hidden by its name and is shown nevertheless, as far as it is a single word. */
const harmlessKeys = new Set([
  // The id of a token opens no door.
  'tokenid',
  // Closed words about a refusal. They are personal data where they stand beside whose text it was; a log line without them does not
  // say why something failed. The reason of a legal hold has the same name, and is a sentence.
  'reason',
  'layer',
  'verdict',
]);

/** A copy of the value in which secret keys are redacted and every string is masked. */
export function maskValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => maskValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [maskText(key), maskField(plainName(key), item, depth)]),
  );
}

function maskField(name: string, value: unknown, depth: number): unknown {
  if (harmlessKeys.has(name) && !isSentence(value)) return maskValue(value, depth + 1);
  if (isSecretKey(name)) return redacted;
  return confidentialNames.has(name) ? maskPersonalData(value) : maskValue(value, depth + 1);
}

function isSentence(value: unknown): boolean {
  return typeof value === 'string' && /[^\w.:-]/.test(value);
}

/**
 * What is by itself an e-mail address or the like shows its masked form, such as `j***@example.com`. All else shows nothing: of a
 * sentence in which an address stands, masking would leave the rest.
 */
function maskPersonalData(value: unknown): unknown {
  if (value === null) return null;
  return typeof value === 'string' && hasOneShape(value) ? maskText(value) : redacted;
}

function hasOneShape(text: string): boolean {
  return personalDataShapes.some(({ pattern }) => [...text.matchAll(pattern)].some(([match]) => match === text));
}

function plainName(key: string): string {
  return key.toLowerCase().replaceAll(/[-_\s.]/g, '');
}

function plainNames(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].map(plainName));
}

function isSecretKey(plain: string): boolean {
  return restrictedNames.has(plain) || secretKeys.has(plain) || secretKeyParts.test(plain);
}
