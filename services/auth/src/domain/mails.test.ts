import assert from 'node:assert/strict';
import test from 'node:test';
import { linkPurposes, linkUrl } from './emailLink.ts';
import { type MailContent, mailText } from './mails.ts';

const token = 'T'.repeat(43);
const withLink: readonly MailContent[] = linkPurposes.map((purpose) => ({
  id: purpose,
  url: linkUrl({ origin: 'https://todo.example', purpose, token }),
}));
const notices: readonly MailContent[] = (
  [
    'password-changed',
    'email-change-requested',
    'email-changed',
    'email-in-use',
    'second-factor-changed',
    'api-key-created',
  ] as const
).map((id) => ({ id }));

for (const content of withLink) {
  test(`the link of ${content.id} stands alone on its line, once, with its token in the fragment (AUTH-13)`, () => {
    const { text } = mailText(content);

    const lines = text.split('\n').filter((line) => line.includes('://'));
    assert.equal(lines.length, 1);
    const url = new URL(lines[0] ?? '');
    assert.equal(url.origin, 'https://todo.example');
    assert.equal(url.search, '');
    assert.equal(url.hash, `#token=${token}`);
  });
}

for (const content of notices) {
  test(`the notice ${content.id} holds no link that a reader could learn to click (AUTH-13)`, () => {
    assert.doesNotMatch(mailText(content).text, /:\/\/|www\./);
  });
}

test('every mail is plain words: a subject on one line, no markup, no control characters', () => {
  for (const content of [...withLink, ...notices]) {
    const { subject, text } = mailText(content);
    assert.match(subject, /^[A-Z][\w' -]{5,60}$/);
    assert.doesNotMatch(text, /[<>]|[^\n\P{Cc}]/u);
  }
});
