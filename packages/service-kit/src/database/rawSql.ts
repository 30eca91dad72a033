import type { ClientBase, Pool } from 'pg';

/** Anything that runs a parameterised statement and tells how many rows it touched, as Prisma's clients and transactions do. */
export interface RawSql<R extends PromiseLike<number> = PromiseLike<number>> {
  $executeRaw(strings: TemplateStringsArray, ...values: unknown[]): R;
}

/** Gives a `pg` client the shape of Prisma's `$executeRaw`. */
export function executeRawOf(client: Pick<ClientBase | Pool, 'query'>): RawSql<Promise<number>> {
  return {
    async $executeRaw(strings, ...values) {
      const text = strings.reduce((sql, part, index) => `${sql}$${index}${part}`);
      const result = await client.query(text, values);
      return result.rowCount ?? 0;
    },
  };
}
