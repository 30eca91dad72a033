import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dataKeysSchema, newId } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { grantOf, startAuthOnNewDatabase, uniqueEmail } from '../../testing/harness.ts';

describe('GET /v1/data-keys/:personId (DATA-2)', () => {
  let room: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
  let personId: string;
  before(async () => {
    room = await startAuthOnNewDatabase();
    const email = uniqueEmail();
    await room.auth.register({ email });
    personId = grantOf(await room.auth.login(email)).account.id;
  });
  after(() => room.close());

  const ask = (caller: string, id = personId) => room.auth.call('GET', `/v1/data-keys/${id}`, { caller });
  const keysOf = async (caller: string) => dataKeysSchema.parse((await ask(caller)).body).keys;

  it('200: a service gets the keys of its own scopes, the same each time, and no other service’s', async () => {
    const [task, again, booking] = [await keysOf('task'), await keysOf('task'), await keysOf('booking')];
    assert.deepEqual(task, again);
    assert.deepEqual(Object.keys(task), ['task', 'task.events', 'privacy.replies.task', 'audit.events.task']);
    const bookings = new Set(Object.values(booking));
    assert.ok(!Object.values(task).some((key) => bookings.has(key)));
  });

  it('200: producer and consumer of a sealed topic have one key for it', async () => {
    const [task, gateway] = [await keysOf('task'), await keysOf('chat-gateway')];
    assert.equal(task['task.events'], gateway['task.events']);
    assert.notEqual(task['task.events'], gateway['booking.events']);
  });

  it('attack: the data key itself is in no answer, and what is stored opens for nobody else', async () => {
    const { rows } = await room.database.ownerPool.query('SELECT encode(wrapped_key, $1) AS wrapped FROM data_keys', [
      'base64',
    ]);
    const { text } = await ask('task');
    for (const { wrapped } of rows) assert.ok(!text.includes(wrapped));
  });

  it('404: nobody has no keys; 403: auth is not asked by a stranger', async () => {
    const unknown = await ask('task', newId('user'));
    assert.deepEqual([unknown.status, codeOf(unknown)], [404, 'person.not-found']);
    const stranger = await ask('auth');
    assert.equal(stranger.status, 403);
  });

  it('410: a destroyed key is refused at once, and is never made again', async () => {
    const email = uniqueEmail();
    await room.auth.register({ email });
    const { id } = grantOf(await room.auth.login(email)).account;
    const { ownerPool } = room.database;
    await ownerPool.query('DELETE FROM data_keys WHERE person_id = $1', [id]);
    await ownerPool.query('INSERT INTO destroyed_keys VALUES ($1, now())', [id]);
    const erased = await ask('task', id);
    assert.deepEqual([erased.status, codeOf(erased)], [410, 'person.erased']);
    const again = ownerPool.query("INSERT INTO data_keys VALUES ($1, '\\x00', 'k', now())", [id]);
    await assert.rejects(again, /was destroyed/);
  });
});
