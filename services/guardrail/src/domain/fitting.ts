/** Below the megabyte that a sidecar takes in one body, and the two that a service takes, with room for what else the answer says. */
const fittingBytes = 900_000;

/** The longest beginning of the items, one at least, whose JSON fits into an answer. */
export function fitting<Item>(items: readonly Item[]): Item[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return index > 0 && bytes > fittingBytes;
  });
  return items.slice(0, end === -1 ? items.length : end);
}
