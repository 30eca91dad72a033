/** What is looked for. A finding shows the name and never the bytes. */
export interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Looks for all needles at once. */
export interface ByteSearch {
  /** Names of the needles that are in the bytes, wherever chunks end. */
  in(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ReadonlySet<string>>;
}

/** Nothing leads here: the root has no way in. */
const none = 0;

/**
 * The automaton of Aho and Corasick (1975): one step per byte, however many needles there are. ASCII letters are the same in either case,
 * because hexadecimal digits and the keys of lists come in both.
 */
export function createByteSearch(needles: readonly Needle[]): ByteSearch {
  const { classOf, classes } = classesOf(needles);
  const nodes = needles.reduce((sum, { bytes }) => sum + bytes.length, 1);
  const next = new Int32Array(nodes * classes);
  const namesAt = new Map<number, string[]>();
  let used = 1;
  for (const { name, bytes } of needles) {
    let node = 0;
    for (const byte of bytes) {
      const way = node * classes + (classOf[byte] ?? 0);
      if (next[way] === none) {
        next[way] = used;
        used += 1;
      }
      node = next[way] ?? 0;
    }
    namesAt.set(node, [...(namesAt.get(node) ?? []), name]);
  }
  const hits = finish({ next, classes, nodes: used, namesAt });
  return {
    async in(chunks) {
      const found = new Set<string>();
      let node = 0;
      for await (const chunk of chunks) {
        for (let at = 0; at < chunk.length; at += 1) {
          node = next[node * classes + (classOf[chunk[at] ?? 0] ?? 0)] ?? 0;
          if (hits[node] === 1) for (const name of namesAt.get(node) ?? []) found.add(name);
        }
      }
      return found;
    },
  };
}

/** Bytes that no needle holds are one class, and each letter is one with its other case: a small table is a quick one. */
function classesOf(needles: readonly Needle[]): { readonly classOf: Uint8Array; readonly classes: number } {
  const classOf = new Uint8Array(256);
  let classes = 1;
  for (const { bytes } of needles) {
    for (const byte of bytes) {
      if (classOf[byte] !== 0) continue;
      for (const same of caseVariants(byte)) classOf[same] = classes;
      classes += 1;
    }
  }
  if (classes > 255) throw new RangeError('the needles hold too many different bytes');
  return { classOf, classes };
}

function caseVariants(byte: number): readonly number[] {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? [lower, lower & ~0x20] : [byte];
}

/** Fills in where to go on when a needle breaks off, level by level; tells in which nodes a needle ends. */
function finish(trie: {
  readonly next: Int32Array;
  readonly classes: number;
  readonly nodes: number;
  readonly namesAt: Map<number, string[]>;
}): Uint8Array {
  const { next, classes, nodes, namesAt } = trie;
  const fallback = new Int32Array(nodes);
  const queue = new Int32Array(nodes);
  let [head, tail] = [0, 1];
  while (head < tail) {
    const node = queue[head] ?? 0;
    head += 1;
    const back = fallback[node] ?? 0;
    const inherited = node === 0 ? undefined : namesAt.get(back);
    if (inherited) namesAt.set(node, [...(namesAt.get(node) ?? []), ...inherited]);
    for (let way = 0; way < classes; way += 1) {
      const child = next[node * classes + way] ?? none;
      const otherwise = node === 0 ? 0 : (next[back * classes + way] ?? 0);
      if (child === none) next[node * classes + way] = otherwise;
      else {
        fallback[child] = otherwise;
        queue[tail] = child;
        tail += 1;
      }
    }
  }
  const hits = new Uint8Array(nodes);
  for (const node of namesAt.keys()) hits[node] = 1;
  return hits;
}
