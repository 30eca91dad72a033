import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { newId } from '@todo-chatbot/contracts';
import { createPersonBoxes, type Dapr, ProblemError, remoteDataKeys } from '../src/index.ts';

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');

function collectGarbage(): void {
  assert.ok(typeof gc === 'function');
  gc();
}

/** `auth` as far as keys go: answers when told to. */
function setUp() {
  let nowMs = 1_000;
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  let isErased = false;
  const invoke: Dapr['invoke'] = async ({ path, responseSchema }) => {
    asked.push(path);
    const keys = { task: randomBytes(32).toString('base64'), 'task.events': randomBytes(32).toString('base64') };
    const erased = isErased;
    await new Promise<void>((resolve) => answers.push(resolve));
    if (erased) throw new ProblemError('person.erased');
    return { status: 200, body: responseSchema.parse({ keys }), headers: new Headers() };
  };
  const dataKeys = remoteDataKeys({ dapr: { invoke }, elapsedMs: () => nowMs });
  const answerAll = () => {
    for (const answer of answers.splice(0)) answer();
  };
  return {
    asked,
    dataKeys,
    answerAll,
    erase: () => {
      isErased = true;
    },
    advance: (ms: number) => {
      nowMs += ms;
    },
    async get(personId: string) {
      const keys = dataKeys.of(personId);
      answerAll();
      return await keys;
    },
  };
}

const personId = newId('user');

describe('Keys of people, as a service remembers them (DATA-2)', () => {
  it('are asked for once by many at once, and again after a minute', async () => {
    const auth = setUp();
    const many = Array.from({ length: 20 }, () => auth.dataKeys.of(personId));
    auth.answerAll();
    await Promise.all(many);
    auth.advance(60_000);
    await auth.get(personId);
    assert.equal(auth.asked.length, 1);
    auth.advance(1);
    await auth.get(personId);
    assert.deepEqual(auth.asked, [`/v1/data-keys/${personId}`, `/v1/data-keys/${personId}`]);
  });

  it('attack: a key that was destroyed is used by nobody after the flush, not even when it was on its way', async () => {
    const auth = setUp();
    const onItsWay = auth.dataKeys.of(personId);
    auth.erase();
    auth.dataKeys.forget(personId);
    auth.answerAll();
    await onItsWay;
    await assert.rejects(auth.get(personId), { code: 'person.erased' });
  });

  it('attack: a clock that is set back keeps no key alive', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-27T09:00:00Z') });
    const auth = setUp();
    await auth.get(personId);
    t.mock.timers.setTime(Date.parse('2026-11-27T08:00:00Z'));
    auth.advance(60_001);
    auth.erase();
    await assert.rejects(auth.get(personId), { code: 'person.erased' });
  });

  it('attack: a key of whom nobody asks for leaves the memory after a minute all the same', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const auth = setUp();
    const keys = new WeakRef(await auth.get(personId));
    // A reference lives on until the work at hand is done.
    await setImmediate();
    collectGarbage();
    assert.ok(keys.deref());
    await setImmediate();
    auth.advance(60_001);
    t.mock.timers.tick(60_001);
    await setImmediate();
    collectGarbage();
    assert.equal(keys.deref(), undefined);
  });

  it('make one box of a scope as long as they are remembered, and none of a scope that the service does not have', async () => {
    const auth = setUp();
    await auth.get(personId);
    const boxes = createPersonBoxes({ dataKeys: auth.dataKeys, scope: 'task' });
    assert.equal(await boxes.of(personId), await boxes.of(personId));
    const foreign = createPersonBoxes({ dataKeys: auth.dataKeys, scope: 'booking' });
    await assert.rejects(foreign.of(personId), /no key of scope booking/);
  });
});
