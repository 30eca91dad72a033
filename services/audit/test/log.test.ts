import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { consistencyProofSchema, logKeysSchema } from '@todo-chatbot/contracts';
import { codeOf, listen, waitFor } from '@todo-chatbot/local-platform/testing';
import {
  bundlesOfTree,
  decodeBundle,
  leafHashOf,
  openCheckpoint,
  parseTilePath,
  splitTile,
  tilesOfTree,
  verifierKeyOf,
  verifyConsistency,
} from '@todo-chatbot/transparency-log';
import { fsck } from '../../../tests/support/fsck.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import { startAuditService } from './auditService.ts';
import { auditEvent } from './support.ts';

/** Sizes after each batch; the last tree has two full tiles and a partial one at level 0, and one at level 1. */
const sizes = [1, 7, 256, 300, 600];
const size = 600;

describe('the log as everybody may read it', () => {
  let audit: Awaited<ReturnType<typeof startAuditService>>;
  before(async () => {
    audit = await startAuditService();
    let from = 0;
    for (const to of sizes) {
      await audit.writer.append(Array.from({ length: to - from }, () => encodeEntry(auditEvent({}))));
      from = to;
    }
  });
  after(() => audit.close());

  const read = async (path: string) => {
    const answer = await audit.get(path, null);
    assert.equal(answer.status, 200, answer.text);
    return answer;
  };
  const head = async () => openCheckpoint((await read('/v1/log/checkpoint')).text, audit.signer);
  const refusal = async (path: string) => {
    const answer = await audit.get(path, null);
    return [answer.status, codeOf(answer)];
  };

  it('GET /v1/log/tiles and bundles: 200, the whole tree, each leaf hashing to its place (AUD-3)', async () => {
    for (const { index, width } of bundlesOfTree(size)) {
      const bundle = await read(`/v1/log/bundles/${index}_${width}`);
      assert.equal(bundle.type, 'application/octet-stream');
      const tile = await read(`/v1/log/tiles/0_${index}_${width}`);
      assert.deepEqual(decodeBundle(bundle.bytes, width).map(leafHashOf), splitTile(tile.bytes, width));
    }
    for (const { level, index, width } of tilesOfTree(size)) await read(`/v1/log/tiles/${level}_${index}_${width}`);
  });

  it('200: a leaf says nothing of what happened (AUD-4)', async () => {
    const { bytes } = await read('/v1/log/bundles/0_256');
    for (const leaf of decodeBundle(bytes, 256)) assert.match(leaf.toString(), /^\{"body":"[\da-f]{64}","v":2\}$/);
  });

  it('200: the partial tile of an earlier checkpoint is the beginning of what is there now', async () => {
    const full = await read('/v1/log/tiles/0_1_256');
    const partial = await read('/v1/log/tiles/0_1_44');
    assert.deepEqual(partial.bytes, full.bytes.subarray(0, 44 * 32));
    const entries = decodeBundle((await read('/v1/log/bundles/1_44')).bytes, 44);
    assert.deepEqual(entries.map(leafHashOf), splitTile(partial.bytes, 44));
  });

  it('404: what the signed tree does not have', async () => {
    for (const path of ['tiles/0_2_89', 'tiles/0_3_1', 'tiles/1_0_3', 'tiles/2_0_1', 'bundles/2_89', 'bundles/3_1']) {
      assert.deepEqual(await refusal(`/v1/log/${path}`), [404, 'audit.tile-not-found'], path);
    }
  });

  it('400: ids that are none', async () => {
    const ids = ['0_0_0', '0_0_257', '7_0_1', '-1_0_1', '0_-1_1', '0_0', '0_00_1', '0_0_01', '0_0_1_1', 'x', '0_1e3_1'];
    for (const id of ids) assert.deepEqual(await refusal(`/v1/log/tiles/${id}`), [400, 'request.invalid'], id);
    for (const id of ['0_0', '0_257', '0', '0_0_1', '00_1']) {
      assert.deepEqual(await refusal(`/v1/log/bundles/${id}`), [400, 'request.invalid'], id);
    }
  });

  it('GET /v1/log/consistency: 200, a proof between any two checkpoints that anybody can check (AUD-3)', async () => {
    for (const from of sizes) {
      for (const to of sizes.filter((later) => later >= from)) {
        const { body } = await read(`/v1/log/consistency?from=${from}&to=${to}`);
        const proof = consistencyProofSchema.parse(body);
        const [earlier, later] = proof.checkpoints.map((note) => openCheckpoint(note, audit.signer));
        assert.deepEqual([proof.from, earlier?.treeSize, proof.to, later?.treeSize], [from, from, to, to]);
        const isProven = verifyConsistency({
          earlierSize: from,
          laterSize: to,
          earlierRoot: earlier?.rootHash ?? Buffer.alloc(0),
          laterRoot: later?.rootHash ?? Buffer.alloc(0),
          path: proof.path.map((hash) => Buffer.from(hash, 'hex')),
        });
        assert.ok(isProven, `${from} to ${to}`);
      }
    }
    const { body } = await read('/v1/log/consistency?from=7');
    assert.equal(consistencyProofSchema.parse(body).to, size, 'the newest when nothing else is asked for');
  });

  it('GET /v1/log/consistency: 400 for sizes without a checkpoint, and for those the wrong way round', async () => {
    for (const query of ['from=2&to=600', 'from=7&to=299', 'from=300&to=7', 'from=601', 'from=1&to=601']) {
      assert.deepEqual(await refusal(`/v1/log/consistency?${query}`), [400, 'audit.range-invalid'], query);
    }
    assert.deepEqual(await refusal('/v1/log/consistency?from=0'), [400, 'request.invalid']);
  });

  it('GET /v1/log/keys: 200, the key that the checkpoints are signed with', async () => {
    const { log, witness } = logKeysSchema.parse((await read('/v1/log/keys')).body);
    assert.equal(log, verifierKeyOf(audit.signer));
    assert.match(String(witness), /^\S+\+[\da-f]{8}\+\S+$/);
  });

  it('403: attack: any caller but the gateway is refused', async () => {
    const paths = ['tiles/0-0-256', 'bundles/0-256', 'consistency?from=1', 'keys'];
    for (const path of paths) {
      const answer = await audit.get(`/v1/log/${path}`, null, { 'dapr-caller-app-id': 'task' });
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.caller-denied'], path);
    }
    // Each refusal is an entry, in its own time.
    await waitFor('the refusals in the log', async () => (await head()).treeSize === size + paths.length);
  });

  describe('under the paths of C2SP tlog-tiles', () => {
    let server: Awaited<ReturnType<typeof listen>>;
    before(async () => {
      // As the gateway does, which has no tests of this service.
      server = await listen(async (request, response) => {
        const answer = await audit.get(internalPathOf(request.url ?? ''), null);
        response.writeHead(answer.status).end(answer.bytes);
      });
    });
    after(() => server.close());

    it("Tessera's fsck accepts it over HTTP (AUD-3)", async () => {
      const { treeSize, rootHash } = await head();
      const verifierKey = verifierKeyOf(audit.signer);
      await fsck({ storageUrl: `${server.url}/`, verifierKey, size: treeSize, rootHash });
    });
  });

  it('attack: a leaf of version 1, which says what happened, is shown to nobody in a bundle (AUD-4)', async () => {
    // From before there were salts: the leaf is the body.
    const entry = encodeEntry(auditEvent({}));
    await audit.writer.append([{ ...entry, leaf: entry.body, leafHash: leafHashOf(entry.body) }]);
    const width = (await head()).treeSize % 256;
    assert.deepEqual(await refusal(`/v1/log/bundles/2_${width}`), [404, 'audit.tile-not-found']);
    await read(`/v1/log/bundles/2_${width - 1}`);
    await read(`/v1/log/tiles/0_2_${width}`);
  });

  it('attack: an entry that no checkpoint signs for is not served', async () => {
    // Last, because nothing can be appended any more.
    const { treeSize } = await head();
    await audit.database.ownerPool.query(
      `INSERT INTO entry (index, event_id, leaf, leaf_hash) SELECT $1, 'evt_forged', leaf, leaf_hash FROM entry WHERE index = 0`,
      [treeSize],
    );
    const width = (treeSize % 256) + 1;
    assert.deepEqual(await refusal(`/v1/log/tiles/0_2_${width}`), [404, 'audit.tile-not-found']);
    assert.deepEqual(await refusal(`/v1/log/bundles/2_${width}`), [404, 'audit.tile-not-found']);
  });
});

function internalPathOf(url: string): string {
  const asked = parseTilePath(url.slice(1));
  if (asked?.bundle) return `/v1/log/bundles/${asked.bundle.index}_${asked.bundle.width}`;
  if (asked?.tile) return `/v1/log/tiles/${asked.tile.level}_${asked.tile.index}_${asked.tile.width}`;
  return '/v1/log/checkpoint';
}
