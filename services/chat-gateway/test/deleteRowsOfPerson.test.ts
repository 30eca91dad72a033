import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditTopicOf, newId, privacyReplyTopicOf } from '@todo-chatbot/contracts';
import { erasureRequestOf, erasureSuite, waitFor } from '@todo-chatbot/local-platform/testing';
import { type Gateway, startGateway } from './support/gateway.ts';

describe('What an erased person leaves at the gateway', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  erasureSuite({
    service: 'chat-gateway',
    tables: { conversations: 'conversations' },
    cascaded: ['messages'],
    holder: () => ({
      ownerPool: gateway.database.ownerPool,
      newPerson: gateway.newPerson,
      fill: async (person) => {
        const answer = await person.say('add milk');
        assert.equal(answer.status, 200, answer.text);
      },
      deliver: (event) => gateway.deliver('privacy-requests', event),
      eventsAbout: async (about) => {
        const topics = [auditTopicOf('chat-gateway'), privacyReplyTopicOf('chat-gateway')];
        const events = await Promise.all(topics.map(gateway.eventsOf));
        return events.flat().filter(({ subject }) => subject === about);
      },
    }),
  });

  it('a turn that is just beginning leaves nothing behind either', async () => {
    const { userId } = await gateway.newPerson();
    const turn = await gateway.database.pool.connect();
    try {
      await turn.query('BEGIN');
      await turn.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [userId]);
      await turn.query(
        `INSERT INTO conversations (id, user_id, state, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`,
        [newId('conversation'), userId, Buffer.alloc(100)],
      );
      const forgotten = gateway.deliver('privacy-requests', erasureRequestOf({ userId }));
      await waitFor('the deletion to wait for the turn', async () => {
        const { rowCount } = await gateway.database.ownerPool.query(
          `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
        );
        return rowCount === 1;
      });
      await turn.query('COMMIT');
      assert.deepEqual((await forgotten).body, { status: 'SUCCESS' });
    } finally {
      turn.release();
    }
    const left = await gateway.database.ownerPool.query('SELECT FROM conversations WHERE user_id = $1', [userId]);
    assert.equal(left.rowCount, 0);
  });
});
