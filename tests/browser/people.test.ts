import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import type { Browser } from 'playwright-core';
import { sharedAdministrator } from '../support/administrator.ts';
import { complaintsOf, lookerAt, newContext, screens, signInOn, startBrowser } from '../support/browser.ts';
import { call, newPerson, type Person } from '../support/client.ts';

describe('People in a real browser (AUTH-10, AUTH-11)', () => {
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

  for (const screen of screens) {
    it(`an administrator finds somebody, gives a role and suspends them on a ${screen.name}`, {
      timeout: 120_000,
    }, async () => {
      const person = await newPerson(url, 'Grace Found');
      const page = await (await newContext(browser, screen)).newPage();
      const complaints = complaintsOf(page);
      const look = lookerAt(page, `${screen.name}-people`);

      await signInOn(page, url, administrator);
      await page.getByRole('navigation').getByRole('button', { name: 'People' }).click();
      await page.getByRole('list', { name: 'People' }).waitFor();
      await look('everybody');

      await page.getByLabel('Find by e-mail address').fill(person.email);
      await page.getByRole('button', { name: 'Find', exact: true }).click();
      const row = page.getByRole('list', { name: 'People' }).getByRole('listitem');
      await row.getByText(person.email).waitFor();
      await row.getByText('Manage').click();
      await row.getByLabel('Viewer').check();
      await row.getByRole('button', { name: 'Save roles' }).click();
      await row.getByText('viewer', { exact: true }).waitFor();
      await look('one');

      await row.getByRole('button', { name: 'Suspend Grace Found' }).click();
      await look('question');
      await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
      await row.getByText('Suspended').waitFor();
      const { email, password } = person;
      assert.equal((await call(url, 'POST', '/api/v1/auth/login', { body: { email, password } })).status, 401);
      assert.deepEqual(complaints, []);
    });
  }
});
