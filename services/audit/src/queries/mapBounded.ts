/** Items under way at a time: a page may be of as many people as it has entries, and `auth` has others to answer. */
const atOnce = 8;

/** Does the work for each item, a few at a time, and answers in their order. The first failure ends it. */
export async function mapBounded<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    done.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  }
  return done;
}
