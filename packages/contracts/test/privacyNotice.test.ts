import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  changeConsentsRequestSchema,
  consentPurposes,
  consentsCountFrom,
  noticeVersionSchema,
  privacyNotice,
  privacyNoticeSchema,
  purposes,
} from '../src/index.ts';

/** What a person reads in a minute, in words. */
const wordsPerMinute = 240;

test('the privacy notice is whole, names each purpose that needs consent once, and is read in a minute or so (PRIV-2)', () => {
  privacyNoticeSchema.parse(privacyNotice);
  assert.deepEqual(
    privacyNotice.purposes.map(({ purpose }) => purpose),
    consentPurposes,
  );
  const texts = [...privacyNotice.sections, ...privacyNotice.purposes].map(({ title, text }) => `${title} ${text}`);
  assert.ok(texts.join(' ').split(/\s+/).length <= wordsPerMinute);
});

test('consent is asked for exactly where it is the legal basis (PRIV-1, PRIV-2)', () => {
  const byConsent = Object.entries(purposes).flatMap(([purpose, { basis }]) => (basis === 'consent' ? [purpose] : []));
  assert.deepEqual(byConsent, [...consentPurposes]);
});

test('a change of consents may name each of these purposes', () => {
  assert.deepEqual(Object.keys(changeConsentsRequestSchema.shape.agrees.shape), [...consentPurposes]);
});

test('consents to the notice in force count', () => {
  assert.ok(noticeVersionSchema.parse(consentsCountFrom) <= privacyNotice.version);
});
