/** Rows that are in memory at one time: some hundred kilobytes where a row is a text of a few thousand characters. */
const pageRows = 200;

/**
 * All rows of a keyset, a page at a time, however many there are. `read` gives at most `limit` rows after the given one, in an order
 * that does not change; without one it begins.
 */
export async function* inPages<Row>(
  read: (after: Row | undefined, limit: number) => Promise<readonly Row[]>,
  limit = pageRows,
): AsyncGenerator<Row, void, undefined> {
  for (let after: Row | undefined, isLast = false; !isLast; ) {
    const page = await read(after, limit);
    yield* page;
    after = page.at(-1);
    isLast = page.length < limit;
  }
}
