import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before, beforeEach } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { createLogger } from '@todo-chatbot/service-kit';
import { sealEmail } from '../src/adapters/accountRows.ts';
import { createFolderMailer } from '../src/adapters/folderMailer.ts';
import { createMailWorker } from '../src/adapters/mailWorker.ts';
import { createNoticesIn } from '../src/adapters/noticesIn.ts';
import { createSmtpMailer } from '../src/adapters/smtpMailer.ts';
import { createNotice } from '../src/commands/notice.ts';
import type { Mailer } from '../src/ports/mailer.ts';
import {
  outboxEvents,
  startAuth,
  startAuthOnNewDatabase,
  takeEventNames,
  testOrigin,
  uniqueEmail,
} from '../src/testing/harness.ts';
import { openMailbox, type TestMailer } from '../src/testing/mailbox.ts';
import { smtpError, startSmtpRelay, textOf } from '../src/testing/smtpRelay.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(async () => {
  await takeEventNames(world.database);
  await world.database.ownerPool.query('DELETE FROM mail_queue');
});

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function mailboxWith(mailer?: TestMailer) {
  return openMailbox({ database: world.database, clock: world.auth.clock, ...(mailer && { mailer }) });
}

function smtpMailer(relay: { readonly port: number; readonly ca: string }): Mailer {
  const { port, ca } = relay;
  const login = { user: '', password: '' };
  return createSmtpMailer({ host: 'localhost', port, security: 'starttls', ca, from: 'no-reply@todo.example', login });
}

async function waiting(): Promise<number> {
  const { rows } = await world.database.ownerPool.query('SELECT count(*)::int AS count FROM mail_queue');
  return rows[0].count;
}

test('a registration’s mail reaches a real relay, and its link works (AUTH-13)', async () => {
  const relay = await startSmtpRelay();
  const mailbox = await mailboxWith(smtpMailer(relay));
  try {
    const email = uniqueEmail();
    await world.auth.register({ email });

    await mailbox.deliverAll();

    const [mail] = relay.mails;
    assert.deepEqual(mail?.to, [email]);
    const [, token] =
      new RegExp(`^${testOrigin}/account/confirm-email#token=([\\w-]{43})$`, 'm').exec(textOf(mail?.raw ?? '')) ?? [];
    assert.equal((await world.auth.call('POST', '/v1/email/confirm', { body: { token } })).status, 204);
    assert.equal(await waiting(), 0);
  } finally {
    await mailbox.close();
    await relay.close();
  }
});

test('no account, no mail: a registration that is rolled back leaves nothing in the queue (AUTH-13)', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });
  await world.database.ownerPool.query('DELETE FROM mail_queue');

  await world.auth.register({ email });

  assert.equal(await waiting(), 0);
});

test('a mail that the relay cannot take now is tried again, later each time, under the same Message-ID (AUTH-13)', async () => {
  const refused: string[] = [];
  const relay = await startSmtpRelay({
    refuse: ({ raw }) => {
      if (refused.length === 3) return undefined;
      refused.push(raw);
      return smtpError(451);
    },
  });
  const mailbox = await mailboxWith(smtpMailer(relay));
  try {
    await world.auth.register({ email: uniqueEmail() });
    await mailbox.deliverAll();
    assert.equal(refused.length, 1);
    await mailbox.deliverAll();
    assert.equal(refused.length, 1, 'not before its time');

    for (const pauseMs of [5_000, 10_000, 20_000]) {
      world.auth.clock.advance(pauseMs);
      await mailbox.deliverAll();
    }

    assert.equal(relay.mails.length, 1);
    const ids = [...refused, relay.mails[0]?.raw ?? ''].map((raw) => /^Message-ID: (.+)\r$/m.exec(raw)?.[1]);
    assert.equal(new Set(ids).size, 1);
    assert.equal(await waiting(), 0);
  } finally {
    await mailbox.close();
    await relay.close();
  }
});

test('a worker that dies between sending and forgetting leaves the mail to the next one: at least once, never not at all (AUTH-13)', async () => {
  const relay = await startSmtpRelay();
  const dying = await mailboxWith({
    send: async (mail, signal) => {
      await smtpMailer(relay).send(mail, signal);
      // What a killed process does: neither the removal nor a retry reaches the database.
      await world.database.ownerPool.query('ALTER TABLE mail_queue RENAME TO mail_queue_away');
    },
  });
  const next = await mailboxWith(smtpMailer(relay));
  try {
    await world.auth.register({ email: uniqueEmail() });
    await assert.rejects(dying.deliverAll());
    await world.database.ownerPool.query('ALTER TABLE mail_queue_away RENAME TO mail_queue');

    await next.deliverAll();
    assert.equal(relay.mails.length, 1, 'it is still claimed');
    world.auth.clock.advance(2 * minuteMs);
    await next.deliverAll();

    assert.equal(relay.mails.length, 2);
    assert.equal(await waiting(), 0);
  } finally {
    await dying.close();
    await next.close();
    await relay.close();
  }
});

test('two workers share a queue: each mail goes out once', async () => {
  const sent: string[] = [];
  const mailer: TestMailer = { send: async ({ to }) => void sent.push(to) };
  const [one, two] = [await mailboxWith(mailer), await mailboxWith(mailer)];
  try {
    await one.mailQueue.add(
      Array.from({ length: 30 }, (_, index) =>
        one.jobs.seal({
          kind: 'mail',
          userId: newId('user'),
          to: `p${index}@example.com`,
          subject: 's',
          text: 't',
          usefulUntil: new Date(8e15),
        }),
      ),
      [],
    );

    await Promise.all([one.deliverAll(), two.deliverAll(), one.deliverAll(), two.deliverAll()]);

    assert.equal(sent.length, 30);
    assert.equal(new Set(sent).size, 30);
  } finally {
    await one.close();
    await two.close();
  }
});

test('a relay that is down for good: the mail is given up in the end, with a log line and an audit event that name nobody (AUTH-13, AUTH-14)', async () => {
  let attempts = 0;
  const mailbox = await mailboxWith({
    send: async ({ to, text }) => {
      attempts += 1;
      throw new Error(`the relay repeats everything: ${to} ${text}`);
    },
  });
  try {
    const email = uniqueEmail();
    await world.auth.register({ email });
    await takeEventNames(world.database);
    for (let hour = 0; hour < 40; hour += 1) {
      await mailbox.deliverAll();
      world.auth.clock.advance(20 * minuteMs);
    }

    assert.equal(attempts, 14);
    assert.equal(await waiting(), 0);
    const log = mailbox.logged.join('');
    assert.ok(log.includes('a mail was given up'));
    assert.ok(!log.includes(email));
    assert.ok(!/[\w-]{43}/.test(log), 'a token is in the log');
    const [event] = await outboxEvents(world.database);
    assert.ok(!JSON.stringify(event).includes(email));
    assert.deepEqual(await takeEventNames(world.database), ['auth.send-mail: mail-undeliverable']);
  } finally {
    await mailbox.close();
  }
});

test('an address that the receiver refuses for good is not tried again', async () => {
  const relay = await startSmtpRelay({
    server: { onRcptTo: (_address, _session, callback) => callback(smtpError(550)) },
  });
  const mailbox = await mailboxWith(smtpMailer(relay));
  try {
    await world.auth.register({ email: uniqueEmail() });
    await takeEventNames(world.database);

    await mailbox.deliverAll();

    assert.equal(await waiting(), 0);
    assert.deepEqual(await takeEventNames(world.database), ['auth.send-mail: mail-refused']);
  } finally {
    await mailbox.close();
    await relay.close();
  }
});

test('a link that has expired is not sent any more', async () => {
  const mailbox = await mailboxWith();
  try {
    await world.auth.register({ email: uniqueEmail() });
    world.auth.clock.advance(24 * hourMs);
    await mailbox.deliverAll();

    assert.deepEqual(mailbox.delivered, []);
    assert.equal(await waiting(), 0);
  } finally {
    await mailbox.close();
  }
});

test('attack: somebody with write access to the database exchanges two waiting mails: neither opens in the other’s place (DATA-2)', async () => {
  const mailbox = await mailboxWith();
  try {
    await world.auth.register({ email: uniqueEmail() });
    await world.auth.register({ email: uniqueEmail() });
    await world.database.ownerPool.query(
      `UPDATE mail_queue AS one SET sealed_mail = other.sealed_mail FROM mail_queue AS other WHERE one.id <> other.id`,
    );

    await mailbox.deliverAll();

    assert.deepEqual(mailbox.delivered, []);
  } finally {
    await mailbox.close();
  }
});

test('a notice goes to the address that its person has when it happens, in the transaction of what happened', async () => {
  const mailbox = await mailboxWith();
  try {
    const { account } = await world.auth.signUp();
    const { boxes } = mailbox.keys;
    const notice = createNotice({ jobs: mailbox.jobs, clock: world.auth.clock });
    const noticeIn = createNoticesIn({ notice, boxes });
    await mailbox.deliverAll();

    await mailbox.prisma.$transaction((transaction) => noticeIn(transaction, 'second-factor-changed', account.id));
    await assert.rejects(
      mailbox.prisma.$transaction(async (transaction) => {
        await noticeIn(transaction, 'api-key-created', account.id);
        throw new Error('rolled back');
      }),
    );
    const sealed = sealEmail(await boxes.of(account.id), uniqueEmail());
    await world.database.ownerPool.query('UPDATE users SET email = $2 WHERE id = $1', [account.id, sealed]);

    assert.deepEqual((await mailbox.subjectsTo(account.email)).slice(1), ['Your second factor was changed']);
  } finally {
    await mailbox.close();
  }
});

test('the worker looks at once when it is woken, goes on after a fault, and ends in good order', async () => {
  const logger = createLogger({ appId: 'auth', level: 'silent' });
  let due = 0;
  let done = 0;
  let faults = 1;
  const worker = createMailWorker({
    deliver: async () => {
      if (faults > 0) {
        faults -= 1;
        throw new Error('the database is away');
      }
      if (due === 0) return false;
      due -= 1;
      done += 1;
      return true;
    },
    logger,
  });
  worker.start();
  due = 7;
  worker.wake();

  await waitFor('seven mails, sooner than any poll', () => done === 7, 1_500);
  await worker.close();
  due = 1;
  worker.wake();
  assert.equal(done, 7);
});

test('closing gives up a mail that does not get through, and leaves it in the queue', async () => {
  let isGivenUp = false;
  const started = Promise.withResolvers<void>();
  const worker = createMailWorker({
    deliver: (signal) =>
      new Promise((resolve) => {
        started.resolve();
        signal.addEventListener('abort', () => {
          isGivenUp = true;
          resolve(true);
        });
      }),
    logger: createLogger({ appId: 'auth', level: 'silent' }),
    closeGraceMs: 1,
  });
  worker.start();
  await started.promise;

  await worker.close();

  assert.equal(isGivenUp, true);
});

test('the running service lays its mail into a folder that only its owner may read, whole, one file each', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-mail-'));
  const mails = join(folder, 'mail');
  const second = await startAuth(world.database, world.auth.clock, { MAIL_FOLDER: mails });
  try {
    await second.service.start();
    const email = uniqueEmail();
    await second.register({ email });

    const name = await waitFor('the mail', async () => (await readdir(mails)).find((file) => file.endsWith('.eml')));
    const text = await readFile(join(mails, name), 'utf8');
    assert.match(text, new RegExp(`^To: ${email}\r$`, 'm'));
    assert.match(text, new RegExp(`^${testOrigin}/account/confirm-email#token=[\\w-]{43}\r$`, 'm'));
    assert.equal((await stat(join(mails, name))).mode & 0o777, 0o600);
    assert.equal((await stat(mails)).mode & 0o777, 0o700);
  } finally {
    await second.close();
    await rm(folder, { recursive: true });
  }
});

test('mails of an erased person leave the folder, those of others stay (PRIV-4)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-mail-'));
  const mailer = createFolderMailer({ folder, from: 'no-reply@todo.example' });
  const mailbox = await mailboxWith(mailer);
  try {
    const [erased, other] = [newId('user'), newId('user')];
    const mail = { kind: 'mail', subject: 's', text: 't', usefulUntil: new Date(8e15) } as const;
    const jobs = [
      { ...mail, userId: erased, to: 'first@example.com' },
      { ...mail, userId: erased, to: 'second@example.com' },
      { ...mail, userId: other, to: 'other@example.com' },
    ].map((job) => mailbox.jobs.seal(job));
    await mailbox.mailQueue.add(jobs, []);
    await mailbox.deliverAll();
    assert.equal((await readdir(folder)).length, 3);

    await mailbox.mailQueue.add([mailbox.jobs.seal({ kind: 'forget', userId: erased })], []);
    await mailbox.deliverAll();

    const [left = '', ...more] = await readdir(folder);
    assert.deepEqual(more, []);
    assert.match(await readFile(join(folder, left), 'utf8'), /^To: other@example\.com\r$/m);
    assert.equal(await waiting(), 0);
  } finally {
    await mailbox.close();
    await rm(folder, { recursive: true });
  }
});

test('attack: a header is smuggled into a mail file by a line break: refused', async () => {
  const mailer = createFolderMailer({ folder: join(tmpdir(), 'never-made'), from: 'no-reply@todo.example' });
  const mail = {
    id: 'mel_1',
    userId: newId('user'),
    to: 'a@example.com\r\nBcc: b@example.com',
    subject: 's',
    text: 't',
    writtenAt: new Date(),
  };

  await assert.rejects(mailer.send(mail, new AbortController().signal), { name: 'MailRefused' });
});
