import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readMails } from '../src/mailFolder.ts';
import { serveMailPage } from '../src/mailPage.ts';
import { findFreePort } from '../src/ports.ts';

describe('The page that shows mail (AUTH-13)', () => {
  let folder: string;
  let port: number;
  let stop: () => Promise<void>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-mail-'));
    port = await findFreePort();
    const server = await serveMailPage({ folder, port });
    stop = async () => {
      server.close();
      await rm(folder, { recursive: true });
    };
  });
  after(() => stop());

  /** With node:http, because fetch does not let a test choose the Host header. */
  function get(options: { host?: string; method?: string; path?: string } = {}) {
    const { host = `localhost:${port}`, method = 'GET', path = '/' } = options;
    return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port, method, path, headers: { host }, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      asking.once('error', reject);
      asking.end();
    });
  }

  async function keep(name: string, subject: string, text: string): Promise<void> {
    const head = [
      `From: no-reply@example.com`,
      `To: ada@example.com`,
      `Subject: ${subject}`,
      'Date: Thu, 26 Nov 2026 10:00:00 +0000',
    ];
    await writeFile(join(folder, `${name}.eml`), [...head, '', ...text.split('\n')].join('\r\n'));
  }

  it('says so when there is none, and shows the newest first, a link on a line of its own to be clicked', async () => {
    assert.match((await get()).text, /No mail yet/);
    const url = `http://localhost:8080/account/confirm-email#token=${'x'.repeat(43)}`;
    await keep('2026-11-26T10-00-00_1', 'The older', `Open this:\n\n${url}\n`);
    await keep('2026-11-26T10-00-01_2', 'The newer', 'Nothing to open.\n');
    await writeFile(join(folder, '.half.tmp'), 'half');

    const { status, text } = await get();

    assert.equal(status, 200);
    assert.ok(text.indexOf('The newer') < text.indexOf('The older'));
    assert.ok(text.includes(`<a href="${url}" rel="noreferrer">${url}</a>`));
    assert.ok(!text.includes('half'));
    assert.deepEqual(
      (await readMails(folder, 1)).map(({ to, subject, text: words }) => ({ to, subject, words })),
      [{ to: 'ada@example.com', subject: 'The newer', words: 'Nothing to open.\n' }],
    );
  });

  it('attack: a mail brings markup, a script or a link that is none: it is text', async () => {
    const hostile = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'javascript:alert(1)',
      'https://a.example/"onclick="alert(1)',
      '\' & " & <b>',
    ];
    await keep('2026-11-26T10-00-02_3', '<b>Hello</b>', hostile.join('\n'));

    const { text } = await get();

    assert.doesNotMatch(text, /<script|<img|<b>|href="javascript|onclick="/);
    assert.ok(text.includes('&#60;script&#62;alert(1)&#60;/script&#62;'));
  });

  it('attack: DNS rebinding: a page of another name that leads to this machine reads nothing', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'localhost',
      `localhost:${port + 1}`,
      `localhost.evil.example:${port}`,
      `[::1]:${port}`,
    ]) {
      const { status, text } = await get({ host });
      assert.equal(status, 421, host);
      assert.ok(!text.includes('Subject'));
    }
    assert.equal((await get({ host: `127.0.0.1:${port}` })).status, 200);
  });

  it('attack: another site frames it, loads it, or has it run something: every door is shut', async () => {
    const { headers, text } = await get();

    const policy = String(headers['content-security-policy']);
    assert.match(
      policy,
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'none'; frame-ancestors 'none'; base-uri 'none'$/,
    );
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['access-control-allow-origin'], undefined);
    assert.doesNotMatch(text, /<script|style="/);
  });

  it('serves that one page, to be read only', async () => {
    assert.equal((await get({ path: '/../../etc/passwd' })).status, 404);
    assert.equal((await get({ path: '/2026-11-26T10-00-00_1.eml' })).status, 404);
    for (const method of ['POST', 'DELETE', 'OPTIONS']) assert.equal((await get({ method })).status, 405);
  });
});
