import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type AuditEntry,
  auditEntriesSchema,
  auditEventDataSchema,
  auditExportPageSchema,
  auditScopeOf,
  type CloudEvent,
  consistencyProofSchema,
  inclusionProofSchema,
} from '@todo-chatbot/contracts';
import { createTestDataKeys, type Person, plaintextIn } from '@todo-chatbot/local-platform/testing';
import { type DataKeys, newEvent, ProblemError, placeOfAuditField } from '@todo-chatbot/service-kit';
import { encodeEntryProof, openCheckpoint, verifyConsistency } from '@todo-chatbot/transparency-log';
import { createPostgresTrailReader } from '../src/adapters/postgresTrailReader.ts';
import { decodeBody, encodeEntry } from '../src/domain/entry.ts';
import { verifyKeptProof } from '../src/domain/keptProof.ts';
import { createCollectPersonalData } from '../src/queries/collectPersonalData.ts';
import { createOpenEntries } from '../src/queries/openEntries.ts';
import { createOpenSealed } from '../src/queries/openSealed.ts';
import { startAuditService } from './auditService.ts';
import { auditEvent, sealedSignIn, verifyDatabase } from './support.ts';

const browser = 'Zephyrbrowser/7.3 (Linux; custom build of Marienthal)';
const email = 'z***@marienthal.example';

describe('Sealed fields of entries (AUD-4)', () => {
  let audit: Awaited<ReturnType<typeof startAuditService>>;
  let ann: Person;
  let bob: Person;
  let viewer: Person;
  before(async () => {
    audit = await startAuditService();
    [ann, bob, viewer] = [await audit.signIn(), await audit.signIn(), await audit.signIn(['viewer'])];
  });
  after(() => audit.close());

  const boxes = () => audit.dataKeys.boxes(auditScopeOf('auth'));
  const signIn = (person: Person, more: { isFailed?: boolean; userAgent?: string } = {}) =>
    sealedSignIn({ boxes: boxes(), personId: person.userId, userAgent: browser, email, ...more });
  const log = (...events: readonly CloudEvent[]) => audit.writer.append(events.map((event) => encodeEntry(event)));
  const trailOf = async (person: Person, query = '') => {
    const answer = await audit.get(`/v1/entries?limit=100${query}`, person);
    assert.equal(answer.status, 200, answer.text);
    return auditEntriesSchema.parse(answer.body).items;
  };
  const shownTo = async (person: Person, { id }: CloudEvent): Promise<AuditEntry | undefined> =>
    (await trailOf(person)).find(({ eventId }) => eventId === id);
  const facts = (entry: AuditEntry | undefined) => ({
    userAgent: entry?.event.metadata.userAgent,
    email: entry?.event.input.email,
    sealed: entry?.sealed.map(({ field, state }) => `${field} ${state}`),
  });
  const opened = {
    userAgent: browser,
    email,
    sealed: ['input.email opened', 'metadata.userAgent opened'],
  };
  const closed = (state: string) => ({
    userAgent: null,
    email: null,
    sealed: [`input.email ${state}`, `metadata.userAgent ${state}`],
  });

  it('are opened for their person and for those who may read the log, in trail, export and proof', async () => {
    const event = await signIn(ann);
    await log(event);
    for (const person of [ann, viewer]) assert.deepEqual(facts(await shownTo(person, event)), opened);
    const page = auditExportPageSchema.parse((await audit.get('/v1/export?scope=own', ann)).body);
    assert.deepEqual(facts(page.items.find(({ eventId }) => eventId === event.id)), opened);
    const index = (await shownTo(ann, event))?.index;
    const proof = inclusionProofSchema.parse((await audit.get(`/v1/entries/${index}/proof`, ann)).body);
    assert.deepEqual(proof.entry, await shownTo(ann, event));
    const body = Buffer.from(proof.body ?? '', 'base64');
    assert.doesNotMatch(body.toString(), /Zephyr|marienthal/i, 'the body itself is as it was hashed');
    assert.equal(decodeBody(body).sealed.length, 2);
  });

  it('of a failed sign-in belong to the owner of the account; of what somebody else did, to that person alone', async () => {
    const guess = await signIn(ann, { isFailed: true });
    const act = await signIn(bob);
    const aboutAnn = { ...act, data: { ...dataOf(act), object: { type: 'user', id: ann.userId } } };
    await log(guess, aboutAnn);
    assert.deepEqual(facts(await shownTo(ann, guess)), opened);
    assert.deepEqual(facts(await shownTo(ann, act)), { userAgent: null, email: null, sealed: [] });
    assert.deepEqual(facts(await shownTo(bob, act)), opened);
  });

  it('are in what a person gets of the log as the own trail shows them, in the order of the log (PRIV-3)', async () => {
    await log(...(await Promise.all(Array.from({ length: 250 }, () => signIn(bob)))));
    const trail = createPostgresTrailReader(audit.database.pool);
    const openEntries = createOpenEntries(createOpenSealed(audit.dataKeys.source));
    const collected = [];
    for await (const { kind, record } of createCollectPersonalData({ trail, openEntries })(bob.userId)) {
      assert.equal(kind, 'audit-entry');
      collected.push(record);
    }
    const shown: AuditEntry[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await audit.get(`/v1/entries?scope=own&limit=100${query}`, bob);
      const page = auditEntriesSchema.parse(answer.body);
      shown.push(...page.items);
      cursor = page.nextCursor;
    }
    // Looking at the trail is in it, too.
    const indexes = new Set(collected.map(({ index }) => index));
    assert.ok(collected.length > 250);
    assert.deepEqual(collected, shown.filter(({ index }) => indexes.has(index)).toReversed());
  });

  it('keep the own entries of the log sealed as well', async () => {
    const headers = { 'x-client-user-agent': encodeURIComponent(browser) };
    await audit.get('/v1/entries?limit=1', ann, headers);
    const [read] = await trailOf(ann, '&action=audit.list');
    assert.equal(read?.event.metadata.userAgent, browser);
    assert.deepEqual(await plaintextIn(audit.database.ownerPool, [browser]), []);
  });

  it('attack: swapped between persons, fields and entries, flipped, cut: refused when opened; all others are read', async () => {
    const [one, ofBob] = [await signIn(ann), await signIn(bob)];
    const others = await Promise.all(Array.from({ length: 6 }, () => signIn(ann)));
    const changes: ((sealed: Sealed) => Sealed)[] = [
      // Of another entry of the same person, and of another person.
      () => sealedOf(one),
      () => sealedOf(ofBob),
      // Each in the place of the other.
      (sealed) =>
        Object.fromEntries(Object.keys(sealed).map((field, at, fields) => [field, sealed[fields[1 - at] ?? ''] ?? ''])),
      (sealed) => changed(sealed, (bytes) => bytes.with(20, bytes.at(20) ? 0 : 1)),
      (sealed) => changed(sealed, (bytes) => bytes.subarray(0, -1)),
      (sealed) => changed(sealed, (bytes) => bytes.subarray(1)),
    ];
    const forged = others.map((event, at) => withSealed(event, changes[at]?.(sealedOf(event)) ?? {}));
    await log(one, ...forged);
    for (const event of forged) assert.deepEqual(facts(await shownTo(viewer, event)), closed('broken'));
    assert.deepEqual(facts(await shownTo(viewer, one)), opened);
  });

  it('attack: a sealed field that is changed where it rests is found by the verifier (AUD-3)', async () => {
    const event = await signIn(ann);
    await log(event);
    const owner = audit.database.ownerPool;
    const index = (await shownTo(viewer, event))?.index ?? -1;
    const { body } = (await owner.query('SELECT body FROM body WHERE index = $1', [index])).rows[0];
    const [sealed] = decodeBody(body).sealed;
    const box = Buffer.from(sealed?.box ?? '', 'base64');
    box.writeUInt8(box.readUInt8(15) ^ 1, 15);
    const forged = Buffer.from(String(body).replace(sealed?.box ?? '', box.toString('base64')));
    const put = async (bytes: Buffer) => {
      await owner.query('ALTER TABLE body DISABLE TRIGGER USER');
      await owner.query('UPDATE body SET body = $1 WHERE index = $2', [bytes, index]);
      await owner.query('ALTER TABLE body ENABLE ALWAYS TRIGGER body_only_grows');
      await owner.query('ALTER TABLE body ENABLE ALWAYS TRIGGER body_removal_accounted');
    };
    await put(forged);
    const verdict = await verifyDatabase(audit.database.pool, audit.signer);
    assert.deepEqual(verdict.ok ? null : [verdict.fault.kind, verdict.fault.index], ['body-mismatch', index]);
    await put(body);
    assert.equal((await verifyDatabase(audit.database.pool, audit.signer)).ok, true);
  });

  it('are gone for ever once the key is destroyed, and everything that was ever proven stays so (PRIV-4)', async () => {
    const event = await signIn(ann);
    await log(event);
    const index = (await shownTo(viewer, event))?.index ?? -1;
    const kept = inclusionProofSchema.parse((await audit.get(`/v1/entries/${index}/proof`, ann)).body);
    const keptFile = encodeEntryProof(kept);
    const before = openCheckpoint(kept.checkpoint, audit.signer);
    const findable = () => plaintextIn(audit.database.ownerPool, [browser, email, 'Zephyrbrowser', 'marienthal']);
    assert.deepEqual(await findable(), [], 'sealed even while the person is here');

    audit.dataKeys.destroy(ann.userId);
    const accessTokensExpireAt = new Date(Date.now() + 1_800_000).toISOString();
    const data = { userId: ann.userId, minimumVersion: 1, accessTokensExpireAt };
    await audit.deliver(newEvent({ type: 'auth.access_changed.v1', source: 'auth', subject: ann.userId, data }));
    await log(auditEvent({}), auditEvent({}), auditEvent({}));

    assert.deepEqual(facts(await shownTo(viewer, event)), closed('erased'));
    const verdict = await verifyDatabase(audit.database.pool, audit.signer, [before]);
    assert.equal(verdict.ok, true, JSON.stringify(verdict));
    const newest = openCheckpoint((await audit.get('/v1/log/checkpoint', null)).text, audit.signer);
    assert.ok(newest.treeSize > before.treeSize);
    const sizes = `from=${before.treeSize}&to=${newest.treeSize}`;
    const consistency = consistencyProofSchema.parse((await audit.get(`/v1/log/consistency?${sizes}`, null)).body);
    assert.ok(
      verifyConsistency({
        earlierSize: before.treeSize,
        laterSize: newest.treeSize,
        earlierRoot: before.rootHash,
        laterRoot: newest.rootHash,
        path: consistency.path.map((hash) => Buffer.from(hash, 'hex')),
      }),
    );
    assert.equal(verifyKeptProof(keptFile, audit.signer).index, index);
    const fresh = inclusionProofSchema.parse((await audit.get(`/v1/entries/${index}/proof`, viewer)).body);
    assert.deepEqual([fresh.leaf, fresh.body], [kept.leaf, kept.body], 'not a byte of it has changed');
    assert.deepEqual(facts(fresh.entry ?? undefined), closed('erased'));
    assert.deepEqual(await findable(), []);
    assert.doesNotMatch(audit.logged.join('\n'), /Zephyr|marienthal/i);
  });

  it('ask for the key of each person once, be they erased, and take no silence of auth for an erasure (PRIN-6)', async () => {
    const asked: string[] = [];
    const answering = (code: 'person.erased' | 'upstream.unavailable' | 'person.not-found'): DataKeys => ({
      of: (personId) => {
        asked.push(personId);
        return Promise.reject(new ProblemError(code));
      },
      forget: () => undefined,
    });
    const events = await Promise.all(Array.from({ length: 20 }, () => signIn(bob)));
    const entries = events.map((event) => decodeBody(encodeEntry(event).body));
    const statesOf = async (code: Parameters<typeof answering>[0]) => {
      const read = await createOpenEntries(createOpenSealed(answering(code)))(entries);
      return [...new Set(read.flatMap(({ sealed }) => sealed.map(({ state }) => state)))];
    };
    assert.deepEqual(await statesOf('person.erased'), ['erased']);
    assert.deepEqual(asked, [bob.userId]);
    assert.deepEqual(await statesOf('person.not-found'), ['broken']);
    await assert.rejects(statesOf('upstream.unavailable'), { code: 'upstream.unavailable' });
  });

  it('attack: a service that was taken over seals what no field may hold: that field is broken, and nothing else', async () => {
    const keys = createTestDataKeys('audit');
    const boxes = keys.boxes(auditScopeOf('auth'));
    const event = await sealedSignIn({ boxes, personId: bob.userId, userAgent: browser, email });
    const box = await boxes.of(bob.userId);
    const overlong = Buffer.from(box.seal(placeOfAuditField(event.id, 'metadata.userAgent'), 'x'.repeat(301)));
    const forged = withSealed(event, { ...sealedOf(event), 'metadata.userAgent': overlong.toString('base64') });
    const [read] = await createOpenEntries(createOpenSealed(keys.source))([decodeBody(encodeEntry(forged).body)]);
    assert.deepEqual(read?.sealed, [
      { field: 'input.email', state: 'opened' },
      { field: 'metadata.userAgent', state: 'broken' },
    ]);
  });
});

type Sealed = Readonly<Record<string, string>>;

const dataOf = ({ data }: CloudEvent) => auditEventDataSchema.parse(data);
const sealedOf = (event: CloudEvent): Sealed => dataOf(event).sealed ?? {};
const withSealed = (event: CloudEvent, sealed: Sealed): CloudEvent => ({
  ...event,
  data: { ...dataOf(event), sealed },
});

function changed(sealed: Sealed, change: (bytes: Uint8Array) => Uint8Array): Sealed {
  return Object.fromEntries(
    Object.entries(sealed).map(([field, box]) => [
      field,
      Buffer.from(change(Uint8Array.from(Buffer.from(box, 'base64')))).toString('base64'),
    ]),
  );
}
