import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import type { Browser, Page } from 'playwright-core';
import {
  assertAccessible,
  complaintsOf,
  lookerAt,
  newContext,
  screens,
  startBrowser,
  takePicture,
} from '../support/browser.ts';
import { uniqueEmail } from '../support/client.ts';
import { totpCode } from '../support/totp.ts';

const password = 'Browser-Pass-1';
const newPassword = 'Browser-Pass-2';

describe('An account in a real browser (AUTH-4, AUTH-8, AUTH-9, AUTH-12)', () => {
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
    it(`authenticator app, passkey, sessions and API keys on a ${screen.name}`, { timeout: 180_000 }, async () => {
      const context = await newContext(browser, screen);
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      await addAuthenticator(page);
      const email = uniqueEmail('account');
      const look = lookerAt(page, `${screen.name}-account`);

      await page.goto(url);
      await register(page, email);
      const elsewhere = await (await newContext(browser, screen)).newPage();
      await elsewhere.goto(url);
      await typePassword(elsewhere, email);
      await elsewhere.getByLabel('Message').waitFor();

      await openAccount(page);
      await look('new');
      const secret = await enrolTotp(page, look);
      await signOut(page);
      await typePassword(page, email);
      await page.getByLabel('Code of your authenticator app').waitFor();
      await look('second-factor');
      await page.getByLabel('Code of your authenticator app').fill('000000');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('alert').waitFor();
      // The code of the step that is under way was taken at the enrolment: no code is taken twice (AUTH-8).
      await page.getByLabel('Code of your authenticator app').fill(totpCode(secret, 1));
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByLabel('Message').waitFor();

      await openAccount(page);
      await page.getByLabel('Name of the passkey').fill('my laptop');
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await rowOf(page, 'Passkeys', 'my laptop').waitFor();
      await look('passkey');
      await signOut(page);
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await page.getByLabel('Message').waitFor();

      await openAccount(page);
      const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
      await sessions.nth(1).waitFor();
      assert.equal(await sessions.count(), 2, 'the sessions that signed out are gone');
      await page.getByRole('button', { name: 'End all other sessions' }).click();
      await page.getByText('All other sessions have ended.').waitFor();
      await page.waitForFunction(`document.querySelectorAll('[aria-label="Sessions"] > li').length === 1`);
      // The other browser learns of it at its next request.
      await elsewhere.getByRole('navigation').getByRole('button', { name: 'Account' }).click();
      await elsewhere.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();

      await createApiKey(page, look);
      await page.getByRole('button', { name: 'Revoke' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
      await rowOf(page, 'API keys', 'calendar').waitFor({ state: 'detached' });

      await page.getByLabel('Current password').fill(password);
      await page.getByLabel('New password').fill('Aa1'.repeat(30));
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByText(/too long/).waitFor();
      await page.getByLabel('New password').fill(newPassword);
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByText('Your password is changed').waitFor();

      await page.getByRole('button', { name: 'End every session' }).click();
      await look('dialog');
      // A key that is held down on the button must not confirm what it has just asked for.
      await page.getByRole('dialog').locator('button:focus', { hasText: 'Cancel' }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'End every session' }).click();
      await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
      assert.deepEqual(complaints, [], 'no policy violation and no error in the console');
      await elsewhere.context().close();
      await context.close();
    });

    it(`pages of mailed links hide their token on a ${screen.name} (AUTH-13)`, { timeout: 60_000 }, async () => {
      const context = await newContext(browser, screen);
      const page = await context.newPage();
      const token = `used${'A'.repeat(39)}`;
      for (const [path, action] of [
        ['/account/confirm-email', 'Confirm this address'],
        ['/account/reset-password', 'Set this password'],
      ] as const) {
        await page.goto(new URL(`${path}#token=${token}`, url).href);
        await page.getByRole('button', { name: action }).waitFor();
        assert.equal(page.url(), new URL(path, url).href, 'the token is out of the address bar');
        await takePicture(page, `${screen.name}-account${path.replaceAll('/', '-')}`);
        await assertAccessible(page, `${screen.name} ${path}`);
        const field = page.getByLabel('New password', { exact: true });
        if (path.endsWith('reset-password')) await field.and(page.locator('input')).fill(newPassword);
        await page.getByRole('button', { name: action }).click();
        await page.getByText(/has been used or has expired/).waitFor();
      }
      await page.goto(new URL('/account/confirm-email', url).href);
      await page.getByText(/not whole/).waitFor();

      await page.goto(url);
      await page.getByRole('button', { name: 'Forgot password?' }).click();
      await page.getByLabel('E-mail').fill(uniqueEmail('nobody'));
      await page.getByRole('button', { name: 'Send me a link' }).click();
      await page.getByText(/If there is an account/).waitFor();
      await takePicture(page, `${screen.name}-account-forgotten`);
      await assertAccessible(page, `${screen.name} forgotten password`);
      await context.close();
    });
  }
});

/** A platform authenticator that always says yes, as a laptop's fingerprint reader with its owner's finger on it. */
async function addAuthenticator(page: Page): Promise<void> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('WebAuthn.enable');
  await debug.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const rowOf = (page: Page, list: string, text: string) =>
  page.getByRole('list', { name: list }).getByRole('listitem').filter({ hasText: text });

async function register(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByLabel('Your name').fill('Ada Account');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.getByLabel('Message').waitFor();
}

async function typePassword(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
}

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Account' }).click();
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await rowOf(page, 'Sessions', 'This session').waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
}

/** Turns the authenticator app on; gives back its secret. */
async function enrolTotp(page: Page, look: (what: string) => Promise<void>): Promise<string> {
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  await page.getByText('I cannot scan it').click();
  const secret = String(await page.locator('.secret code').textContent()).replaceAll(/\s/g, '');
  await page.getByRole('img', { name: /QR code/ }).scrollIntoViewIfNeeded();
  await look('enrolment');
  await page.getByLabel('Code of the app').fill(totpCode(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  const codes = page.getByRole('dialog').getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  assert.equal(await codes.count(), 10);
  await look('recovery-codes');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText(/In use since/).waitFor();
  return secret;
}

async function createApiKey(page: Page, look: (what: string) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'New API key' }).click();
  await page.getByLabel('Name of the key').fill('calendar');
  await page.getByRole('button', { name: 'Create the key' }).click();
  await page.getByText(/Choose at least one thing/).waitFor();
  await page.getByLabel('Read my tasks').check();
  await look('new-key');
  await page.getByRole('button', { name: 'Create the key' }).click();
  await page
    .getByRole('dialog')
    .getByText(/^tcb_[\w-]{49}$/)
    .waitFor();
  await look('key');
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await rowOf(page, 'API keys', 'calendar').waitFor();
}
