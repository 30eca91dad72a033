import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type Platform, type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { newPerson, uniqueEmail } from '../support/client.ts';
import { mailedToken, mailsTo } from '../support/mail.ts';

describe('Mail of the platform (AUTH-13)', () => {
  let platform: Platform;
  let state: PlatformState;
  before(async () => {
    platform = await testPlatform();
    state = await platform.state();
  });

  it('a person who registers gets a link to this platform, and it stands on the page that shows mail', async () => {
    const person = await newPerson(platform.url);

    const token = await mailedToken(state, person.email, 'Confirm your e-mail address');

    const [mail] = await mailsTo(state, person.email);
    assert.ok(mail?.text.includes(`\n${platform.url}/account/confirm-email#token=${token}\n`));
    const page = await (await fetch(state.mail.url)).text();
    assert.ok(page.includes(person.email) && page.includes(token));
  });

  it('somebody who never registered gets none', async () => {
    assert.deepEqual(await mailsTo(state, uniqueEmail()), []);
  });
});
