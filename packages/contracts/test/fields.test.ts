import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import * as contracts from '../src/index.ts';
import { annotated, categoryOf, emailSchema, fieldNamesOf, fieldsOf, idSchema, schemasOf } from '../src/index.ts';

/** Path and category of each field of one schema. */
function categoriesIn(schema: z.ZodType) {
  return Object.fromEntries(fieldsOf(new Map([['it', schema]])).map(({ path, category }) => [path, category]));
}

describe('Annotations (PRIV-1)', () => {
  it('say of every field of every schema and event what kind of data it holds', () => {
    const bare = fieldsOf(schemasOf(contracts)).filter(({ category }) => category === undefined);
    assert.deepEqual(
      bare.map(({ path }) => path),
      [],
    );
  });

  it('are looked for in all schemas that are exported, and in the table of events', () => {
    const found = schemasOf(contracts);
    for (const name of ['bookingSchema', 'problemSchema', 'cloudEventSchema', 'eventTypes[task.created.v2]']) {
      assert.ok(found.has(name), name);
    }
  });

  it('pass to what a check makes of a schema, and not to another schema', () => {
    const leaf = annotated(z.string(), 'task.content');
    const made = [leaf.min(1), leaf.trim().max(3), leaf.refine(() => true), leaf.describe('x'), leaf.meta({ id: 'x' })];
    for (const schema of [leaf, ...made]) assert.equal(categoryOf(schema), 'task.content');
    assert.equal(categoryOf(annotated(leaf.min(1), 'booking.contact')), 'booking.contact');
    assert.equal(categoryOf(leaf), 'task.content');
    assert.equal(categoryOf(z.string()), undefined);
  });

  it('attack: a schema that many share is given another category: refused, because it would change for all of them', () => {
    assert.throws(() => annotated(emailSchema, 'protocol.public'), TypeError);
    assert.equal(categoryOf(annotated(emailSchema, 'account.identity')), 'account.identity');
  });

  it('are found through every container and wrapper', () => {
    const leaf = annotated(z.string(), 'task.content');
    const id = idSchema('task');
    assert.deepEqual(
      categoriesIn(
        z.strictObject({
          a: leaf.optional(),
          b: leaf.nullable().default(null),
          c: z.array(z.union([leaf, z.strictObject({ d: id.readonly() })])),
          e: z.record(id, leaf.catch('')),
          f: z.tuple([leaf], id),
          g: z.lazy(() => leaf),
          h: leaf.transform((text) => text.length),
          i: z.intersection(z.object({ j: leaf }), z.object({ k: id })),
          l: z.literal('x'),
          m: annotated(z.strictObject({ n: z.string() }), 'audit.trail'),
        }),
      ),
      {
        'it.a': 'task.content',
        'it.b': 'task.content',
        'it.c[]': 'task.content',
        'it.c[].d': 'protocol.internal',
        'it.e.*': 'task.content',
        'it.f[0]': 'task.content',
        'it.f[]': 'protocol.internal',
        'it.g': 'task.content',
        'it.h': 'task.content',
        'it.i.j': 'task.content',
        'it.i.k': 'protocol.internal',
        'it.l': 'protocol.internal',
        'it.m': 'audit.trail',
      },
    );
  });

  it('are missed wherever a field has none: in an alternative, a key, an item, behind a transformation, in what else may come', () => {
    const leaf = idSchema('task');
    const bare = {
      plain: z.strictObject({ a: z.string() }),
      alternative: z.strictObject({ a: z.union([leaf, z.string()]) }),
      key: z.record(z.string(), leaf),
      item: z.array(z.enum(['a'])),
      piped: leaf.transform(Number).pipe(z.number()),
      rest: z.looseObject({ a: leaf }),
      narrowed: annotated(z.enum(['a', 'b']), 'protocol.internal').exclude(['a']),
      unknownKind: z.set(leaf),
    };
    for (const [name, schema] of Object.entries(bare)) {
      const fields = fieldsOf(new Map([[name, schema]]));
      assert.ok(
        fields.some(({ category }) => category === undefined),
        name,
      );
    }
  });

  it('come to an end in a schema that holds itself', () => {
    interface Tree {
      readonly id: string;
      readonly children: readonly Tree[];
    }
    const tree: z.ZodType<Tree> = z.strictObject({ id: idSchema('task'), children: z.array(z.lazy(() => tree)) });
    assert.deepEqual(categoriesIn(tree), { 'it.id': 'protocol.internal' });
  });

  it('tell the log sink the names of what it may never write (PRIV-6)', () => {
    const schemas = schemasOf(contracts);
    const restricted = fieldNamesOf(schemas, 'restricted');
    for (const name of ['password', 'refreshToken', 'ticket', 'oneTimeCode', 'recoveryCode', 'secret', 'key', 'keys']) {
      assert.ok(restricted.has(name), name);
    }
    const confidential = fieldNamesOf(schemas, 'confidential');
    for (const name of ['email', 'name', 'phone', 'title', 'listName', 'text', 'reply', 'userAgent', 'address']) {
      assert.ok(confidential.has(name), name);
    }
    for (const name of ['id', 'status', 'time', 'code'])
      assert.ok(!restricted.has(name) && !confidential.has(name), name);
  });
});
