import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { complaintsOf, lookerAt, newContext, screens, signInOn, startBrowser } from '../support/browser.ts';
import { newPerson } from '../support/client.ts';

const archiveSchema = z.looseObject({ manifest: z.looseObject({ person: z.string() }), data: z.looseObject({}) });
/** Every service collects, and the archive is put together. */
const readyWithinMs = 60_000;

describe('One’s own data in a real browser (PRIV-3)', () => {
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
    it(`asked for, watched and downloaded on a ${screen.name}`, { timeout: 120_000 }, async () => {
      const context = await newContext(browser, screen);
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      const look = lookerAt(page, `${screen.name}-export`);
      const person = await newPerson(url, 'Exa Example');
      await signInOn(page, url, person);
      await page.getByRole('navigation').getByRole('button', { name: 'Privacy', exact: true }).click();
      const section = page.getByRole('region', { name: 'Take your data along' });
      await section.scrollIntoViewIfNeeded();
      await look('before');
      await section.getByRole('button', { name: 'Collect my data' }).click();
      await section.getByText(/parts of the service are done|^Ready, /).waitFor();
      await look('under-way');
      await section.getByText(/^Ready, /).waitFor({ timeout: readyWithinMs });
      await section.getByRole('button', { name: 'Download' }).scrollIntoViewIfNeeded();
      await look('ready');
      const downloading = page.waitForEvent('download');
      await section.getByRole('button', { name: 'Download' }).click();
      const download = await downloading;
      assert.match(download.suggestedFilename(), /^my-data-\d{4}-\d{2}-\d{2}\.json$/);
      const { manifest } = archiveSchema.parse(JSON.parse(await readFile(await download.path(), 'utf8')));
      assert.equal(manifest.person, person.userId);
      assert.deepEqual(complaints, [], 'no policy violation and no error in the console');
      await context.close();
    });
  }
});
