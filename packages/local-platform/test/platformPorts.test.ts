import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { choosePorts, type PlatformPorts } from '../src/platformPorts.ts';

function allPorts({ apps, ...shared }: PlatformPorts): number[] {
  return [...Object.values(shared), ...Object.values(apps).flatMap((ports) => Object.values(ports))];
}

async function hold(port: number): Promise<() => Promise<void>> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return () => new Promise((resolve) => server.close(() => resolve()));
}

describe('Ports', () => {
  it('are all different', async () => {
    const ports = allPorts(await choosePorts({ mode: 'free' }, undefined, () => undefined));
    assert.equal(ports.length, 46);
    assert.equal(new Set(ports).size, ports.length);
  });

  it('are those of the last start when they are free, so that bookmarks go on working', async () => {
    const last = await choosePorts({ mode: 'free' }, undefined, () => undefined);
    assert.deepEqual(await choosePorts({ mode: 'usual' }, last, () => undefined), last);
  });

  it('give way to free ones when they are taken, and the web address is named', async () => {
    const last = await choosePorts({ mode: 'free' }, undefined, () => undefined);
    const release = [await hold(last.gateway), await hold(last.kafka)];
    const notices: string[] = [];
    try {
      const ports = await choosePorts({ mode: 'usual' }, last, (text) => notices.push(text));
      assert.ok(ports.gateway !== last.gateway && ports.kafka !== last.kafka);
      assert.equal(ports.postgres, last.postgres);
      assert.ok(notices.some((text) => text.includes(`${last.gateway}`) && text.includes(`${ports.gateway}`)));
      assert.equal(notices.length, 2);
    } finally {
      await Promise.all(release.map((end) => end()));
    }
  });

  it('leave the web address its port when it is demanded and another had it before', async () => {
    const last = await choosePorts({ mode: 'free' }, undefined, () => undefined);
    const ports = await choosePorts({ mode: 'usual', gatewayPort: last.mail }, last, () => undefined);
    assert.equal(ports.gateway, last.mail);
    assert.equal(new Set(allPorts(ports)).size, allPorts(ports).length);
  });

  it('stay a demand when one was demanded', async () => {
    const { gateway } = await choosePorts({ mode: 'free' }, undefined, () => undefined);
    const release = await hold(gateway);
    try {
      await assert.rejects(
        choosePorts({ mode: 'usual', gatewayPort: gateway }, undefined, () => undefined),
        /is taken/,
      );
    } finally {
      await release();
    }
  });
});
