import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type AuditEntry,
  type AuditEventData,
  type AuditFilter,
  appIds,
  auditCategories,
  auditEntriesSchema,
  inclusionProofSchema,
  newId,
} from '@todo-chatbot/contracts';
import { codeOf, type Person } from '@todo-chatbot/local-platform/testing';
import { leafHashOf } from '@todo-chatbot/transparency-log';
import fc from 'fast-check';
import { encodeEntry } from '../src/domain/entry.ts';
import { startAuditService } from './auditService.ts';
import { auditEvent } from './support.ts';

interface LoggedFact {
  readonly index: number;
  readonly time: string;
  readonly event: AuditEventData;
}

const addresses = ['192.0.2.0', '198.51.100.0', '2001:db8:1::', null] as const;
const traces = ['0af7651916cd43dd8448eb211c80319c', 'ffffffffffffffffffffffffffffffff', null] as const;
const actions = ['task.create', 'auth.login', 'user.suspend'] as const;
const days = Array.from({ length: 10 }, (_, day) => `2026-11-${String(10 + day)}T08:00:00.000Z`);

describe('Search of the trail (AUD-5)', () => {
  let audit: Awaited<ReturnType<typeof startAuditService>>;
  let ann: Person;
  let bob: Person;
  let admin: Person;
  let viewer: Person;
  const facts: LoggedFact[] = [];

  before(async () => {
    audit = await startAuditService();
    ann = await audit.signIn();
    bob = await audit.signIn();
    admin = await audit.signIn(['user', 'admin']);
    viewer = await audit.signIn(['viewer']);
    const [people, objects] = [arbitraryActor(), arbitraryObject()];
    const events = fc.sample(
      fc.record({
        time: fc.constantFrom(...days),
        service: fc.constantFrom(...appIds),
        actor: people,
        sessionId: fc.constantFrom(newId('session'), null),
        category: fc.constantFrom(...auditCategories),
        action: fc.constantFrom(...actions),
        success: fc.boolean(),
        object: objects,
        address: fc.constantFrom(...addresses),
        traceId: fc.constantFrom(...traces),
      }),
      600,
    );
    const entries = events.map(({ time, address, ...data }) => {
      const cloudEvent = { ...auditEvent({ ...data, metadata: { address, userAgent: 'test' } }), time };
      facts.push({ index: facts.length, time, event: cloudEvent.data });
      return encodeEntry(cloudEvent);
    });
    await audit.writer.append(entries);
  });
  after(() => audit.close());

  function arbitraryActor(): fc.Arbitrary<AuditEventData['actor']> {
    return fc.constantFrom(
      ...[ann, bob, admin].map(({ userId }) => ({ type: 'user' as const, id: userId })),
      { type: 'anonymous' as const, id: null },
      { type: 'service' as const, id: 'auth' },
    );
  }
  function arbitraryObject(): fc.Arbitrary<AuditEventData['object']> {
    return fc.constantFrom(
      ...[ann, bob].map(({ userId }) => ({ type: 'user', id: userId })),
      // The same id as something else is no account.
      { type: 'task', id: ann.userId },
      { type: 'task', id: 'tsk_1' },
      null,
    );
  }

  /** What is shown of a fact to whoever sees the trail of this person only; null sees all. */
  function isVisible({ event }: LoggedFact, personId: string | null): boolean {
    if (personId === null || event.actor.id === personId) return true;
    return event.object?.type === 'user' && event.object.id === personId;
  }
  const isForeign = ({ event }: LoggedFact, personId: string | null) =>
    personId !== null && event.actor.type === 'user' && event.actor.id !== personId;

  function isFound(fact: LoggedFact, filter: AuditFilter, personId: string | null): boolean {
    const { event, time } = fact;
    const hides = isForeign(fact, personId);
    const holds = <T>(asked: T | undefined, is: T | null) => asked === undefined || asked === is;
    return (
      isVisible(fact, personId) &&
      holds(filter.actor, event.actor.id) &&
      holds(filter.action, event.action) &&
      holds(filter.category, event.category) &&
      holds(filter.service, event.service) &&
      holds(filter.object, event.object?.id ?? null) &&
      holds(filter.outcome, event.success ? 'success' : 'failure') &&
      holds(filter.address, hides ? null : event.metadata.address) &&
      holds(filter.trace, hides ? null : event.traceId) &&
      (filter.from === undefined || time >= filter.from) &&
      (filter.to === undefined || time < filter.to)
    );
  }

  function queryOf(parts: object): URLSearchParams {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parts)) if (value !== undefined) query.set(name, String(value));
    return query;
  }

  async function page(person: Person, parts: object) {
    const answer = await audit.get(`/v1/entries?${queryOf(parts)}`, person);
    assert.equal(answer.status, 200, answer.text);
    return auditEntriesSchema.parse(answer.body);
  }

  /** All pages of a search, without what this test itself leaves in the log. */
  async function search(person: Person, filter: AuditFilter, limit = 100): Promise<AuditEntry[]> {
    const items: AuditEntry[] = [];
    let cursor: string | null | undefined;
    do {
      const found = await page(person, { ...filter, limit, cursor });
      assert.ok(found.items.length <= limit);
      items.push(...found.items);
      cursor = found.nextCursor;
    } while (cursor !== null);
    return items.filter(({ index }) => index < facts.length);
  }

  const filters = () =>
    fc.record(
      {
        actor: fc.constantFrom(ann.userId, admin.userId, 'auth'),
        action: fc.constantFrom(...actions),
        category: fc.constantFrom(...auditCategories),
        service: fc.constantFrom(...appIds),
        object: fc.constantFrom(ann.userId, bob.userId, 'tsk_1'),
        outcome: fc.constantFrom('success' as const, 'failure' as const),
        address: fc.constantFrom('192.0.2.0', '198.51.100.0', '2001:db8:1::'),
        trace: fc.constantFrom('0af7651916cd43dd8448eb211c80319c', 'ffffffffffffffffffffffffffffffff'),
        from: fc.constantFrom(...days),
        to: fc.constantFrom(...days),
      },
      { requiredKeys: [] },
    );

  it('each filter alone finds exactly what it says', async () => {
    for (const filter of [
      { actor: ann.userId },
      { action: 'auth.login' },
      { category: 'administration' },
      { service: 'booking' },
      { object: 'tsk_1' },
      { outcome: 'failure' },
      { outcome: 'success' },
      { address: '2001:db8:1::' },
      { trace: '0af7651916cd43dd8448eb211c80319c' },
      { from: '2026-11-15T08:00:00.000Z' },
      { to: '2026-11-15T08:00:00.000Z' },
    ] as const) {
      const expected = facts.filter((fact) => isFound(fact, filter, null)).map(({ index }) => index);
      assert.ok(expected.length > 0);
      assert.deepEqual(
        (await search(viewer, filter)).map(({ index }) => index),
        expected.toReversed(),
        JSON.stringify(filter),
      );
    }
  });

  it('any filters together, on pages of any size, give each entry once, newest first, to whom it belongs', async () => {
    await fc.assert(
      fc.asyncProperty(filters(), fc.integer({ min: 7, max: 100 }), fc.boolean(), async (asked, limit, seesAll) => {
        const [person, personId] = seesAll ? [viewer, null] : [ann, ann.userId];
        const { actor, ...others } = asked;
        const filter = seesAll || actor === ann.userId ? asked : others;
        const expected = facts.filter((fact) => isFound(fact, filter, personId)).map(({ index }) => index);
        assert.deepEqual(
          (await search(person, filter, limit)).map(({ index }) => index),
          expected.toReversed(),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('a person sees what they did and what was done to their account, and nothing else (AUD-5)', async () => {
    const seen = await search(ann, {});
    const expected = facts.filter((fact) => isVisible(fact, ann.userId));
    assert.deepEqual(
      seen.map(({ index }) => index),
      expected.map(({ index }) => index).toReversed(),
    );
    const suspension = expected.find(
      (fact) => fact.event.action === 'user.suspend' && fact.event.actor.id === admin.userId,
    );
    assert.ok(suspension, 'an act of somebody else on the account is among them');
  });

  it('whoever may see everything can ask for their own trail, with the same care for others', async () => {
    const expected = facts.filter((fact) => isVisible(fact, admin.userId)).map(({ index }) => index);
    const seen = await search(admin, { scope: 'own' });
    assert.deepEqual(
      seen.map(({ index }) => index),
      expected.toReversed(),
    );
    assert.ok(expected.length < (await search(admin, {})).length);
  });

  it("attack: another person's session, address, browser and trace stay theirs, in what is shown and in what is searched (PRIV-6)", async () => {
    const foreign = facts.filter((fact) => isVisible(fact, ann.userId) && isForeign(fact, ann.userId));
    assert.ok(foreign.some(({ event }) => event.metadata.address !== null && event.traceId !== null));
    const seen = new Map((await search(ann, {})).map((entry) => [entry.index, entry.event]));
    for (const { index, event } of foreign) {
      const hidden = { sessionId: null, metadata: { address: null, userAgent: null }, traceId: null };
      assert.deepEqual(seen.get(index), { ...event, ...hidden });
    }
    for (const { index, event } of facts.filter(
      (fact) => isVisible(fact, ann.userId) && !isForeign(fact, ann.userId),
    )) {
      assert.deepEqual(seen.get(index), event);
    }
    for (const filter of [{ address: '192.0.2.0' }, { trace: '0af7651916cd43dd8448eb211c80319c' }]) {
      const found = new Set((await search(ann, filter)).map(({ index }) => index));
      assert.ok(foreign.every(({ index }) => !found.has(index)));
    }
  });

  it("attack: the actor of a search in one's own trail is oneself; asking for another is refused and recorded", async () => {
    for (const path of ['/v1/entries', '/v1/export']) {
      const answer = await audit.get(`${path}?actor=${bob.userId}`, ann);
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.permission-denied']);
      const [refusal] = (await page(viewer, { actor: ann.userId, outcome: 'failure', limit: 1 })).items;
      assert.equal(refusal?.event.reason, 'access.permission-denied');
      assert.deepEqual(refusal?.event.input, { scope: 'own', actor: bob.userId });
    }
  });

  it('attack: a word that is searched for is in the log for ever: it is kept as a hash that differs by word and person (PRIV-6)', async () => {
    const recorded = async (person: Person, filter: Record<string, string>) => {
      await page(person, filter);
      const own = await page(person, { scope: 'own', action: 'audit.list', limit: 2 });
      // The newest entry is of the search before the one that shows it.
      return own.items[0]?.event.input;
    };
    const [first, again, other, foreign] = [
      await recorded(viewer, { object: 'jane-doe' }),
      await recorded(viewer, { object: 'jane-doe' }),
      await recorded(viewer, { object: 'john-doe' }),
      await recorded(ann, { object: 'jane-doe' }),
    ];
    assert.match(String(first?.object), /^[\da-f]{64}$/);
    assert.equal(again?.object, first?.object);
    assert.notEqual(other?.object, first?.object);
    assert.notEqual(foreign?.object, first?.object);
  });

  it('an entry whose body was removed is not found', async () => {
    const actor = newId('user');
    await audit.writer.append([encodeEntry(auditEvent({ actorId: actor }))]);
    assert.equal((await page(viewer, { actor })).items.length, 1);
    const owner = audit.database.ownerPool;
    await owner.query('ALTER TABLE body DISABLE TRIGGER USER');
    await owner.query('DELETE FROM body WHERE actor_id = $1', [actor]);
    await owner.query('ALTER TABLE body ENABLE TRIGGER USER');
    assert.deepEqual(await page(viewer, { actor }), { items: [], nextCursor: null });
  });

  it('each search is an entry with what was asked for; ids are readable in it, and an address is not, not even masked (AUD-4, AUD-5)', async () => {
    await page(viewer, { action: 'auth.login', object: 'jane@example.com', address: '192.0.2.0', limit: 1 });
    const [entry] = (await page(viewer, { actor: viewer.userId, limit: 1 })).items;
    assert.equal(entry?.event.action, 'audit.list');
    const input = { scope: 'all', action: 'auth.login', address: '192.0.2.0', count: 0 };
    assert.deepEqual({ ...entry?.event.input, object: undefined }, { ...input, object: undefined });
    assert.match(String(entry?.event.input.object), /^[\da-f]{64}$/);
    const [search] = (await page(viewer, { actor: viewer.userId, limit: 1 })).items;
    assert.equal(search?.event.input.actor, viewer.userId);
  });

  it('attack: a made-up cursor, or that of somebody else, shows nothing of others', async () => {
    const { nextCursor } = await page(viewer, { limit: 10 });
    const everything = Buffer.from('0-999999999999999').toString('base64url');
    for (const cursor of [nextCursor, everything]) {
      const { items } = await page(ann, { cursor, limit: 100 });
      assert.ok(
        items
          .filter(({ index }) => index < facts.length)
          .every(({ index }) => {
            const fact = facts[index];
            return fact && isVisible(fact, ann.userId);
          }),
      );
    }
    for (const cursor of [
      'x',
      Buffer.from('5').toString('base64url'),
      Buffer.from('0-9999999999999999').toString('base64url'),
      Buffer.from('-1-5').toString('base64url'),
    ]) {
      const answer = await audit.get(`/v1/entries?cursor=${cursor}`, viewer);
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'request.invalid']);
    }
  });

  it('400: filters that no entry can have', async () => {
    for (const query of [
      'actor=a%20b',
      'action=DROP',
      'category=other',
      'service=nobody',
      'outcome=maybe',
      'address=example',
      'trace=00',
      'from=yesterday',
      'from=0000-01-01T00:00:00Z',
      'to=2026-02-30T00:00:00Z',
      'from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z',
    ]) {
      const answer = await audit.get(`/v1/entries?${query}`, viewer);
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'request.invalid'], query);
    }
  });

  it('long entries make a shorter page, and none is left out', async () => {
    const long = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`k${n}`, 'x'.repeat(2000)]));
    const actorId = newId('user');
    const events = Array.from({ length: 40 }, () => auditEvent({ actorId, input: long }));
    await audit.writer.append(events.map(encodeEntry));
    const first = await audit.get(`/v1/entries?actor=${actorId}&limit=100`, viewer);
    assert.ok(first.text.length < 2_000_000, String(first.text.length));
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const found = await page(viewer, { actor: actorId, limit: 100, cursor });
      ids.push(...found.items.map(({ eventId }) => eventId));
      cursor = found.nextCursor;
    }
    assert.deepEqual(
      ids.toReversed(),
      events.map(({ id }) => id),
    );
  });

  it("proofs: for all that one may see; without the body where it is another person's act", async () => {
    for (const fact of facts.slice(0, 60)) {
      const answer = await audit.get(`/v1/entries/${fact.index}/proof`, ann);
      if (!isVisible(fact, ann.userId)) {
        assert.deepEqual([answer.status, codeOf(answer)], [404, 'audit.entry-not-found']);
        continue;
      }
      const proof = inclusionProofSchema.parse(answer.body);
      assert.equal(leafHashOf(Buffer.from(proof.leaf, 'base64')).toString('hex'), proof.leafHash);
      assert.equal(proof.body === null, isForeign(fact, ann.userId));
    }
  });
});
