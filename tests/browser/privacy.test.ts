import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import type { Browser, Page } from 'playwright-core';
import { agreeOn, complaintsOf, lookerAt, newContext, screens, signInOn, startBrowser } from '../support/browser.ts';
import { newPerson } from '../support/client.ts';

describe('The privacy notice and its consents in a real browser (PRIV-2)', () => {
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
    it(`the notice comes before the first message, agreeing opens the chat, withdrawing closes it on a ${screen.name}`, {
      timeout: 120_000,
    }, async () => {
      const context = await newContext(browser, screen);
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      const look = lookerAt(page, `${screen.name}-privacy`);
      await signInOn(page, url, await newPerson(url, 'Paula Privacy', []));
      const message = page.getByLabel('Message');
      const request = page.getByRole('region', { name: 'Your privacy' });
      const show = (section: string) =>
        page.getByRole('navigation').getByRole('button', { name: section, exact: true }).click();

      await request.getByRole('checkbox').first().waitFor();
      await look('notice');
      assert.ok(await message.isDisabled());
      for (const box of await request.getByRole('checkbox').all()) assert.equal(await box.isChecked(), false);
      // No trap: whoever has not agreed goes wherever they like.
      await show('Account');
      await page.getByRole('heading', { name: 'Your account' }).waitFor();
      await show('Chat');
      await page.getByRole('button', { name: 'Sign out' }).waitFor();

      await agreeOn(page);
      await say(page, 'add feed the cat');
      await page.locator('.bubble-bot', { hasText: /cat/i }).waitFor();

      await show('Privacy');
      const assistant = page.getByRole('switch', { name: 'Assistant' });
      await assistant.waitFor();
      await look('page');
      assert.deepEqual(
        [await assistant.isChecked(), await page.getByRole('switch', { checked: true }).count()],
        [true, 1],
      );
      await assistant.focus();
      await page.keyboard.press('Space');
      await page.getByText('Assistant: withdrawn').waitFor();
      await look('withdrawn');

      await show('Chat');
      await request.getByText(/You have withdrawn your consent/).waitFor();
      assert.ok(await message.isDisabled());
      await page.locator('.bubble-bot', { hasText: /cat/i }).waitFor();
      await look('way-back');
      await agreeOn(page);
      await say(page, 'add feed the dog');
      await page.locator('.bubble-bot', { hasText: /dog/i }).waitFor();
      assert.deepEqual(complaints, [], 'no policy violation and no error in the console');
      await context.close();
    });
  }

  it('consent that was withdrawn in another browser: the message is refused in plain words, with the way back', {
    timeout: 60_000,
  }, async () => {
    const [first = assert.fail()] = screens;
    const person = await newPerson(url, 'Two Browsers', ['assistant']);
    const [here, elsewhere] = [await newContext(browser, first), await newContext(browser, first)];
    const [page, other] = [await here.newPage(), await elsewhere.newPage()];
    await signInOn(page, url, person);
    await signInOn(other, url, person);
    await page.getByRole('button', { name: 'what is on my list?' }).waitFor();
    await other.getByRole('navigation').getByRole('button', { name: 'Privacy' }).click();
    await other.getByRole('switch', { name: 'Assistant' }).click();
    await other.getByText('Assistant: withdrawn').waitFor();

    await say(page, 'add milk');

    await page
      .getByRole('region', { name: 'Your privacy' })
      .getByText(/You have withdrawn your consent/)
      .waitFor();
    await agreeOn(page);
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.locator('.bubble-bot', { hasText: /milk/i }).waitFor();
    for (const context of [here, elsewhere]) await context.close();
  });
});

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').fill(text);
  await page.keyboard.press('Enter');
}
