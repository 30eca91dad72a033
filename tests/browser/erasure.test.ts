import { after, before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import type { Browser } from 'playwright-core';
import { sharedAdministrator } from '../support/administrator.ts';
import { complaintsOf, lookerAt, newContext, screens, signInOn, startBrowser } from '../support/browser.ts';
import { newPerson } from '../support/client.ts';

describe('Erasing oneself in a real browser (PRIV-4)', () => {
  let browser: Browser;
  let url = '';
  before(async () => {
    url = (await testPlatform()).url;
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
  });

  for (const screen of screens) {
    it(`from the privacy page to the certificate, and the administrator’s view of it, on a ${screen.name}`, {
      timeout: 120_000,
    }, async () => {
      const page = await (await newContext(browser, screen)).newPage();
      const complaints = complaintsOf(page);
      const look = lookerAt(page, `${screen.name}-erasure`);
      const person = await newPerson(url, 'Ada Leaving');
      await person.say('add buy milk');
      await signInOn(page, url, person);
      await page.getByRole('navigation').getByRole('button', { name: 'Privacy' }).click();
      await page.getByRole('button', { name: 'Erase my account and data' }).click();
      await look('question');
      await page.getByRole('dialog').getByRole('button', { name: 'Erase my account and data' }).click();

      await page.getByRole('heading', { name: 'The erasure of your data' }).waitFor();
      await page.getByText('Everything was erased').waitFor({ timeout: 30_000 });
      await look('complete');
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save the certificate' }).click();
      await saved;
      await page.reload();
      await page.getByText('Everything was erased').waitFor();

      const console = await (await newContext(browser, screen)).newPage();
      const neighbour = await newPerson(url, 'Ben Kept');
      await signInOn(console, url, await sharedAdministrator(url));
      await console.getByRole('navigation').getByRole('button', { name: 'People' }).click();
      await console.getByRole('list', { name: 'Erasures' }).getByText(person.userId).waitFor();
      await console.getByLabel('Find by e-mail address').fill(neighbour.email);
      await console.getByRole('button', { name: 'Find' }).click();
      await console.getByText('Manage').click();
      await console.getByLabel('Reason of the legal hold').fill('case 4711');
      await console.getByRole('button', { name: 'Place a legal hold' }).click();
      await console.getByText('case 4711').waitFor();
      await lookerAt(console, `${screen.name}-erasure`)('people');
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
    });
  }
});
