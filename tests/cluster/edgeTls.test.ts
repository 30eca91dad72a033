import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectPlain } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { type EchoGateway, startEchoGateway } from '../support/echoGateway.ts';
import { ask, type Edge, newAddress, problemCode, startEdge } from '../support/edge.ts';

describe('TLS at the edge (K8S-3)', () => {
  let gateway: EchoGateway;
  let edge: Edge;
  before(async () => {
    gateway = await startEchoGateway();
    edge = await startEdge({ gatewayPort: gateway.port, publicHost: 'localhost:8443' });
  });
  after(async () => {
    await edge.stop();
    await gateway.close();
  });

  async function handshake(options: ConnectionOptions): Promise<string> {
    const socket = connect({
      host: '127.0.0.1',
      port: edge.httpsPort,
      ca: edge.ca,
      servername: 'localhost',
      ...options,
    });
    try {
      await once(socket, 'secureConnect');
      return `${socket.getProtocol()} ${socket.getCipher().standardName}`;
    } finally {
      socket.destroy();
    }
  }

  it('speaks 1.2 and 1.3 with ciphers that are good', async () => {
    assert.match(await handshake({ maxVersion: 'TLSv1.2' }), /^TLSv1\.2 TLS_ECDHE_ECDSA_WITH_(AES|CHACHA20)/);
    assert.match(await handshake({}), /^TLSv1\.3 /);
  });

  it('attack: an old version, or a cipher without forward secrecy, is refused', async () => {
    const old = { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    for (const options of [
      { ...old, maxVersion: 'TLSv1' },
      { ...old, maxVersion: 'TLSv1.1' },
      { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256:AES256-SHA:@SECLEVEL=0' },
      { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0' },
    ] as const) {
      await assert.rejects(handshake(options), /alert|protocol|handshake/i);
    }
  });

  it('shows no certificate to whoever asks for another name, or for none', async () => {
    await assert.rejects(handshake({ servername: 'evil.example' }), /unrecognized name/i);
    await assert.rejects(handshake({ servername: '' }), /unrecognized name/i);
  });

  it('attack: another host inside of a connection for ours is refused, over HTTP/1.1 and HTTP/2 (API-4)', async () => {
    const got = await ask(edge, { path: '/api/v1/tasks', headers: { host: 'evil.example' } });
    assert.deepEqual([got.status, problemCode(got)], [400, 'request.invalid']);
    assert.equal((await askOverHttp2(edge, 'evil.example')).status, 400);
    assert.equal(gateway.requests(), 0);
  });

  it('speaks HTTP/2, and tells browsers to come by HTTPS alone', async () => {
    const { status, hsts } = await askOverHttp2(edge, 'localhost');
    assert.equal(status, 200);
    assert.equal(hsts, 'max-age=63072000; includeSubDomains');
  });

  it('answers HTTP on the port of HTTPS with a problem', async () => {
    const socket = connectPlain({ host: '127.0.0.1', port: edge.httpsPort, localAddress: newAddress() });
    socket.write('GET /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer secret\r\n\r\n');
    const reply = await text(socket);
    assert.match(reply, /^HTTP\/1\.1 400 /);
    assert.match(reply, /speaks HTTPS alone/);
    assert.doesNotMatch(reply, /strict-transport-security/i);
  });

  it('sends pages on from HTTP to HTTPS, and refuses to take a token in the clear', async () => {
    const page = await ask(edge, { isPlain: true, path: '/people?a=b' });
    assert.deepEqual([page.status, page.headers.location], [308, 'https://localhost:8443/people?a=b']);
    const api = await ask(edge, { isPlain: true, path: '/api/v1/tasks', headers: { authorization: 'Bearer secret' } });
    assert.deepEqual([api.status, problemCode(api)], [400, 'request.invalid']);
    const unknown = await ask(edge, { isPlain: true, headers: { host: 'evil.example' } });
    assert.deepEqual([unknown.status, unknown.headers.location], [400, undefined]);
    assert.equal((await ask(edge, { isPlain: true, path: '/healthz', headers: { host: '10.0.0.1' } })).text, 'ok\n');
  });

  it('serves a renewed certificate without being told of it', async () => {
    assert.equal((await ask(edge, { path: '/api/v1/tasks' })).status, 200);
    const ca = await edge.renewCertificate();
    await assert.rejects(ask(edge, { path: '/api/v1/tasks' }), /certificate/i);
    assert.equal((await ask(edge, { path: '/api/v1/tasks', ca })).status, 200);
  });
});

async function askOverHttp2(edge: Edge, authority: string) {
  const session = connectHttp2(`https://127.0.0.1:${edge.httpsPort}`, { ca: edge.ca, servername: 'localhost' });
  try {
    const stream = session.request({ ':path': '/api/v1/tasks', ':authority': authority });
    const [headers] = await once(stream, 'response');
    stream.resume();
    await once(stream, 'end');
    return { status: Number(headers[':status']), hsts: String(headers['strict-transport-security']) };
  } finally {
    session.destroy();
  }
}
