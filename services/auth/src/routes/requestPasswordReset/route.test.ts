import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { accountSchema, auditEventDataSchema } from '@todo-chatbot/contracts';
import {
  outboxEvents,
  startAuthOnNewDatabase,
  takeEventNames,
  testOrigin,
  uniqueEmail,
} from '../../testing/harness.ts';
import { openMailbox } from '../../testing/mailbox.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
let mailbox: Awaited<ReturnType<typeof openMailbox>>;
before(async () => {
  world = await startAuthOnNewDatabase();
  mailbox = await openMailbox({ database: world.database, clock: world.auth.clock });
});
after(async () => {
  await mailbox.close();
  await world.close();
});
beforeEach(() => takeEventNames(world.database));

const hourMs = 3_600_000;
const reset = 'Choose a new password';

function request(email: string, headers: Readonly<Record<string, string>> = {}) {
  return world.auth.call('POST', '/v1/password/reset-request', { body: { email }, headers });
}

async function registered(): Promise<string> {
  const email = uniqueEmail();
  accountSchema.parse((await world.auth.register({ email })).body);
  return email;
}

async function resetMailsTo(email: string): Promise<number> {
  return (await mailbox.subjectsTo(email)).filter((subject) => subject === reset).length;
}

test('202: a link to choose a password goes to an address that has an account, and nothing to one that has none (AUTH-13)', async () => {
  const [known, unknown] = [await registered(), uniqueEmail()];

  const answers = [await request(known), await request(unknown)];

  assert.deepEqual(
    answers.map(({ status, text }) => ({ status, text })),
    Array.from({ length: 2 }, () => ({ status: 202, text: '' })),
  );
  assert.equal(await resetMailsTo(known), 1);
  assert.deepEqual(await mailbox.mailsTo(unknown), []);
});

test('AUTH-14: the request and the link are audit events; that of the request names nobody, so that its address is not kept', async () => {
  const email = await registered();
  await mailbox.deliverAll();
  await takeEventNames(world.database);

  await request(email);

  const [requested] = await outboxEvents(world.database);
  const { action, actor, object, input } = auditEventDataSchema.parse(requested?.data);
  assert.deepEqual(
    { action, actor, object, input },
    {
      action: 'auth.request-password-reset',
      actor: { type: 'anonymous', id: null },
      object: null,
      input: { email: null },
    },
  );
  await mailbox.deliverAll();
  assert.deepEqual(await takeEventNames(world.database), [
    'auth.request-password-reset: success',
    'auth.send-reset-link: success',
  ]);
});

test('attack: whether there is an account is read from the answer: headers and body are the same (AUTH-6)', async () => {
  const comparable = async (email: string) => {
    const { status, headers, text } = await request(email);
    return { status, text, headers: [...headers].filter(([name]) => name !== 'date') };
  };

  assert.deepEqual(await comparable(await registered()), await comparable(uniqueEmail()));
});

test('attack: whether there is an account is read from the time of the answer: it is the same work (AUTH-6)', async () => {
  const known = await Promise.all(Array.from({ length: 12 }, registered));
  const time = async (email: string) => {
    const startedAt = performance.now();
    await request(email);
    return performance.now() - startedAt;
  };
  const measure = async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 4; round += 1) {
      for (const email of known) {
        // Taken in turns, so that whatever else the machine does falls on both alike.
        times.known.push(await time(email));
        times.unknown.push(await time(uniqueEmail()));
      }
      await world.database.ownerPool.query('DELETE FROM mail_allowances');
    }
    return { known: thirdQuickest(times.known), unknown: thirdQuickest(times.unknown) };
  };

  // A difference in the work shows every time; that of a busy machine does not.
  const measured: string[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const { known: ofKnown, unknown: ofUnknown } = await measure();
    if (Math.max(ofKnown, ofUnknown) < Math.min(ofKnown, ofUnknown) * 1.25 + 0.5) return;
    measured.push(`known ${ofKnown.toFixed(2)} ms, unknown ${ofUnknown.toFixed(2)} ms`);
  }
  assert.fail(measured.join('; '));
});

test('attack: the size of what waits in the queue tells who has an account: it does not (AUTH-6)', async () => {
  await request(await registered());
  await request('a@b.co');
  await request(`${'x'.repeat(60)}@example.com`);

  const { rows } = await world.database.ownerPool.query(
    'SELECT DISTINCT octet_length(sealed_mail) AS size FROM mail_queue',
  );
  assert.equal(rows.length, 1);
  await mailbox.deliverAll();
});

test('attack: somebody floods a mailbox: it gets five links in an hour, the answers stay the same (AUTH-13)', async () => {
  const email = await registered();

  const answers = await Promise.all(Array.from({ length: 40 }, () => request(email)));

  assert.ok(answers.every(({ status, text }) => status === 202 && text === ''));
  assert.equal(await resetMailsTo(email), 5);
  const names = await takeEventNames(world.database);
  assert.equal(names.filter((name) => name === 'auth.request-password-reset: mail-allowance-used').length, 35);
  world.auth.clock.advance(hourMs);
  await request(email);
  assert.equal(await resetMailsTo(email), 6);
});

test('attack: a flood makes the last link useless: the owner can still use the newest that came (AUTH-13)', async () => {
  const email = await registered();
  for (let count = 0; count < 8; count += 1) await request(email);
  const token = await mailbox.tokenTo(email);

  const answer = await world.auth.call('POST', '/v1/password/reset', {
    body: { token, newPassword: 'Owners-Choice-1' },
  });

  assert.equal(answer.status, 204);
});

test('attack: a forged Host header poisons the link: its origin is configuration and nothing else (AUTH-13)', async () => {
  const email = await registered();

  await request(email, {
    host: 'evil.example',
    origin: 'https://evil.example',
    referer: 'https://evil.example/',
    forwarded: 'host=evil.example;proto=https',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-original-url': 'https://evil.example/',
  });

  const mail = (await mailbox.mailsTo(email)).findLast(({ subject }) => subject === reset);
  assert.ok(!mail?.text.includes('evil'));
  assert.match(mail?.text ?? '', new RegExp(`^${testOrigin}/account/reset-password#token=[\\w-]{43}$`, 'm'));
});

test('attack: an open redirect: no request can say where its link leads (AUTH-13)', async () => {
  const body = { email: uniqueEmail(), redirectTo: 'https://evil.example' };

  assert.equal((await world.auth.call('POST', '/v1/password/reset-request', { body })).status, 400);
});

test('attack: a second recipient or a header is smuggled in by a line break: refused (AUTH-13)', async () => {
  for (const email of [
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com\nb@example.com',
    'a@example.com,b@example.com',
  ]) {
    assert.equal((await request(email)).status, 400);
  }
});

test('403: any caller but the gateway', async () => {
  const answer = await world.auth.call('POST', '/v1/password/reset-request', { caller: 'booking', body: {} });

  assert.equal(answer.status, 403);
});

/** Robust against a busy machine, which only ever makes a request slower. */
function thirdQuickest(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 3)] ?? Number.NaN;
}
