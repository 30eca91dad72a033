import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test, { after, before } from 'node:test';
import {
  appIds,
  auditEventDataSchema,
  type Export,
  exportChunkHeaders,
  exportDeadlineMs,
  newId,
  privacyApps,
  type TokenGrant,
} from '@todo-chatbot/contracts';
import { codeOf, waitFor } from '@todo-chatbot/local-platform/testing';
import { newEvent } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { exportsOf, linkTo, otherServices, readChunk, recordsOf, requestExport } from '../src/testing/exports.ts';
import { startAuthOnNewDatabase } from '../src/testing/harness.ts';
import { actOn, createKey, signUpAs } from '../src/testing/people.ts';
import { newPersonWithTotp } from '../src/testing/secondFactors.ts';
import { tablesHolding } from '../src/testing/tablesHolding.ts';

const hourMs = 3_600_000;

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
let services: ReturnType<typeof otherServices>;
before(async () => {
  world = await startAuthOnNewDatabase();
  services = otherServices(world);
  await world.auth.service.start();
});
after(() => world.close());

const archiveSchema = z.strictObject({
  manifest: z.strictObject({
    format: z.literal('todo-chatbot-export/1'),
    exportId: z.string(),
    person: z.string(),
    createdAt: z.iso.datetime(),
    services: z.array(z.strictObject({ service: z.enum(appIds), records: z.int(), sha256: z.string() })),
    sha256: z.string(),
  }),
  summary: z.array(z.string()),
  data: z.record(
    z.enum(appIds),
    z.array(z.strictObject({ kind: z.string(), record: z.record(z.string(), z.unknown()) })),
  ),
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function stateOf(person: TokenGrant, exportId: string): Promise<Export> {
  const found = (await exportsOf(world, person)).find(({ id }) => id === exportId);
  return found ?? assert.fail('no such export');
}
const untilState = (person: TokenGrant, exportId: string, state: Export['state']) =>
  waitFor(`an export that is ${state}`, async () => {
    const found = await stateOf(person, exportId);
    return found.state === state && found;
  });

async function download(person: TokenGrant, exportId: string): Promise<string> {
  const token = await linkTo(world, person, exportId);
  const first = await readChunk(world, person, token);
  assert.equal(first.status, 200);
  let text = first.text;
  for (let chunk = 1; chunk < Number(first.headers.get(exportChunkHeaders.chunks)); chunk += 1) {
    text += (await readChunk(world, person, token, chunk)).text;
  }
  assert.equal(Buffer.byteLength(text), Number(first.headers.get(exportChunkHeaders.bytes)));
  return text;
}

async function readyExport(person: TokenGrant) {
  const about = await requestExport(world, person);
  await services.giveShares(about);
  await untilState(person, about.exportId, 'ready');
  return about;
}

test('the archive holds what every service gave, whole and hashed, and the manifest’s hash is in the audit log (PRIV-3)', async () => {
  const recorded: unknown[] = [];
  const take = (event: { data?: unknown }) => recorded.push(event.data);
  world.auth.publications.on('audit.recorded.v1', take);
  const person = await world.auth.signUp();
  const about = await requestExport(world, person);
  const asked = await stateOf(person, about.exportId);
  assert.equal(asked.state, 'collecting');
  await services.giveShares(about, ['audit']);
  await waitFor('the progress of each service', async () => {
    const { progress } = await stateOf(person, about.exportId);
    return privacyApps.every((service) => {
      const one = progress.find((row) => row.service === service);
      return service === 'audit' ? !one?.isComplete : one?.isComplete && one.records === 3;
    });
  });
  for (const part of await services.partsOf('audit', about)) await services.bring(part);
  const ready = await untilState(person, about.exportId, 'ready');

  const text = await download(person, about.exportId);
  const { manifest, summary, data } = archiveSchema.parse(JSON.parse(text));
  assert.equal(manifest.person, about.userId);
  assert.deepEqual(
    manifest.services.map(({ service }) => service),
    appIds,
  );
  for (const service of privacyApps) assert.deepEqual(data[service], recordsOf(service));
  assert.deepEqual(
    data.auth?.map(({ kind }) => kind),
    ['account', 'session', 'device', 'mailed-link', 'export'],
  );
  assert.equal(summary.length, appIds.length);
  assert.ok(summary.includes('Tasks (task): 3 records: 3 thing'), summary.join('\n'));
  // As the README says it is checked: the bytes of each service's line.
  for (const { service, sha256: hash } of manifest.services) {
    const [, line = ''] = new RegExp(`^"${service}":(\\[.*\\]),?$`, 'm').exec(text) ?? [];
    assert.equal(sha256(line), hash, service);
  }
  assert.equal(sha256(manifest.services.map((one) => `${one.sha256}  ${one.service}\n`).join('')), manifest.sha256);
  assert.equal(manifest.sha256, ready.sha256);
  const completed = await waitFor('the audit event', () =>
    recorded
      .map((event) => auditEventDataSchema.parse(event))
      .find(({ action }) => action === 'privacy.complete-export'),
  );
  assert.deepEqual(completed.object, { type: 'export', id: about.exportId });
  assert.equal(completed.input.sha256, manifest.sha256);
  world.auth.publications.off('audit.recorded.v1', take);
});

test('everything that auth itself holds is in it, and no password, token, secret, code or hash (PRIV-3, PRIV-6)', async () => {
  const { email } = await newPersonWithTotp(world.auth);
  const person = await world.auth.signUp('A browser of mine');
  const { key } = await createKey(world, person, { name: 'my calendar' });
  const about = await readyExport(person);
  const text = await download(person, about.exportId);
  for (const held of [person.account.email, 'Ada Example', 'A browser of mine', 'my calendar']) {
    assert.ok(text.includes(held), held);
  }
  assert.ok(!text.includes(email), 'nothing of anybody else');
  const { rows } = await world.database.ownerPool.query(
    `SELECT users.password_hash, encode(refresh_tokens.token_hash, 'hex') AS token_hash, encode(api_keys.key_hash, 'hex') AS key_hash
     FROM users JOIN sessions ON sessions.user_id = users.id JOIN refresh_tokens ON refresh_tokens.session_id = sessions.id
       JOIN api_keys ON api_keys.user_id = users.id WHERE users.id = $1`,
    [about.userId],
  );
  const secrets = [person.accessToken, person.refreshToken, key, ...rows.flatMap((row) => Object.values(row))];
  assert.ok(secrets.length >= 6);
  for (const secret of secrets) assert.ok(!text.includes(String(secret)));
});

test('a service that is down: the export fails at its deadline, names it, and nothing of it is kept (PRIV-3)', async () => {
  const person = await world.auth.signUp();
  const about = await requestExport(world, person);
  await services.giveShares(about, ['booking']);
  await waitFor('the other shares', async () => {
    const { progress } = await stateOf(person, about.exportId);
    return progress.filter(({ isComplete }) => isComplete).length === appIds.length - 1;
  });
  world.auth.clock.advance(exportDeadlineMs);
  const failed = await untilState(person, about.exportId, 'failed');
  assert.deepEqual(failed.failure, { reason: 'deadline', services: ['booking'] });
  const link = await world.auth.call('POST', `/v1/exports/link/${about.exportId}`, { token: person.accessToken });
  assert.equal(link.status, 401, 'the proof is not recent any more');
  const { rows } = await world.database.ownerPool.query(
    `SELECT (SELECT count(*) FROM export_parts WHERE export_id = $1)::integer AS parts,
       (SELECT count(*) FROM export_archives WHERE export_id = $1)::integer AS chunks`,
    [about.exportId],
  );
  assert.deepEqual(rows, [{ parts: 0, chunks: 0 }]);
  for (const part of await services.partsOf('booking', about)) await services.bring(part);
  assert.equal((await stateOf(person, about.exportId)).state, 'failed', 'what comes late does not revive it');
});

test('a service that says it cannot give its share ends the export at once (PRIV-3)', async () => {
  const person = await world.auth.signUp();
  const about = await requestExport(world, person);
  const data = { ...about, service: 'task', reason: 'unreadable' } as const;
  const event = newEvent({ type: 'privacy.export_failed.v1', subject: about.exportId, source: 'task', data });
  assert.deepEqual(await services.deliver('privacy.replies.task', event), { status: 'SUCCESS' });
  const failed = await stateOf(person, about.exportId);
  assert.deepEqual([failed.state, failed.failure], ['failed', { reason: 'unreadable', services: ['task'] }]);
  const notReady = await world.auth.call('POST', `/v1/exports/link/${about.exportId}`, { token: person.accessToken });
  assert.deepEqual([notReady.status, codeOf(notReady)], [409, 'export.not-ready']);
});

const many = Array.from({ length: 10_000 }, (_, n) => ({ kind: 'task', record: { n, title: 'x'.repeat(100) } }));

test('10,000 records in parts that come twice, out of order, and in two runs: the archive has each once, in order (PRIV-3, KAFKA-4)', async () => {
  const person = await world.auth.signUp();
  const about = await requestExport(world, person);
  const [interrupted, parts] = [
    await services.partsOf('task', { ...about, run: 1 }, many.slice(0, 5_000)),
    await services.partsOf('task', { ...about, run: 2 }, many),
  ];
  assert.ok(parts.length > 10);
  for (const part of interrupted.slice(0, -1)) await services.bring(part);
  for (const part of parts.toReversed()) await services.bring(part);
  for (const part of [...parts, ...interrupted]) await services.bring(part);
  await services.giveShares(about, ['task']);
  await untilState(person, about.exportId, 'ready');
  const { data } = archiveSchema.parse(JSON.parse(await download(person, about.exportId)));
  assert.deepEqual(data.task, many);
});

test('one part is missing: there is no archive, whatever the last part says (PRIV-3)', async () => {
  const person = await world.auth.signUp();
  const about = await requestExport(world, person);
  const parts = await services.partsOf('task', about, many);
  for (const part of parts.toSpliced(1, 1)) await services.bring(part);
  await services.giveShares(about, ['task']);
  world.auth.clock.advance(exportDeadlineMs);
  const failed = await untilState(person, about.exportId, 'failed');
  assert.deepEqual(failed.failure, { reason: 'deadline', services: ['task'] });
});

test('attack: a service gives, or refuses, in the name of another one: it goes to the dead letters (PRIV-3, PRIN-2)', async () => {
  const person = await world.auth.signUp();
  const about = await requestExport(world, person);
  const [forged] = await services.partsOf('task', about);
  assert.ok(forged);
  assert.deepEqual(await services.bring({ ...forged, service: 'booking' }, 'task'), { status: 'DROP' });
  const data = { ...about, service: 'audit', reason: 'unreadable' } as const;
  const event = newEvent({ type: 'privacy.export_failed.v1', subject: about.exportId, source: 'task', data });
  assert.deepEqual(await services.deliver('privacy.replies.task', event), { status: 'DROP' });
  const { state, progress } = await stateOf(person, about.exportId);
  assert.equal(state, 'collecting');
  assert.ok(progress.every(({ service, records }) => service === 'auth' || records === 0));
});

test('attack: what is said of another person’s export, or of none, is not kept (PRIV-3)', async () => {
  const [person, other] = [await world.auth.signUp(), await world.auth.signUp()];
  const about = await requestExport(world, person);
  const [part] = await services.partsOf('task', { ...about, userId: other.account.id });
  const [lost] = await services.partsOf('task', { ...about, exportId: newId('export') });
  assert.ok(part && lost);
  assert.deepEqual(await services.bring(part), { status: 'SUCCESS' });
  assert.deepEqual(await services.bring(lost), { status: 'SUCCESS' });
  const data = { ...about, userId: other.account.id, service: 'task', reason: 'unreadable' } as const;
  const event = newEvent({ type: 'privacy.export_failed.v1', subject: about.exportId, source: 'task', data });
  await services.deliver('privacy.replies.task', event);
  const { state, progress } = await stateOf(person, about.exportId);
  assert.equal(state, 'collecting');
  assert.equal(progress.find(({ service }) => service === 'task')?.records, 0);
});

const swaps = ['another person', 'another export', 'another service', 'another place', 'nobody'] as const;
for (const from of swaps) {
  test(`attack: the seal of ${from} in a part: the export fails and says where (PRIV-3, DATA-2)`, async () => {
    const [person, other] = [await world.auth.signUp(), await world.auth.signUp()];
    const about = await requestExport(world, person);
    const [part] = await services.partsOf('task', about);
    assert.ok(part);
    const foreign = {
      'another person': async () => (await services.partsOf('task', { ...about, userId: other.account.id }))[0],
      'another export': async () => (await services.partsOf('task', { ...about, exportId: newId('export') }))[0],
      'another service': async () => (await services.partsOf('booking', about))[0],
      'another place': async () => (await services.partsOf('task', about, many))[1],
      nobody: async () => ({ sealed: Buffer.alloc(200, 1).toString('base64') }),
    }[from];
    const sealed = (await foreign())?.sealed ?? assert.fail('no seal');
    await services.bring({ ...part, sealed });
    await services.giveShares(about, ['task']);
    const failed = await untilState(person, about.exportId, 'failed');
    assert.deepEqual(failed.failure, { reason: 'broken', services: ['task'] });
  });
}

test('attack: a part that holds fewer records than it says fails the export (PRIV-3)', async () => {
  const person = await world.auth.signUp();
  const about = await requestExport(world, person);
  const [part] = await services.partsOf('task', about);
  assert.ok(part);
  await services.bring({ ...part, records: part.records + 1 });
  await services.giveShares(about, ['task']);
  assert.equal((await untilState(person, about.exportId, 'failed')).failure?.reason, 'broken');
});

test('attack: a thief of the database reads neither parts nor archive, and finds no link (PRIV-3, DATA-2)', async () => {
  const person = await world.auth.signUp();
  const about = await requestExport(world, person);
  await services.giveShares(about, ['audit']);
  const canary = 'Canary of task';
  assert.deepEqual(await tablesHolding(world.database.ownerPool, canary), []);
  for (const part of await services.partsOf('audit', about)) await services.bring(part);
  await untilState(person, about.exportId, 'ready');
  const token = await linkTo(world, person, about.exportId);
  for (const value of [canary, Buffer.from(canary).toString('base64'), token])
    assert.deepEqual(await tablesHolding(world.database.ownerPool, value), []);
  assert.ok((await download(person, about.exportId)).includes(canary));
});

test('attack: chunks exchanged in the database do not open (DATA-2)', async () => {
  const [one, other] = [await world.auth.signUp(), await world.auth.signUp()];
  const [own, foreign] = [await readyExport(one), await readyExport(other)];
  await world.database.ownerPool.query(
    `UPDATE export_archives SET sealed = theirs.sealed FROM export_archives AS theirs
     WHERE export_archives.export_id = $1 AND theirs.export_id = $2`,
    [own.exportId, foreign.exportId],
  );
  const token = await linkTo(world, one, own.exportId);
  const answer = await readChunk(world, one, token);
  assert.equal(answer.status, 500);
  assert.ok(!answer.text.includes('Canary'));
});

const refusalOf = (answer: { status: number; text: string }) => [
  answer.status,
  codeOf({ body: JSON.parse(answer.text) }),
];
const linkInvalid = [410, 'export.link-invalid'];

test('attack: a link is used twice, by two at once, by somebody else, too late, or made up: one answer (PRIV-3)', async () => {
  const [person, other] = [await world.auth.signUp(), await world.auth.signUp()];
  const { exportId } = await readyExport(person);
  const token = await linkTo(world, person, exportId);
  assert.deepEqual(refusalOf(await readChunk(world, other, token)), linkInvalid);
  assert.deepEqual(refusalOf(await readChunk(world, person, 'A'.repeat(43))), linkInvalid);
  assert.deepEqual(refusalOf(await readChunk(world, person, token, 1)), linkInvalid, 'not from the middle');
  const answers = await Promise.all(Array.from({ length: 8 }, () => readChunk(world, person, token)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  for (const answer of answers.filter(({ status }) => status !== 200)) assert.deepEqual(refusalOf(answer), linkInvalid);
  assert.deepEqual(refusalOf(await readChunk(world, person, token)), linkInvalid);

  const replaced = await linkTo(world, person, exportId);
  const second = await linkTo(world, person, exportId);
  assert.deepEqual(refusalOf(await readChunk(world, person, replaced)), linkInvalid, 'a newer link takes its place');
  world.auth.clock.advance(10 * 60_000);
  const later = await world.auth.login(person.account.email);
  const again = z.object({ accessToken: z.string() }).parse(later.body);
  assert.deepEqual(refusalOf(await readChunk(world, { ...person, ...again }, second)), linkInvalid);
});

test('attack: without a recent proof, or with an API key, there is neither export nor link (AUTH-8, AUTH-12)', async () => {
  const person = await world.auth.signUp();
  const { exportId } = await readyExport(person);
  const { key } = await createKey(world, person, {});
  world.auth.clock.advance(11 * 60_000);
  for (const path of ['/v1/exports', `/v1/exports/link/${exportId}`]) {
    const old = await world.auth.call('POST', path, { token: person.accessToken });
    assert.deepEqual([old.status, codeOf(old)], [401, 'auth.step-up-required']);
  }
  const exchanged = await world.auth.call('POST', '/v1/api-key-exchange', { body: { key } });
  const { accessToken } = z.object({ accessToken: z.string() }).parse(exchanged.body);
  for (const [method, path] of [
    ['GET', '/v1/exports'],
    ['POST', '/v1/exports'],
    ['POST', `/v1/exports/link/${exportId}`],
  ] as const) {
    const refused = await world.auth.call(method, path, { token: accessToken });
    assert.deepEqual([refused.status, codeOf(refused)], [403, 'access.permission-denied']);
  }
});

test('attack: somebody else’s export is like one that is not there (PRIN-2)', async () => {
  const [person, other] = [await world.auth.signUp(), await world.auth.signUp()];
  const { exportId } = await readyExport(person);
  const [foreign, missing] = [exportId, newId('export')].map((id) =>
    world.auth.call('POST', `/v1/exports/link/${id}`, { token: other.accessToken }),
  );
  for (const answer of [await foreign, await missing]) {
    assert.deepEqual([answer?.status, answer && codeOf(answer)], [404, 'export.not-found']);
  }
  assert.deepEqual(await exportsOf(world, other), []);
});

test('one export at a time, and five in a day, also when they are asked for at once (API-3)', async () => {
  const person = await world.auth.signUp();
  const ask = () => world.auth.call('POST', '/v1/exports', { token: person.accessToken });
  const answers = await Promise.all([ask(), ask(), ask()]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409, 409]);
  const taken = answers.find(({ status }) => status === 409) ?? assert.fail();
  assert.equal(codeOf(taken), 'export.under-way');
  const end = () =>
    world.database.ownerPool.query(
      "UPDATE exports SET state = 'failed', failure = 'deadline' WHERE user_id = $1 AND state = 'collecting'",
      [person.account.id],
    );
  for (let more = 0; more < 4; more += 1) {
    await end();
    assert.equal((await ask()).status, 202);
  }
  await end();
  const sixth = await ask();
  assert.deepEqual([sixth.status, codeOf(sixth)], [429, 'export.limit']);
});

test('an archive is deleted after 48 hours, and its link is worth nothing then (PRIV-3)', async () => {
  const person = await world.auth.signUp();
  const { exportId } = await readyExport(person);
  const token = await linkTo(world, person, exportId);
  world.auth.clock.advance(48 * hourMs);
  const grant = z.object({ accessToken: z.string() }).parse((await world.auth.login(person.account.email)).body);
  const later = { ...person, ...grant };
  assert.deepEqual(refusalOf(await readChunk(world, later, token)), linkInvalid);
  await untilState(later, exportId, 'expired');
  const { rowCount } = await world.database.ownerPool.query('SELECT FROM export_archives WHERE export_id = $1', [
    exportId,
  ]);
  assert.equal(rowCount, 0);
});

test('services are asked again while their share is missing, and a repeat changes nothing (KAFKA-4)', async () => {
  const person = await world.auth.signUp();
  const asked: unknown[] = [];
  const take = ({ data }: { data?: unknown }) => asked.push(data);
  world.auth.publications.on('privacy.export_requested.v1', take);
  const about = await requestExport(world, person);
  const times = () =>
    asked.filter((data) => z.object({ exportId: z.string() }).parse(data).exportId === about.exportId).length;
  await waitFor('the request', () => times() === 1);
  world.auth.clock.advance(60_000);
  await waitFor('the next request', () => times() === 2);
  world.auth.publications.off('privacy.export_requested.v1', take);
  await services.giveShares(about);
  await services.giveShares(about);
  await untilState(person, about.exportId, 'ready');
});

test('attack: an erasure in the middle of an export, or after it, leaves nothing of it (PRIV-4)', async () => {
  const admin = await signUpAs(world, 'admin');
  const [collecting, ready] = [await world.auth.signUp(), await world.auth.signUp()];
  const open = await requestExport(world, collecting);
  await services.giveShares(open, ['audit']);
  const whole = await readyExport(ready);
  for (const target of [collecting, ready]) {
    const answer = await actOn(world, admin, 'delete', target);
    assert.ok(answer.status < 300, answer.text);
  }
  for (const { exportId } of [open, whole]) {
    await waitFor('an empty database', async () => {
      const { rows } = await world.database.ownerPool.query(
        `SELECT (SELECT count(*) FROM export_parts WHERE export_id = $1) + (SELECT count(*) FROM export_archives WHERE export_id = $1)
           + (SELECT count(*) FROM exports WHERE id = $1) AS held`,
        [exportId],
      );
      return rows[0].held === '0';
    });
  }
});
