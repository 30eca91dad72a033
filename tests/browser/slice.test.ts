import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import type { Browser } from 'playwright-core';
import {
  agreeOn,
  assertAccessible,
  assertFits,
  complaintsOf,
  newContext,
  screens,
  startBrowser,
  takePicture,
} from '../support/browser.ts';
import { uniqueEmail } from '../support/client.ts';

describe('The slice in a real browser (API-4, CHAT-4, AUD-3)', () => {
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
    const { name } = screen;
    it(`register, sign in, chat, see the task and prove its audit entry on a ${name}`, {
      timeout: 120_000,
    }, async () => {
      const context = await newContext(browser, screen);
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      const show = async (section: string) => {
        const tab = page.getByRole('navigation').getByRole('button', { name: section });
        if (await tab.isVisible()) await tab.click();
      };

      await page.goto(url);
      await page.getByRole('button', { name: 'Register' }).click();
      await takePicture(page, `${name}-entrance`);
      await assertAccessible(page, `${name} entrance`);
      await page.getByLabel('Your name').fill('Grace Browser');
      await page.getByLabel('E-mail').fill(uniqueEmail('grace'));
      await page.getByLabel('Password').fill('Milky-Way-1969');
      await page.getByRole('button', { name: 'Create my account' }).click();

      await agreeOn(page);
      await page.getByLabel('Message').fill('add buy milk to my shopping list for tomorrow at 5pm');
      await page.keyboard.press('Enter');
      await page.locator('.bubble-bot', { hasText: /milk/i }).waitFor();

      await show('Tasks');
      const list = page.getByRole('region', { name: /^shopping$/i });
      await list.getByText(/buy milk/i).waitFor();
      await list.getByText(/tomorrow, (05:00|17:00)/).waitFor();
      await takePicture(page, `${name}-tasks`);

      await show('Activity');
      const entry = page.locator('[data-action="task.create"]');
      await entry.first().waitFor({ timeout: 30_000 });
      await entry.getByRole('button', { name: /verify/i }).click();
      await entry.getByText(/Proven/).waitFor();
      await takePicture(page, `${name}-activity`);
      await assertAccessible(page, `${name} signed in`);

      await assertFits(page, `${name} signed in`);

      await show('Tasks');
      await list.getByRole('checkbox').click();
      await page.locator('.task-done', { hasText: /buy milk/i }).waitFor();

      await page.reload();
      await show('Chat');
      await page.locator('.bubble-user', { hasText: /buy milk/i }).waitFor();
      await takePicture(page, `${name}-chat`);

      await page.getByLabel('Message').fill('<img src=x onerror=alert(1)>');
      await page.keyboard.press('Enter');
      await page.locator('.bubble-user', { hasText: '<img src=x' }).waitFor();
      assert.equal(
        await page.locator('.messages img').count(),
        0,
        'markup from a person never becomes an element (API-2)',
      );

      const cookies = await context.cookies();
      const readable = await page.evaluate('document.cookie');
      for (const cookie of cookies.filter(({ name: cookieName }) => /access|refresh/.test(cookieName))) {
        assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === 'Strict', cookie.name);
        assert.ok(!String(readable).includes(cookie.value), 'scripts cannot read tokens');
      }
      assert.deepEqual(complaints, [], 'no policy violation and no error in the console');

      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in', exact: true }).first().waitFor();
      await context.close();
    });
  }

  it('a second tab sees a new task without a reload (CHAT-4)', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const first = await context.newPage();
    await first.goto(url);
    await first.getByRole('button', { name: 'Register' }).click();
    await first.getByLabel('Your name').fill('Two Tabs');
    await first.getByLabel('E-mail').fill(uniqueEmail('tabs'));
    await first.getByLabel('Password').fill('Milky-Way-1969');
    await first.getByRole('button', { name: 'Create my account' }).click();
    await agreeOn(first);
    const second = await context.newPage();
    await second.goto(url);
    await second.locator('.live-on').waitFor();
    await first.getByLabel('Message').fill('add call the plumber');
    await first.keyboard.press('Enter');
    await second.locator('.task', { hasText: /plumber/i }).waitFor();
    await context.close();
  });
});
