import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import type { Browser } from 'playwright-core';
import { sharedAdministrator } from '../support/administrator.ts';
import { complaintsOf, lookerAt, newContext, screens, signInOn, startBrowser } from '../support/browser.ts';
import type { Person } from '../support/client.ts';

describe('The periods of retention in a real browser (PRIV-5)', () => {
  let browser: Browser;
  let url = '';
  let administrator: Person;
  before(async () => {
    url = (await testPlatform()).url;
    administrator = await sharedAdministrator(url);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
  });

  for (const [index, screen] of screens.entries()) {
    it(`an editor sees what a period would delete before saving it on a ${screen.name}`, {
      timeout: 120_000,
    }, async () => {
      const days = String(200 + index);
      const page = await (await newContext(browser, screen)).newPage();
      const complaints = complaintsOf(page);
      const look = lookerAt(page, screen.name);
      await signInOn(page, url, administrator);
      await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Retention' }).click();
      const conversations = page
        .getByRole('list', { name: 'Periods' })
        .getByRole('listitem')
        .filter({ hasText: 'Conversations' })
        .first();
      await conversations.waitFor();
      await look('retention');

      await conversations.locator('summary').click();
      await conversations.getByLabel(/^Days/).fill(days);
      assert.equal(await conversations.getByRole('button', { name: /^Keep/ }).count(), 0, 'nothing to save unseen');
      await conversations.getByRole('button', { name: 'Preview' }).click();
      await conversations.getByText(`With ${days} days, the next run deletes:`).waitFor();
      await look('retention-preview');
      await conversations.getByRole('button', { name: `Keep for ${days} days` }).click();
      await conversations.getByText(`${days} days`, { exact: true }).waitFor();
      assert.deepEqual(complaints, []);
    });
  }
});
