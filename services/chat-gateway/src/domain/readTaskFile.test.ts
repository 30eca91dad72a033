import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importedTasksLimit } from '@todo-chatbot/contracts';
import { readTaskFile } from './readTaskFile.ts';

const titlesOf = (content: string) => {
  const file = readTaskFile(content);
  assert.ok('titles' in file, JSON.stringify(file));
  return file;
};
const faultsOf = (content: string) => {
  const file = readTaskFile(content);
  assert.ok('faults' in file, JSON.stringify(file));
  return file.faults;
};

test('one task on each line, without bullets, numbers, boxes, empty lines and the mark of byte order', () => {
  const content =
    '\ufeffmilk\r\n- eggs\n\n* [ ] call Ann\n 3. pay rent \r• water plants\n12) 2 x A4 paper\n+ [x] done\n[X] gone';
  assert.deepEqual(titlesOf(content), {
    titles: ['milk', 'eggs', 'call Ann', 'pay rent', 'water plants', '2 x A4 paper'],
    ticked: 2,
  });
});

test('a dash, a number or a bracket that is part of the title stays', () => {
  assert.deepEqual(titlesOf('-5 degrees: wrap the pipes\n2 tickets\n[urgent] call Bob').titles, [
    '-5 degrees: wrap the pipes',
    '2 tickets',
    '[urgent] call Bob',
  ]);
});

test('bad lines are told by their number, all of them, and nothing is read of the rest', () => {
  const faults = faultsOf(`ok\n${'x'.repeat(501)}\nbell \u0007 here`);
  assert.deepEqual(
    faults.map(({ line }) => line),
    [2, 3],
  );
});

test('too many tasks, none, and an empty file are faults', () => {
  assert.equal(titlesOf('a\n'.repeat(importedTasksLimit)).titles.length, importedTasksLimit);
  assert.equal(faultsOf('a\n'.repeat(importedTasksLimit + 1))[0]?.line, importedTasksLimit + 1);
  assert.equal(faultsOf(' \n\n- \n')[0]?.message, 'no task in the file');
  assert.deepEqual(titlesOf('[x] all done'), { titles: [], ticked: 1 });
});

test('attack: lines of nothing but marks take no more time than they are long', () => {
  const begin = performance.now();
  readTaskFile('- [ ] '.repeat(100_000));
  readTaskFile('-'.repeat(500_000));
  assert.ok(performance.now() - begin < 1_000);
});
