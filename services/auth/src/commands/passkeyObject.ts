/** As much of a credential id as an audit entry takes; a whole one may be ten times as long. */
const shownLength = 100;

/** A passkey as an audit entry names it. */
export function passkeyObject(id: string) {
  return { type: 'passkey', id: id.slice(0, shownLength) };
}
