import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { testPlatform, waitFor } from '@todo-chatbot/local-platform/testing';
import type { Browser, Page } from 'playwright-core';
import { sharedAdministrator } from '../support/administrator.ts';
import { complaintsOf, lookerAt, newContext, screens, signInOn, startBrowser } from '../support/browser.ts';
import { call, newPerson, type Person } from '../support/client.ts';

const narrow = { name: 'narrow phone', width: 360, height: 740, colorScheme: 'light' } as const;

describe('The log and its alerts in a real browser (AUD-3, AUD-5, OBS-3)', () => {
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

  const goTo = (page: Page, section: string) =>
    page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: section }).click();
  /** What the browser saved after a press of the button. */
  async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).first().click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }
  async function addTask({ token }: Person): Promise<void> {
    assert.equal((await call(url, 'POST', '/api/v1/tasks', { token, body: { title: 'Water the ferns' } })).status, 201);
  }
  /** Five wrong passwords, which lock the account for a while. */
  async function lockOut({ email }: Person): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await call(url, 'POST', '/api/v1/auth/login', { body: { email, password: 'Wrong-Password-1' } });
    }
  }
  async function untilLogged(actor: Person, action: string): Promise<void> {
    await waitFor(`${action} is in the log`, async () => {
      const path = `/api/v1/audit/entries?scope=own&action=${action}`;
      return (await call(url, 'GET', path, { token: actor.token })).text.includes(`"${action}"`);
    });
  }

  for (const screen of [...screens, narrow]) {
    it(`an administrator searches the log, proves an entry and takes an export away on a ${screen.name}`, {
      timeout: 120_000,
    }, async () => {
      const person = await newPerson(url);
      await addTask(person);
      await untilLogged(person, 'task.create');
      const page = await (await newContext(browser, screen)).newPage();
      const complaints = complaintsOf(page);
      const look = lookerAt(page, screen.name);
      const filters = page.getByText(/^Filter/);
      const openFilters = async () => {
        if (!(await page.getByLabel('Actor', { exact: true }).isVisible())) await filters.click();
      };

      await signInOn(page, url, administrator);
      await goTo(page, 'Audit');
      const entries = page.getByRole('list', { name: 'Entries' }).getByRole('listitem');
      await entries.first().waitFor();
      await look('audit-everything');

      await openFilters();
      await page.getByLabel('Actor', { exact: true }).fill(person.userId);
      await page.getByLabel('Outcome').selectOption('success');
      await page.getByRole('button', { name: 'Search' }).click();
      const added = entries.filter({ hasText: 'Task added' });
      await added.waitFor();
      assert.equal(await entries.filter({ hasNotText: person.userId }).count(), 0);
      await added.locator('summary').click();
      await added.getByRole('button', { name: /^Verify/ }).click();
      await added.getByText(/Proven: in the signed log of \d+ entries/).waitFor();
      await added.scrollIntoViewIfNeeded();
      await look('audit-entry');
      const proof = await saved(page, 'Save the proof');
      assert.match(proof.name, /^entry-\d+\.tlog-proof$/);
      assert.match(proof.text, /^c2sp\.org\/tlog-proof@v1\n/);

      const lines = (await saved(page, 'Export as JSON Lines')).text.trimEnd().split('\n');
      assert.deepEqual(JSON.parse(lines.at(-1) ?? ''), { end: true, count: lines.length - 1 });
      assert.ok(lines.slice(0, -1).every((line) => JSON.parse(line).event.actor.id === person.userId));
      await page.getByText('The export is complete.').waitFor();
      const csv = await saved(page, 'Export as CSV');
      assert.equal(csv.name, 'audit-trail.csv');
      assert.equal(csv.text.trimEnd().split('\r\n').length, lines.length);

      // A value of an entry narrows the search, by keyboard too, and the reader is taken to what it found.
      const action = added.getByRole('button', { name: 'task.create' });
      await action.focus();
      await page.keyboard.press('Enter');
      await page.getByText('Filter (3)').waitFor();
      await entries.filter({ hasNotText: 'Task added' }).waitFor({ state: 'detached' });
      assert.equal(await page.evaluate('document.activeElement.textContent'), 'Entries');

      await openFilters();
      await page.getByLabel('Object', { exact: true }).fill('nobody');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByText('Nothing in the log fits.').waitFor();
      await look('audit-nothing');
      await page.getByLabel('Trace').fill('no trace');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByText('This cannot be searched for: trace.').waitFor();
      assert.deepEqual(complaints, []);
    });
  }

  for (const screen of screens) {
    it(`a person sees who tried to get into their account on a ${screen.name}`, { timeout: 120_000 }, async () => {
      const person = await newPerson(url);
      const page = await (await newContext(browser, screen)).newPage();
      await signInOn(page, url, person);
      await lockOut(person);
      await untilLogged(person, 'auth.lock-out');
      await page.reload();
      if (screen.width < 960) await goTo(page, 'Activity');
      const locked = page.getByRole('listitem').filter({ hasText: 'Sign-in locked for a while' });
      await locked.getByText('by somebody not signed in').waitFor();
      await locked.getByRole('button', { name: /^Verify/ }).click();
      await locked.getByText(/Proven: in the signed log/).waitFor();
      await lookerAt(page, screen.name)('activity-lock-out');
    });
  }

  for (const screen of [...screens, narrow]) {
    it(`an administrator sees an alert, reads its entries, acknowledges it and tries its rule on a ${screen.name}`, {
      timeout: 120_000,
    }, async () => {
      const person = await newPerson(url);
      await lockOut(person);
      await untilLogged(person, 'auth.lock-out');
      await waitFor('the alert is raised', async () =>
        (await call(url, 'GET', '/api/v1/alerts?state=open', { token: administrator.token })).text.includes(
          person.userId,
        ),
      );
      const page = await (await newContext(browser, screen)).newPage();
      const complaints = complaintsOf(page);
      const look = lookerAt(page, screen.name);

      await signInOn(page, url, administrator);
      await goTo(page, 'Alerts');
      await page.getByRole('navigation').getByText('open').waitFor({ state: 'attached' });
      const alert = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem').filter({ hasText: person.userId });
      await alert.getByText('Attempts were locked out').first().waitFor();
      await page.getByRole('list', { name: 'Rules' }).getByRole('listitem').first().waitFor();
      await look('alerts');

      await alert.getByRole('button', { name: /^№/ }).first().click();
      await page.getByRole('dialog').getByText('auth.lock-out').waitFor();
      await page
        .getByRole('dialog')
        .getByText(/Proven to be in the signed log/)
        .waitFor();
      await look('alert-entry');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await alert.getByLabel('Resolution').selectOption('Expected');
      await alert.getByRole('button', { name: /^Acknowledge/ }).click();
      await alert.waitFor({ state: 'detached' });
      await page.getByLabel('State').selectOption('Acknowledged');
      await alert.getByText(/^Expected,/).waitFor();

      const rule = page.locator('[data-rule="lock-out"]').filter({ has: page.locator('summary') });
      await rule.locator('summary').click();
      await rule.getByLabel('Times').first().fill('2');
      await rule.getByRole('button', { name: 'Save the rule' }).click();
      await rule.getByText(/^2 times in one hour/).waitFor();
      await rule.getByLabel('Times').first().fill('1');
      await rule.getByRole('button', { name: 'Save the rule' }).click();
      await rule.getByText(/^The first time in one hour/).waitFor();
      await rule.getByLabel('Times').last().fill('1');
      await rule.getByRole('button', { name: 'Try on the past' }).click();
      await rule.getByText(/alerts? from \d+ events/).waitFor();
      await rule.scrollIntoViewIfNeeded();
      await look('alert-rule');
      assert.deepEqual(complaints, []);
    });
  }
});
