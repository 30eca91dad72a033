import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { plaintextIn } from '../src/plaintextIn.ts';
import { startTestDatabase, type TestDatabase } from '../src/testDatabase.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase({ service: 'task' });
});
after(() => database.close());

const word = 'Füllfeder kaufen';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hiding: Record<string, string | Buffer> = {
  'as it is': `"${word}"`,
  'in lower case': word.toLowerCase(),
  'in bytes': Buffer.from(`x${word}`),
  'in hexadecimal': Buffer.from(word).toString('hex'),
  'in a URL': `?title=${encodeURIComponent(word)}`,
  'in base64': base64(word),
  'in base64 after one byte': base64(`x${word}!`),
  'in base64 after two bytes': base64(`xy${word}?`),
  'in the base64 of bytes': Buffer.from(base64(`{"${word}"}`)),
};
for (const [where, value] of Object.entries(hiding)) {
  it(`a word that stands in a database ${where} is found, and no other`, async () => {
    const type = typeof value === 'string' ? 'text' : 'bytea';
    await database.ownerPool.query(`CREATE TABLE "odd ""name" (value ${type})`);
    await database.ownerPool.query(`INSERT INTO "odd ""name" VALUES ($1)`, [value]);
    const found = await plaintextIn(database.ownerPool, [word, 'Bleistift kaufen']);
    await database.ownerPool.query(`DROP TABLE "odd ""name"`);
    assert.ok(found.length > 0);
    for (const finding of found) assert.match(finding, /^odd "name: .* of Füllfeder kaufen$/);
  });
}

it('a word that stands nowhere is not found', async () => {
  assert.deepEqual(await plaintextIn(database.ownerPool, [word]), []);
});
