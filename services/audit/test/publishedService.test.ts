import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type AuditEventData, inclusionProofSchema, newId } from '@todo-chatbot/contracts';
import { codeOf, waitFor } from '@todo-chatbot/local-platform/testing';
import { cosignatureTime, createNoteSigner, openCheckpoint, verifierKeyOf } from '@todo-chatbot/transparency-log';
import { z } from 'zod';
import { rememberedCheckpoints } from '../src/adapters/rememberedCheckpoints.ts';
import { decodeBody, encodeEntry } from '../src/domain/entry.ts';
import { verifyKeptProof } from '../src/domain/keptProof.ts';
import { newCheckpointKey, origin, startAuditService } from './auditService.ts';
import { auditEvent } from './support.ts';
import { createWitnessProcess } from './witnessProcess.ts';

/** What the issue allows from the act to the published checkpoint, for 99 of 100 acts. */
const publishedWithinMs = 2_000;

describe('the audit service with its witness (AUD-3)', () => {
  let witness: Awaited<ReturnType<typeof createWitnessProcess>>;
  let audit: Awaited<ReturnType<typeof startAuditService>>;
  let anchorFolder: string;
  before(async () => {
    const checkpointKey = newCheckpointKey();
    witness = await createWitnessProcess(createNoteSigner(origin, createPrivateKey(checkpointKey)));
    anchorFolder = join(witness.folder, 'anchors');
    await mkdir(anchorFolder);
    await witness.start();
    const environment = {
      WITNESS_URL: witness.url,
      WITNESS_CA_FILE: witness.caFile,
      WITNESS_VERIFIER_KEY: verifierKeyOf(witness.cosigner),
      ANCHOR_FOLDER: anchorFolder,
    };
    audit = await startAuditService({ checkpointKey, environment });
  });
  after(async () => {
    await audit.close();
    await witness.remove();
  });

  const append = async (count: number) => {
    await audit.writer.append(Array.from({ length: count }, () => encodeEntry(auditEvent({}))));
  };
  const published = async () => {
    const { status, text } = await audit.get('/v1/log/checkpoint', null);
    assert.equal(status, 200);
    return text;
  };
  const untilPublished = (size: number) =>
    waitFor(`${size} entries to be published`, async () => {
      const note = await published();
      // Before the first publication it is one without; a throw counts as not yet.
      cosignatureTime(note, witness.cosigner);
      return openCheckpoint(note, audit.signer).treeSize >= size && note;
    });

  it('serves to everybody the newest published checkpoint, with the cosignature', async () => {
    await append(10);
    const note = await untilPublished(10);
    assert.ok(cosignatureTime(note, witness.cosigner) > 0);
  });

  it('proves an entry by a checkpoint that the witness has cosigned', async () => {
    const viewer = await audit.signIn(['viewer']);
    const { status, body } = await audit.get('/v1/entries/3/proof', viewer);
    assert.equal(status, 200);
    assert.ok(cosignatureTime(inclusionProofSchema.parse(body).checkpoint, witness.cosigner) > 0);
  });

  it('publishes 99 of 100 acts well within 2 s', { timeout: 60_000 }, async (test) => {
    const acts: { size: number; at: number }[] = [];
    let size = await sizeOf();
    for (let act = 0; act < 200; act += 1) {
      await append(5);
      size += 5;
      acts.push({ size, at: Date.now() });
    }
    await untilPublished(size);
    const { rows } = await audit.database.pool.query(
      'SELECT tree_size::int AS size, published_at AS at FROM published_checkpoint ORDER BY tree_size, published_at',
    );
    const publications = z.array(z.object({ size: z.int(), at: z.date() })).parse(rows);
    const waits = acts
      .map(({ size: covered, at }) => {
        const publication = publications.find((one) => one.size >= covered);
        return (publication?.at.getTime() ?? Number.POSITIVE_INFINITY) - at;
      })
      .toSorted((a, b) => a - b);
    const [median, p99] = [0.5, 0.99].map(
      (share) => waits[Math.floor(waits.length * share)] ?? Number.POSITIVE_INFINITY,
    );
    test.diagnostic(`published after ${median} ms at the median, ${p99} ms at the 99th percentile`);
    assert.ok((p99 ?? Number.POSITIVE_INFINITY) < publishedWithinMs);
  });

  const sizeOf = async () => {
    const { rows } = await audit.database.pool.query('SELECT max(tree_size)::int AS size FROM checkpoint');
    return z.tuple([z.object({ size: z.int() })]).parse(rows)[0].size;
  };

  it('goes on while the witness is killed again and again, and publishes what was missed', {
    timeout: 60_000,
  }, async () => {
    for (let kill = 0; kill < 3; kill += 1) {
      await witness.kill();
      await append(50);
      await witness.start();
      await append(50);
    }
    const size = await sizeOf();
    await untilPublished(size);
    const { rows } = await audit.database.pool.query(
      'SELECT tree_size FROM published_checkpoint GROUP BY 1 HAVING count(*) > 1',
    );
    assert.deepEqual(rows, []);
  });

  it('is anchored in the folder although the topic is away, the newest in the end', async () => {
    const size = await sizeOf();
    await waitFor('the newest anchor', async () => (await anchoredSize()) >= size, 20_000);
    assert.ok((await readdir(anchorFolder)).every((name) => /^\d{4}-\d{2}\.jsonl$/.test(name)));
  });

  const anchoredSize = async () => {
    const keys = { log: audit.signer, witness: witness.cosigner };
    const found = await rememberedCheckpoints({ keys, witnessStoreFile: witness.storeFile, anchorFolder });
    // The first one is what the witness itself remembers.
    return Math.max(0, ...found.slice(1).map(({ treeSize }) => treeSize));
  };

  describe('GET /v1/erasure-proofs', () => {
    const erasure = (more: Partial<AuditEventData> = {}) =>
      auditEvent({
        service: 'auth',
        actor: { type: 'service', id: 'auth' },
        category: 'administration',
        action: 'privacy.complete-erasure',
        object: { type: 'erasure', id: newId('erasure') },
        input: { rows: 12 },
        metadata: { address: null, userAgent: null },
        retentionClass: 'administration',
        ...more,
      });
    const log = async (event: ReturnType<typeof erasure>) => {
      await audit.writer.append([encodeEntry(event)]);
      return { size: await sizeOf(), path: `/v1/erasure-proofs/${event.data.object?.id}` };
    };

    it('200: for nobody in particular, a file that proves the certificate with both keys, once it is published', async () => {
      await witness.kill();
      const event = erasure();
      const { size, path } = await log(event);
      assert.equal(codeOf(await audit.get(path, null)), 'audit.entry-not-found', 'signed, and seen by no witness yet');
      await witness.start();
      await untilPublished(size);
      const { status, text } = await audit.get(path, null);
      assert.equal(status, 200);
      const { body } = verifyKeptProof(text, audit.signer, witness.cosigner);
      assert.deepEqual(body && decodeBody(body).event, event.data);
    });

    it('404: attack: no other entry comes out by it: of another act, service or object, a failure, with an address', async () => {
      for (const other of [
        erasure({ action: 'privacy.begin-erasure' }),
        erasure({ service: 'task' }),
        erasure({ object: { type: 'user', id: newId('erasure') } }),
        erasure({ success: false }),
        erasure({ metadata: { address: '192.0.2.0', userAgent: null } }),
        erasure({ sealed: { 'input.email': 'c2VhbGVk'.repeat(5) } }),
      ]) {
        const { size, path } = await log(other);
        await untilPublished(size);
        assert.equal(codeOf(await audit.get(path, null)), 'audit.entry-not-found');
      }
      assert.equal((await audit.get(`/v1/erasure-proofs/${newId('erasure')}`, null)).status, 404);
      assert.equal((await audit.get(`/v1/erasure-proofs/${newId('user')}`, null)).status, 400);
      assert.equal((await audit.get('/v1/erasure-proofs/0', null)).status, 400);
    });
  });

  it('attack: a log set back under the running service is an alert, and is published no more', async () => {
    const size = await sizeOf();
    const owner = audit.database.ownerPool;
    for (const table of ['checkpoint', 'published_checkpoint']) {
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await owner.query(`DELETE FROM ${table} WHERE tree_size > 10`);
    }
    const isRaised = async () => {
      const { rows } = await owner.query("SELECT FROM alert WHERE rule_id = 'witness-refused'");
      return rows.length > 0;
    };
    await owner.query("UPDATE published_checkpoint SET published_at = published_at - interval '2 minutes'");
    await waitFor('the alert', isRaised, 15_000);
    assert.equal(
      openCheckpoint((await witness.send({ method: 'GET', path: '/checkpoint' })).text, audit.signer).treeSize,
      size,
    );
  });
});
