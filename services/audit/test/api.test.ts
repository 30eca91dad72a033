import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntriesSchema, inclusionProofSchema } from '@todo-chatbot/contracts';
import { codeOf, type Person } from '@todo-chatbot/local-platform/testing';
import { leafHashOf, openCheckpoint, verifyInclusion } from '@todo-chatbot/transparency-log';
import { encodeEntry } from '../src/domain/entry.ts';
import { startAuditService } from './auditService.ts';
import { auditEvent, verifyDatabase } from './support.ts';

describe('the API of the audit service', () => {
  let audit: Awaited<ReturnType<typeof startAuditService>>;
  let ann: Person;
  let bob: Person;
  let viewer: Person;
  before(async () => {
    audit = await startAuditService();
    [ann, bob, viewer] = [await audit.signIn(), await audit.signIn(), await audit.signIn(['viewer'])];
    for (let index = 0; index < 7; index += 1) {
      const ofAnn = auditEvent({ actorId: ann.userId, action: index < 3 ? 'task.create' : 'task.complete' });
      const ofBob = auditEvent({ actorId: bob.userId, action: 'task.delete' });
      await audit.writer.append([encodeEntry(ofAnn), encodeEntry(ofBob)]);
    }
  });
  after(() => audit.close());

  const entriesOf = async (person: Person, query = '') => {
    const answer = await audit.get(`/v1/entries${query}`, person);
    assert.equal(answer.status, 200, answer.text);
    return auditEntriesSchema.parse(answer.body);
  };
  const proofOf = async (person: Person, path: string) => {
    const answer = await audit.get(path, person);
    assert.equal(answer.status, 200, answer.text);
    return inclusionProofSchema.parse(answer.body);
  };
  const newestAction = async () => {
    const { rows } = await audit.database.pool.query('SELECT action FROM body ORDER BY index DESC LIMIT 1');
    return rows[0].action;
  };
  const sizeOf = async () =>
    Number((await audit.database.pool.query('SELECT count(*) AS size FROM entry')).rows[0].size);

  it('is ready, and serves, while the broker does not answer', async () => {
    assert.equal(await audit.service.isReady(), true);
  });

  describe('GET /v1/log/checkpoint', () => {
    it('200: the newest checkpoint as a signed note, for everybody', async () => {
      const { status, type, text } = await audit.get('/v1/log/checkpoint', null);
      assert.equal(status, 200);
      assert.equal(type, 'text/plain; charset=utf-8');
      assert.equal(openCheckpoint(text, audit.signer).treeSize, await sizeOf());
    });

    it('403: attack: any caller but the gateway is refused', async () => {
      for (const caller of ['task', 'auth', 'stranger']) {
        const answer = await audit.get('/v1/log/checkpoint', null, { 'dapr-caller-app-id': caller });
        assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.caller-denied']);
      }
    });

    it('401: attack: whoever is not the own sidecar is refused', async () => {
      assert.equal((await audit.get('/v1/log/checkpoint', null, { 'dapr-api-token': 'guess' })).status, 401);
    });
  });

  describe('GET /v1/entries', () => {
    it("200: a person sees exactly their own entries, newest first, with the leaf's event", async () => {
      const { items } = await entriesOf(ann);
      assert.ok(items.every(({ event }) => event.actor.id === ann.userId));
      assert.equal(items.filter(({ event }) => event.action.startsWith('task.')).length, 7);
      assert.deepEqual(
        items.map(({ index }) => index),
        items.map(({ index }) => index).toSorted((a, b) => b - a),
      );
    });

    it('200: with audit.read the whole log is seen', async () => {
      const { items } = await entriesOf(viewer, '?limit=100');
      for (const { userId } of [ann, bob]) {
        assert.ok(items.some(({ event }) => event.actor.id === userId && event.action.startsWith('task.')));
      }
    });

    it('200: pages by cursor give each entry once, with a filter too', async () => {
      for (const [filter, count] of [
        ['', 7],
        ['&action=task.create', 3],
      ] as const) {
        const seen: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const page = await entriesOf(ann, `?limit=2${filter}${cursor === '' ? '' : `&cursor=${cursor}`}`);
          seen.push(...page.items.map(({ eventId }) => eventId));
          cursor = page.nextCursor;
        }
        assert.equal(new Set(seen).size, seen.length);
        assert.ok(seen.length >= count);
      }
    });

    it('200: reading the trail is itself an entry (AUD-5)', async () => {
      await entriesOf(bob, '?limit=1');
      const [newest] = (await entriesOf(bob, '?limit=1')).items;
      assert.equal(newest?.event.action, 'audit.list');
      assert.equal(newest?.event.actor.id, bob.userId);
      assert.deepEqual(newest?.event.input, { scope: 'own', count: 1 });
    });

    it('400: unknown parameters, limits out of range and cursors not ours', async () => {
      const overflow = Buffer.from('0-99999999999999999999').toString('base64url');
      for (const query of [
        '?limit=0',
        '?limit=101',
        '?who=x',
        '?cursor=x',
        `?cursor=${overflow}`,
        '?action=a&action=b',
      ]) {
        const answer = await audit.get(`/v1/entries${query}`, ann);
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'request.invalid'], query);
      }
    });

    it('401: without a token, with a false one, and after the session was revoked; each is an entry (AUD-1)', async () => {
      const missing = await audit.get('/v1/entries', null);
      assert.deepEqual([missing.status, codeOf(missing)], [401, 'auth.token-missing']);
      const carol = await audit.signIn();
      const forged = await audit.get('/v1/entries', { ...carol, token: `${carol.token.slice(0, -4)}AAAA` });
      assert.deepEqual([forged.status, codeOf(forged)], [401, 'auth.token-invalid']);
      await entriesOf(carol);
      assert.equal((await audit.revoke(carol)).status, 200);
      const revoked = await audit.get('/v1/entries', carol);
      assert.deepEqual([revoked.status, codeOf(revoked)], [401, 'auth.token-invalid']);
      const { items } = await entriesOf(viewer, '?action=access.refuse');
      assert.ok(items.some(({ event }) => event.reason === 'auth.token-missing'));
    });

    it('503: what cannot be recorded is not shown (PRIN-6)', async () => {
      await audit.database.ownerPool.query('REVOKE INSERT ON entry FROM audit');
      try {
        const answer = await audit.get('/v1/entries', ann);
        assert.deepEqual([answer.status, codeOf(answer)], [503, 'upstream.unavailable']);
        assert.ok(!answer.text.includes('task.create'));
      } finally {
        await audit.database.ownerPool.query('GRANT INSERT ON entry TO audit');
      }
      await entriesOf(ann);
    });
  });

  describe('GET /v1/entries/:index/proof', () => {
    it('200: a proof that anybody who has the key can check', async () => {
      for (const { index, leafHash } of (await entriesOf(ann)).items) {
        const proof = await proofOf(ann, `/v1/entries/${index}/proof`);
        const checkpoint = openCheckpoint(proof.checkpoint, audit.signer);
        assert.equal(checkpoint.treeSize, proof.treeSize);
        assert.equal(checkpoint.rootHash.toString('hex'), proof.rootHash);
        const leaf = leafHashOf(Buffer.from(proof.leaf, 'base64'));
        assert.equal(leaf.toString('hex'), leafHash);
        const path = proof.path.map((hash) => Buffer.from(hash, 'hex'));
        assert.ok(verifyInclusion({ ...checkpoint, index, leafHash: leaf, path }));
      }
    });

    it('200: for an earlier size of which there is a checkpoint', async () => {
      const proof = await proofOf(ann, '/v1/entries/0/proof?treeSize=2');
      assert.equal(proof.treeSize, 2);
      assert.equal(proof.path.length, 1);
    });

    it("404: attack: another person's entry cannot be told from one that is not there, and the attempt is recorded", async () => {
      const foreign = await audit.get('/v1/entries/1/proof', ann);
      const absent = await audit.get('/v1/entries/999999/proof', ann);
      assert.deepEqual([foreign.status, codeOf(foreign)], [404, 'audit.entry-not-found']);
      assert.equal(foreign.text.replaceAll('/1/', '/_/'), absent.text.replaceAll('/999999/', '/_/'));
      assert.equal(await newestAction(), 'audit.prove');
      assert.equal((await audit.get('/v1/entries/1/proof?treeSize=1', ann)).status, 404, 'nor by a size');
      assert.equal((await proofOf(viewer, '/v1/entries/1/proof')).index, 1, 'audit.read sees it');
    });

    it('400: sizes that the log never had, or that do not hold the entry', async () => {
      const { index } = (await entriesOf(ann, '?limit=1')).items[0] ?? { index: -1 };
      for (const path of [
        '/v1/entries/0/proof?treeSize=3',
        '/v1/entries/0/proof?treeSize=999999',
        `/v1/entries/${index}/proof?treeSize=2`,
      ]) {
        const answer = await audit.get(path, ann);
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'audit.range-invalid'], path);
      }
    });

    it('400: an index that is none', async () => {
      for (const index of ['-1', '01', '1e3', 'x', '9999999999999999', '0x10']) {
        const answer = await audit.get(`/v1/entries/${index}/proof`, ann);
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'request.invalid'], index);
      }
    });

    it('500: a proof that does not hold never leaves the house', async () => {
      const owner = audit.database.ownerPool;
      await owner.query('ALTER TABLE entry DISABLE TRIGGER USER');
      const flip = 'UPDATE entry SET leaf_hash = set_bit(leaf_hash, 0, 1 - get_bit(leaf_hash, 0)) WHERE index = 2';
      await owner.query(flip);
      const answer = await audit.get('/v1/entries/0/proof', ann);
      await owner.query(flip);
      await owner.query('ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_only_grows');
      assert.deepEqual([answer.status, codeOf(answer)], [500, 'internal.error']);
    });
  });

  it('keeps a sound log through all of this', async () => {
    const verdict = await verifyDatabase(audit.database.pool, audit.signer);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    assert.equal(verdict.size, await sizeOf());
  });
});
