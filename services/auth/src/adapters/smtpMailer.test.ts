import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import test from 'node:test';
import { createTestCertificates } from '@todo-chatbot/local-platform/testing';
import { MailRefused, type OutgoingMail } from '../ports/mailer.ts';
import { smtpError, startSmtpRelay, textOf } from '../testing/smtpRelay.ts';
import { createSmtpMailer, type SmtpSettings } from './smtpMailer.ts';

const mail: OutgoingMail = {
  id: 'mel_01a1217a-9725-7040-9218-af1f836e59e7',
  userId: 'usr_01a1217a-9725-7040-9218-af1f836e59e7',
  to: 'ada@example.com',
  subject: 'Choose a new password',
  text: `Choose one with this link:\n\nhttps://todo.example/account/reset-password#token=${'x'.repeat(43)}\n\nIt works once.\n`,
  writtenAt: new Date('2026-11-26T10:00:00Z'),
};

type Relay = Awaited<ReturnType<typeof startSmtpRelay>>;

function mailerTo(relay: Pick<Relay, 'port' | 'ca'>, settings: Partial<SmtpSettings> = {}) {
  return createSmtpMailer({
    host: 'localhost',
    port: relay.port,
    security: 'starttls',
    ca: relay.ca,
    from: 'no-reply@todo.example',
    login: { user: '', password: '' },
    ...settings,
  });
}

const never = new AbortController().signal;

for (const security of ['starttls', 'tls'] as const) {
  test(`a mail arrives whole over ${security}: sender, receiver, words, and its link on a line of its own (AUTH-13)`, async () => {
    const relay = await startSmtpRelay({ server: { secure: security === 'tls' } });
    try {
      await mailerTo(relay, { security }).send(mail, never);

      const [got] = relay.mails;
      assert.deepEqual(
        [got?.from, got?.to, got?.user, got?.isEncrypted],
        ['no-reply@todo.example', ['ada@example.com'], null, true],
      );
      assert.equal(textOf(got?.raw ?? ''), mail.text);
      assert.match(got?.raw ?? '', /^Subject: Choose a new password\r$/m);
      assert.match(got?.raw ?? '', /^Message-ID: <mel_01a1217a-9725-7040-9218-af1f836e59e7@todo\.example>\r$/m);
      assert.match(got?.raw ?? '', /^Auto-Submitted: auto-generated\r$/m);
      assert.match(got?.raw ?? '', /^Content-Type: text\/plain; charset=utf-8/m);
    } finally {
      await relay.close();
    }
  });
}

test('with a user name it logs in, and only then', async () => {
  const relay = await startSmtpRelay();
  try {
    await mailerTo(relay, { login: { user: 'todo', password: 'relay-secret' } }).send(mail, never);
    await mailerTo(relay).send(mail, never);

    assert.deepEqual(
      relay.mails.map(({ user }) => user),
      ['todo', null],
    );
  } finally {
    await relay.close();
  }
});

test('attack: STARTTLS is stripped from the conversation: nothing is sent in clear (MESH-1, AUTH-13)', async () => {
  const relay = await startSmtpRelay({ server: { disabledCommands: ['STARTTLS'] } });
  try {
    await assert.rejects(mailerTo(relay).send(mail, never), { code: 'ETLS' });
    await assert.rejects(mailerTo(relay, { login: { user: 'todo', password: 'p' } }).send(mail, never), {
      code: 'ETLS',
    });

    assert.deepEqual(relay.mails, []);
  } finally {
    await relay.close();
  }
});

for (const security of ['starttls', 'tls'] as const) {
  test(`attack: the relay shows a certificate of another authority over ${security}: refused (AUTH-13)`, async () => {
    const relay = await startSmtpRelay({ server: { secure: security === 'tls' } });
    const { ca } = await createTestCertificates(['localhost']);
    try {
      await assert.rejects(
        mailerTo(relay, { security, ca }).send(mail, never),
        /certificate|ETLS|self-signed|unable to verify/i,
      );

      assert.deepEqual(relay.mails, []);
    } finally {
      await relay.close();
    }
  });

  test(`attack: the relay shows another name's certificate over ${security}: refused (AUTH-13)`, async () => {
    const relay = await startSmtpRelay({ server: { secure: security === 'tls' }, names: ['mail.evil.example'] });
    try {
      for (const host of ['localhost', '127.0.0.1']) {
        await assert.rejects(mailerTo(relay, { security, host }).send(mail, never), /does not match certificate/);
      }

      assert.deepEqual(relay.mails, []);
    } finally {
      await relay.close();
    }
  });
}

test('attack: a header or a receiver is smuggled in by a line break: refused before a word is sent (AUTH-13)', async () => {
  const relay = await startSmtpRelay();
  try {
    const mailer = mailerTo(relay);
    for (const to of [
      'ada@example.com\r\nBcc: eve@example.com',
      'ada@example.com, eve@example.com',
      '"a\r\nb"@example.com',
      '<ada@example.com> RCPT TO:<eve@example.com>',
    ]) {
      await assert.rejects(mailer.send({ ...mail, to }, never), MailRefused);
    }
    await assert.rejects(mailer.send({ ...mail, subject: 'Hello\r\nBcc: eve@example.com' }, never), MailRefused);

    assert.deepEqual(relay.mails, []);
  } finally {
    await relay.close();
  }
});

test('a refusal for good (5yz) is told from one that may pass (4yz)', async () => {
  const codes = [550, 451];
  const relay = await startSmtpRelay({ refuse: () => smtpError(codes.shift() ?? 0) });
  try {
    await assert.rejects(mailerTo(relay).send(mail, never), MailRefused);
    await assert.rejects(mailerTo(relay).send(mail, never), (error) => !(error instanceof MailRefused));
  } finally {
    await relay.close();
  }
});

test('a refused receiver is a refusal for good, a refused login is not', async () => {
  const relay = await startSmtpRelay({
    server: {
      onRcptTo: (_address, _session, callback) => callback(smtpError(550)),
      onAuth: (_auth, _session, callback) => callback(smtpError(535)),
    },
  });
  try {
    await assert.rejects(mailerTo(relay).send(mail, never), MailRefused);
    const mailer = mailerTo(relay, { login: { user: 'todo', password: 'wrong' } });
    await assert.rejects(mailer.send(mail, never), (error) => !(error instanceof MailRefused));
  } finally {
    await relay.close();
  }
});

test('a relay that takes the connection and says nothing is given up when told to', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  const { promise, resolve } = Promise.withResolvers<void>();
  silent.once('connection', () => resolve());
  await new Promise((listening) => silent.once('listening', listening));
  const address = silent.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const stop = new AbortController();
  try {
    const sending = mailerTo({ port, ca: '' }, { host: '127.0.0.1', ca: undefined }).send(mail, stop.signal);
    await promise;
    stop.abort();

    await assert.rejects(sending, (error) => !(error instanceof MailRefused));
  } finally {
    silent.close();
  }
});
