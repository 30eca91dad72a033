import assert from 'node:assert/strict';
import test from 'node:test';
import type { ConsentAct, ConsentPurpose } from '@todo-chatbot/contracts';
import { consentChangeOf, consentStateOf, type LatestConsents, purposesAgreedTo } from './consents.ts';

const latest = (...entries: [ConsentPurpose, ConsentAct, string][]): LatestConsents =>
  new Map(entries.map(([purpose, act, noticeVersion]) => [purpose, { act, noticeVersion }]));

test('a consent to an older notice counts after a change of words, and not after a change of what is done (PRIV-2)', () => {
  const ledger = latest(['assistant', 'given', '2026-11-26'], ['appointments', 'given', '2027-02-01']);

  assert.deepEqual(purposesAgreedTo(ledger, '2026-11-26'), ['assistant', 'appointments'], 'new words');
  assert.deepEqual(purposesAgreedTo(ledger, '2027-02-01'), ['appointments'], 'new uses');
  assert.equal(consentStateOf(ledger, 'assistant', '2027-02-01'), 'outdated');
  assert.deepEqual(purposesAgreedTo(ledger, '2027-02-02'), []);
});

test('what was never asked for, and what was withdrawn, is not agreed to', () => {
  const ledger = latest(['assistant', 'withdrawn', '2026-11-26']);

  assert.equal(consentStateOf(ledger, 'assistant', '2026-11-26'), 'withdrawn');
  assert.equal(consentStateOf(ledger, 'improvement', '2026-11-26'), 'never');
  assert.deepEqual(purposesAgreedTo(ledger, '2026-11-26'), []);
});

test('only news is written: to renew is news, to repeat is not, and what was never given is not withdrawn', () => {
  const ledger = latest(['assistant', 'given', '2026-11-26'], ['appointments', 'withdrawn', '2026-11-26']);
  const change = (agrees: Parameters<typeof consentChangeOf>[1], version = '2026-11-26') =>
    consentChangeOf(ledger, agrees, version);

  assert.deepEqual(change({ assistant: true, appointments: false, improvement: false }), { given: [], withdrawn: [] });
  assert.deepEqual(change({ assistant: true }, '2027-02-01'), { given: ['assistant'], withdrawn: [] });
  assert.deepEqual(change({ assistant: false }, '2027-02-01'), { given: [], withdrawn: ['assistant'] });
  assert.deepEqual(change({ appointments: true }), { given: ['appointments'], withdrawn: [] });
});
