/** Well below the two megabytes of an answer through the mesh, with room for what else it says. */
const fittingBytes = 1_500_000;

/** The longest beginning of the items, one at least, whose JSON fits into an answer. */
export function fitting<Item>(items: readonly Item[]): Item[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return index > 0 && bytes > fittingBytes;
  });
  return items.slice(0, end === -1 ? items.length : end);
}
