/** Levels of nesting beyond which a value is refused, so that no input can exhaust the stack; our entries have five. */
const maxDepth = 32;

/** Thrown for a value that has no canonical form: no JSON, a number that is not finite, a lone surrogate. Never repeats the value. */
export class NotCanonicalError extends Error {
  override readonly name = 'NotCanonicalError';
}

/**
 * The one way to write a value as JSON (RFC 8785): keys sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Keys whose value is undefined are left out, as JSON.stringify does.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > maxDepth) throw new NotCanonicalError('the value is nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return finite(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return objectOf(value, depth);
  throw new NotCanonicalError('the value is no JSON');
}

function objectOf(value: object, depth: number): string {
  let members = '';
  for (const [key, member] of Object.entries(value).sort(byKey)) {
    if (member === undefined) continue;
    if (members !== '') members += ',';
    members += `${quoted(key)}:${canonicalJson(member, depth + 1)}`;
  }
  return `{${members}}`;
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function quoted(text: string): string {
  // RFC 8785 section 3.2.2.2 refuses lone surrogates, because UTF-8 cannot carry them.
  if (!text.isWellFormed()) throw new NotCanonicalError('a string holds a lone surrogate');
  return JSON.stringify(text);
}

function finite(number: number): string {
  if (!Number.isFinite(number)) throw new NotCanonicalError('a number is not finite');
  return JSON.stringify(number);
}
