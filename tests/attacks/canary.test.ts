import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { appIds } from '@todo-chatbot/contracts';
import { type PlatformState, readSet, testPlatform } from '@todo-chatbot/local-platform/testing';
import { SealBroken } from '@todo-chatbot/service-kit';
import { createByteSearch, type Needle } from '../support/byteSearch.ts';
import { type Canaries, type Planted, plant } from '../support/canaries.ts';
import { encodingsOf, encodingsOfBytes } from '../support/encodings.ts';
import { platformKafka, readTopic } from '../support/kafka.ts';
import {
  type Bytes,
  backupBytes,
  exportedAuditLog,
  fileBytes,
  makeBackupKey,
  metrics,
  type Place,
  platformFiles,
  processes,
  takeBackup,
  traces,
} from '../support/platformBytes.ts';
import { askForKeys, openTask, sealedEventSchema, taskKeysOf } from '../support/sealedEvents.ts';
import { waitFor } from '../support/waitFor.ts';

/** Shorter secrets of the platform would be found by chance. */
const shortestSecret = 16;
/** Requests in a row, a backup and a search, twice. */
const timeoutMs = 180_000;

/** Operations that a test cannot do without changing what other tests stand on. They are refused with canaries all the same. */
const onlyRefused = {
  acknowledgeAlert: 'there need not be an alert',
  changeAlertRule: 'other tests stand on the rules as they are',
  changeGuardrailSettings: 'other tests stand on the settings as they are',
  changeRetention: 'other tests stand on the periods as they are',
  getLogTile: 'its path has slashes, which are called by hand',
  streamEvents: 'it does not end, and is called by hand',
};

const places: readonly Place[] = [
  'log files',
  'topics',
  'databases',
  'mail folder',
  'other files of the platform',
  'traces',
  'metrics',
  'processes',
  'exported audit log',
  'backup',
  'rows in the backup',
];

describe('Canaries: personal data and secrets lie readable nowhere but where the data map says (PRIV-6, DATA-2, AUD-4)', {
  timeout: timeoutMs,
}, () => {
  const startedAt = Date.now();
  let state: PlatformState;
  let folder = '';
  let keyFile = '';
  let planted: Planted;
  let sets: readonly string[] = [];
  let everything: readonly Bytes[] = [];
  let found: Findings;

  before(async () => {
    state = await (await testPlatform()).state();
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-canary-'));
    keyFile = join(folder, 'backup.key');
    await makeBackupKey(state, keyFile);
    planted = await plant(state.url, state);
    await untilSettled(state, planted.lastTrace);
    sets = await takeBackup(state, join(folder, 'first'));
    everything = await everythingOf(state, { sets, keyFile, startedAt });
    const { personal, strange, userId, lastTrace } = planted;
    found = await search(everything, {
      ...personal,
      ...prefixed('stranger', strange),
      'control id': userId,
      'control trace': lastTrace,
    });
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(join(state.stateDir, 'backup-keys', 'recipient'), { force: true });
    // The platform's own backup of just now may still be written there.
    await rm(`${state.stateDir}-backups`, { recursive: true, force: true, maxRetries: 20 });
  });

  for (const place of places) {
    it(`${place}: nothing but what may be there`, () => {
      assert.ok(
        everything.some((bytes) => bytes.place === place),
        'something was searched',
      );
      assert.deepEqual(
        namesIn(found, place).filter((name) => !mayBeIn(place, name)),
        [],
      );
    });
  }

  it('the search sees what is there: the person’s id and the trace of the last request', () => {
    for (const place of ['topics', 'databases', 'exported audit log', 'rows in the backup'] as const) {
      assert.ok(hasControl(found, place), place);
    }
    for (const place of ['log files', 'traces'] as const) {
      assert.ok(namesIn(found, place).includes('control trace, UTF-8'), place);
    }
    assert.ok(namesIn(found, 'mail folder').includes('mail address, UTF-8'));
    const logs = everything.filter((bytes) => bytes.place === 'log files').map(({ name }) => basename(name));
    for (const app of appIds) assert.ok(logs.includes(`${app}.log`) && logs.includes(`${app}-dapr.log`), app);
  });

  it('the search finds a canary in each encoding, wherever a file is cut into chunks', async () => {
    const canary = 'Zoë cänary+1=2';
    const file = join(folder, 'scratch');
    const hidden = [
      ...encodingsOf(canary),
      { encoding: 'UTF-16 the other way', bytes: Buffer.from(canary, 'utf16le').swap16() },
      { encoding: 'upper case', bytes: Buffer.from(Buffer.from(canary).toString('hex').toUpperCase()) },
      { encoding: 'JSON of JSON', bytes: Buffer.from(JSON.stringify(JSON.stringify({ canary }))) },
      { encoding: 'base64 within more', bytes: Buffer.from(Buffer.from(`xy${canary}z`).toString('base64url')) },
      { encoding: 'form', bytes: Buffer.from(new URLSearchParams({ canary }).toString()) },
    ];
    for (const { encoding, bytes } of hidden) {
      await writeFile(file, Buffer.concat([Buffer.alloc(1024 * 1024 - 5), bytes, Buffer.alloc(9)]));
      const { size } = await search([fileBytes('log files', file)], { canary });
      assert.equal(size, 1, encoding);
    }
    await writeFile(file, 'Zoë, a canary, 1 and 2');
    assert.equal((await search([fileBytes('log files', file)], { canary })).size, 0);
  });

  it('segments of Kafka are searched as they are, because none is packed', async () => {
    const segments = everything.filter(({ place, name }) => place === 'topics' && name.endsWith('.log'));
    assert.ok(segments.length > 0);
    for (const segment of segments) assert.deepEqual(await packedBatchesIn(segment), [], segment.name);
  });

  it('attack: a secret of the platform is read from logs, traces, command lines or the audit log', async () => {
    const where: readonly Place[] = [
      'metrics',
      'log files',
      'traces',
      'exported audit log',
      'topics',
      'rows in the backup',
      'mail folder',
    ];
    const secrets = secretsOf(state);
    const readable = everything.filter(
      ({ place, name }) => where.includes(place) || (place === 'processes' && name.endsWith('cmdline')),
    );
    assert.deepEqual([...(await search(readable, secrets)).keys()], []);
  });

  describe('after the erasure of the people (PRIV-4)', () => {
    let keysBefore: ReadonlyMap<string, string>;
    let later: readonly string[] = [];
    let afterwards: readonly Bytes[] = [];
    let left: Findings;

    before(async () => {
      keysBefore = await taskKeysOf(state, planted.userId);
      await planted.erase();
      later = await takeBackup(state, join(folder, 'second'));
      afterwards = await everythingOf(state, {
        sets: [...sets.filter((set) => !isKeySet(set)), ...later],
        keyFile,
        startedAt,
      });
      left = await search(afterwards, { ...planted.personal, 'control id': planted.userId });
    });

    for (const place of places) {
      it(`${place}: nothing of theirs, in any encoding`, () => {
        assert.deepEqual(
          namesIn(left, place).filter((name) => !name.startsWith('control')),
          [],
        );
      });
    }

    it('every public operation was given a canary, was done, and was refused', () => {
      for (const [id, { path }] of planted.operations) {
        const answers = planted.answers.get(id) ?? [];
        assert.ok(answers.length > 0, `${id} was given no canary`);
        if (!(id in onlyRefused))
          assert.ok(
            answers.some((status) => status < 300),
            `${id} was never done: ${answers}`,
          );
        if (path.includes('{'))
          assert.ok(
            answers.some((status) => status >= 400),
            `${id} was never refused`,
          );
      }
    });

    it('their pseudonym is left, so the search looked', () => {
      for (const place of ['databases', 'exported audit log'] as const) assert.ok(hasControl(left, place), place);
    });

    it('attack: what a segment of Kafka holds of them is opened: their key is nowhere, a neighbour’s still opens (DATA-2)', async () => {
      const answer = await askForKeys(state, planted.userId);
      assert.equal(answer.status, 410);
      const messages = await readTopic(platformKafka(state), 'task.events');
      const events = messages.flatMap(({ text }) => sealedEventSchema.safeParse(parsed(text)).data ?? []);
      const keptKey = (await taskKeysOf(state, planted.kept.userId)).get('task.events') ?? '';
      const theirKey = keysBefore.get('task.events') ?? '';
      const own = events.filter(({ data }) => data.userId === planted.userId);
      const kept = events.filter(({ data }) => data.userId === planted.kept.userId);
      assert.ok(own.length > 0 && kept.length > 0);
      for (const event of kept) assert.match(openTask(event, keptKey).title, /palm/);
      for (const event of own) {
        assert.throws(() => openTask(event, keptKey), SealBroken);
        // The seal itself is whole: it is the key alone that is missing.
        assert.ok(openTask(event, theirKey).title);
      }
    });

    it('attack: what a backup holds of them is opened: the newest backup of keys knows only that theirs is destroyed (DATA-3)', async () => {
      const keySet = later.find(isKeySet) ?? assert.fail('there is no backup of keys');
      const { personal: _, userId, kept } = planted;
      const rows = (table: string) => rowsOf(keySet, keyFile, table);
      assert.ok(!(await rows('data_keys')).includes(userId));
      assert.ok((await rows('data_keys')).includes(kept.userId));
      assert.ok((await rows('destroyed_keys')).includes(userId));
      const dataSet = sets.find((set) => !isKeySet(set) && basename(dirname(set)) === 'data') ?? '';
      assert.ok((await rowsOf(dataSet, keyFile, 'tasks')).includes(userId), 'the older backup still has their rows');
    });
  });
});

/** Names of canaries, each with its encoding, by place; the value says where the first of them was. */
type Findings = ReadonlyMap<string, string>;

function namesIn(findings: Findings, place: Place): string[] {
  return [...findings.keys()].filter((key) => key.startsWith(`${place}: `)).map((key) => key.slice(place.length + 2));
}

function hasControl(findings: Findings, place: Place): boolean {
  return namesIn(findings, place).some((name) => name.startsWith('control id'));
}

/** As the data map says of places where something is plain (`storedPlaces`, and columns with a reason in `storedData`). */
function mayBeIn(place: Place, name: string): boolean {
  return name.startsWith('control') || (place === 'mail folder' && name.startsWith('mail'));
}

async function search(everything: readonly Bytes[], canaries: Canaries): Promise<Findings> {
  const bytes = createByteSearch(Object.entries(canaries).flatMap(([name, canary]) => needlesOf(name, canary)));
  const found = new Map<string, string>();
  for (const { place, name, chunks } of everything) {
    for (const needle of await bytes.in(chunks())) {
      const key = `${place}: ${needle}`;
      if (!found.has(key)) found.set(key, name);
    }
  }
  return found;
}

/** Random bytes that are shown in base64url are looked for as bytes too. */
function needlesOf(name: string, canary: string): Needle[] {
  const isToken = /^[\w-]{43}$/.test(canary);
  const encoded = [...encodingsOf(canary), ...(isToken ? encodingsOfBytes(Buffer.from(canary, 'base64url')) : [])];
  return encoded.map(({ encoding, bytes }) => ({ name: `${name}, ${encoding}`, bytes }));
}

async function everythingOf(
  state: PlatformState,
  {
    sets,
    keyFile,
    startedAt,
  }: { readonly sets: readonly string[]; readonly keyFile: string; readonly startedAt: number },
): Promise<readonly Bytes[]> {
  return [
    ...(await platformFiles(state)),
    ...(await traces(state, startedAt, Date.now())),
    ...(await metrics(state)),
    ...(await processes()),
    ...(await exportedAuditLog(state)),
    ...(await backupBytes(sets, keyFile)),
  ];
}

/** Until the last request is in the log that everything goes through last, and in the traces of every service. */
async function untilSettled(state: PlatformState, lastTrace: string): Promise<void> {
  const includesTrace = async (bytes: readonly Bytes[]) =>
    (await search(bytes, { trace: lastTrace })).size > 0 ? true : undefined;
  await waitFor('the last request in the audit log', async () => includesTrace(await exportedAuditLog(state)), {
    deadlineMs: 30_000,
    everyMs: 500,
  });
  await waitFor('the spans of the last request', async () => {
    const answer = await fetch(new URL(`/api/v2/trace/${lastTrace}`, state.zipkinUrl));
    return answer.ok || undefined;
  });
}

/** Every secret of the platform; of a PEM each line, because a log may break it. */
function secretsOf(state: PlatformState): Canaries {
  const found: Record<string, string> = {
    superuser: state.postgres.superuser.password,
    kafkaAdmin: state.kafka.admin.identity.privateKey,
  };
  for (const app of appIds) {
    const { daprApiToken, appApiToken, databasePassword, kafkaPassword, databaseOwner, secrets } = state.apps[app];
    const own = { daprApiToken, appApiToken, databasePassword, kafkaPassword, owner: databaseOwner.password };
    Object.assign(found, prefixed(app, own));
    for (const [name, values] of Object.entries(secrets)) Object.assign(found, prefixed(`${app}/${name}`, values));
  }
  const lines = Object.entries(found).flatMap(([name, secret]) =>
    secret.split('\n').map((line, index) => [`${name}:${index}`, line.trim()] as const),
  );
  const secrets = Object.fromEntries(
    lines.filter(([, line]) => line.length >= shortestSecret && !line.startsWith('-----')),
  );
  assert.ok(Object.keys(secrets).length >= appIds.length * 5);
  return secrets;
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Canaries {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}/${name}`, value]));
}

/** Bytes of a record batch before its length counts, and where its attributes are; their lowest bits say how it is packed. */
const batch = { lengthAt: 8, countedFrom: 12, attributesAt: 21, packing: 0b111 };

/** Offsets of batches of records that are packed (Kafka's record batch, magic 2). */
async function packedBatchesIn(segment: Bytes): Promise<number[]> {
  const parts: Uint8Array[] = [];
  for await (const chunk of segment.chunks()) parts.push(chunk);
  const bytes = Buffer.concat(parts);
  const packed: number[] = [];
  let at = 0;
  while (at + batch.attributesAt + 2 <= bytes.length) {
    if ((bytes.readInt16BE(at + batch.attributesAt) & batch.packing) !== 0) packed.push(at);
    at += batch.countedFrom + bytes.readInt32BE(at + batch.lengthAt);
  }
  return packed;
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

function isKeySet(set: string): boolean {
  return basename(dirname(set)) === 'keys';
}

async function rowsOf(set: string, keyFile: string, table: string): Promise<string> {
  const opened = (await readSet(set, keyFile)).find((one) => one.table === table) ?? assert.fail(`${set}: no ${table}`);
  const parts: Uint8Array[] = [];
  for await (const chunk of opened.rows()) parts.push(chunk);
  return Buffer.concat(parts).toString();
}
