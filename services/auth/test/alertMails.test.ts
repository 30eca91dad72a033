import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type AlertSeverity, type CloudEvent, newId } from '@todo-chatbot/contracts';
import { newEvent } from '@todo-chatbot/service-kit';
import { emailIndexOf, startAuthOnNewDatabase, testOrigin, uniqueEmail } from '../src/testing/harness.ts';
import { openMailbox } from '../src/testing/mailbox.ts';

const secretGroup = 'usr_01990000-0000-7000-8000-00000000beef';
const path = '/events/alert-events';

function alertRaised(severity: AlertSeverity = 'high', ruleId = 'token-replay'): CloudEvent {
  const id = newId('alert');
  const data = {
    id,
    ruleId,
    title: 'Click <a href="https://evil.example">here</a>',
    severity,
    group: secretGroup,
    count: 1,
    firstAt: '2026-11-26T15:00:00.000Z',
  };
  return newEvent({ type: 'alert.raised.v1', source: 'audit', subject: id, data });
}

describe('mail about security alerts (OBS-3)', () => {
  let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
  let mailbox: Awaited<ReturnType<typeof openMailbox>>;
  const admin = uniqueEmail();
  const otherAdmin = uniqueEmail();
  const suspended = uniqueEmail();
  const person = uniqueEmail();
  before(async () => {
    world = await startAuthOnNewDatabase();
    mailbox = await openMailbox({ database: world.database, clock: world.auth.clock });
    for (const email of [admin, otherAdmin, suspended, person]) await world.auth.register({ email });
    const { ownerPool } = world.database;
    await ownerPool.query("UPDATE users SET roles = '{user,admin}' WHERE email_index <> $1", [emailIndexOf(person)]);
    await ownerPool.query("UPDATE users SET status = 'suspended' WHERE email_index = $1", [emailIndexOf(suspended)]);
    await mailbox.deliverAll();
  });
  beforeEach(async () => {
    await mailbox.deliverAll();
    mailbox.delivered.length = 0;
    await world.database.ownerPool.query('DELETE FROM mail_allowances');
  });
  after(async () => {
    await mailbox.close();
    await world.close();
  });

  /** As the sidecar delivers, which names no caller. */
  async function deliver(event: unknown, headers: Record<string, string> = {}) {
    const { 'dapr-api-token': token } = world.auth.callerHeaders;
    const response = await fetch(`${world.auth.url}${path}`, {
      method: 'POST',
      headers: { 'dapr-api-token': token, 'content-type': 'application/cloudevents+json', ...headers },
      body: JSON.stringify(event),
    });
    const answer: unknown = await response.json();
    return { status: response.status, answer };
  }
  async function mails() {
    await mailbox.deliverAll();
    return mailbox.delivered;
  }

  it('goes to every active administrator and to nobody else', async () => {
    assert.deepEqual(await deliver(alertRaised('critical')), { status: 200, answer: { status: 'SUCCESS' } });
    assert.deepEqual((await mails()).map(({ to }) => to).toSorted(), [admin, otherAdmin].toSorted());
  });

  it('goes out once, however often the broker delivers the event, at once or one after the other', async () => {
    const event = alertRaised();
    await Promise.all([deliver(event), deliver(event), deliver(event)]);
    await deliver(event);
    assert.equal((await mails()).length, 2);
  });

  it('is not written for what can wait', async () => {
    for (const severity of ['info', 'warning'] as const) await deliver(alertRaised(severity));
    assert.deepEqual(await mails(), []);
  });

  it('attack: neither the group nor a title that somebody made up gets into the mail (AUD-4)', async () => {
    await deliver(alertRaised());
    for (const { subject, text } of await mails()) {
      assert.equal(subject, 'Security alert (high): token replay');
      assert.ok(!`${subject}${text}`.includes(secretGroup) && !text.includes('evil.example'));
      assert.deepEqual(
        text.split('\n').filter((line) => line.includes('://')),
        [`${testOrigin}/`],
      );
    }
  });

  it('attack: a flood of alerts does not flood mailboxes, the last mail says so, and it ends with the hour', async () => {
    for (let count = 0; count < 30; count += 1) await deliver(alertRaised('high'));
    const sent = (await mails()).filter(({ to }) => to === admin);
    assert.equal(sent.length, 5);
    assert.equal(sent.filter(({ text }) => text.includes('no more of them are mailed')).length, 1);
    assert.match(sent.at(-1)?.text ?? '', /no more of them are mailed/);

    world.auth.clock.advance(3_600_000);
    await deliver(alertRaised('high'));
    assert.equal((await mails()).filter(({ to }) => to === admin).length, 6);
  });

  it('attack: whoever sets off one rule with many accounts drowns no other rule of the same severity', async () => {
    for (let count = 0; count < 30; count += 1) await deliver(alertRaised('critical', 'passkey-cloned'));
    await deliver(alertRaised('critical', 'log-verification-failed'));
    const subjects = (await mails()).filter(({ to }) => to === admin).map(({ subject }) => subject);
    assert.equal(subjects.length, 6);
    assert.equal(subjects.at(-1), 'Security alert (critical): log verification failed');
  });

  it('attack: rules that somebody made up are no way around the limit', async () => {
    const { ownerPool } = world.database;
    await deliver(alertRaised());
    await ownerPool.query("UPDATE mail_allowances SET used = 150 WHERE pool = 'alert'");
    await deliver(alertRaised('high', 'made-up'));
    assert.equal((await mails()).filter(({ to }) => to === admin).length, 1);
  });

  it('attack: an alert that comes by invocation, from another service, is refused', async () => {
    const { status } = await deliver(alertRaised('critical'), { 'dapr-caller-app-id': 'task' });
    assert.equal(status, 403);
    assert.deepEqual(await mails(), []);
  });
});
