import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect } from 'node:tls';
import { createTestCertificates, waitFor } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { followCertificate, readCertificate, tlsOptions } from '../witness/certificate.ts';

const pauseMs = 10;

describe('The certificate of the witness (DATA-1)', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-certificate-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function startServer(name: string) {
    const files = { certificate: join(folder, `${name}.crt`), privateKey: join(folder, `${name}.key`) };
    const write = async (made: { certificate?: string; privateKey?: string }) => {
      if (made.privateKey !== undefined) await writeFile(files.privateKey, made.privateKey);
      if (made.certificate !== undefined) await writeFile(files.certificate, made.certificate);
    };
    const first = await createTestCertificates(['127.0.0.1']);
    await write(first);
    const served = await readCertificate(files);
    const server = createServer({ ...tlsOptions, cert: served.certificate, key: served.privateKey });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    let faults = 0;
    const onFault = () => {
      faults += 1;
    };
    const following = followCertificate({ server, files, served, onFault, pauseMs });
    /** Whether a client that knows this authority alone gets a connection. */
    const isTrustedBy = async (ca: string, options = {}) => {
      const socket = connect({ port, host: '127.0.0.1', ca, ...options });
      try {
        await once(socket, 'secureConnect');
        return true;
      } catch {
        return false;
      } finally {
        socket.destroy();
      }
    };
    const close = async () => {
      following.close();
      server.close();
      await once(server, 'close');
    };
    return { first, write, isTrustedBy, faults: () => faults, close };
  }

  it('is renewed while it runs, and TLS 1.2 stays refused', async () => {
    const { first, write, isTrustedBy, close } = await startServer('renewed');
    try {
      assert.ok(await isTrustedBy(first.ca));
      const second = await createTestCertificates(['127.0.0.1']);
      await write(second);
      await waitFor('the second certificate', () => isTrustedBy(second.ca));
      assert.ok(!(await isTrustedBy(first.ca)));
      assert.ok(!(await isTrustedBy(second.ca, { maxVersion: 'TLSv1.2' })));
    } finally {
      await close();
    }
  });

  it('goes on as it was while the files do not fit together or cannot be read, and is renewed once they do', async () => {
    const { first, write, isTrustedBy, faults, close } = await startServer('torn');
    try {
      const second = await createTestCertificates(['127.0.0.1']);
      const torn = [
        { certificate: second.certificate },
        { certificate: 'no certificate' },
        { certificate: '' },
        { certificate: '', privateKey: '' },
        { certificate: second.certificate, privateKey: '' },
      ];
      for (const state of torn) {
        await write(state);
        const seen = faults();
        // The first of them may have begun before.
        await waitFor('two looks', () => faults() >= seen + 2);
        assert.ok(await isTrustedBy(first.ca), JSON.stringify(state).slice(0, 60));
      }
      await write(second);
      await waitFor('the second certificate', () => isTrustedBy(second.ca));
    } finally {
      await close();
    }
  });
});
