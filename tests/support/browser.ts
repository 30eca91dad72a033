import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { repositoryRoot } from './command.ts';

/** Chromium of the system's package manager; `CHROMIUM_PATH` names another one. */
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** No request leaves the machine: neither updates nor look-ups of the browser's own. */
const chromiumArguments = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

interface Screen {
  readonly name: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

/** The screens on which each page is looked at. */
export const screens: readonly Screen[] = [
  { name: 'desktop', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'phone', width: 390, height: 844, colorScheme: 'dark' },
];

const pictures = `${repositoryRoot}test-results`;
const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A real browser. */
export async function startBrowser(): Promise<Browser> {
  assert.ok(
    existsSync(executablePath),
    `There is no Chromium at ${executablePath}: install it (Debian: apt-get install chromium) or name yours in CHROMIUM_PATH.`,
  );
  await mkdir(pictures, { recursive: true });
  return chromium.launch({ executablePath, args: chromiumArguments });
}

/** A browser with nothing in it, on a screen. */
export function newContext(browser: Browser, { width, height, colorScheme }: Screen): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width, height }, colorScheme, timezoneId: 'Europe/Berlin' });
}

/** What the page's console and its policy complain about, as it grows. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The page asks who is signed in before anybody is, and for legal holds where there are none: the browser reports those answers as errors.
    const isExpected = /status of 401/.test(message.text()) || /\/admin\/holds\/[^/]+$/.test(message.location().url);
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

/** Keeps a picture of the page under `test-results/`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${pictures}/${name}.png` });
}

/** No serious accessibility fault by axe-core; evaluated through the debugger, since the page's policy allows no foreign script. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(await readFile(axeSource, 'utf8'));
  const violations = await page.evaluate(
    `axe.run({ resultTypes: ['violations'] }).then((found) => found.violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => one.id + ': ' + one.nodes.map((node) => node.html).slice(0, 3).join(' | ')))`,
  );
  assert.deepEqual(violations, [], what);
}

/** Nothing is wider than the screen. */
export async function assertFits(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  assert.equal(overflow, 0, `${what}: nothing is wider than the screen`);
}

/** Looks at a page as it is now: takes its picture, and holds it against axe's rules and the width of its screen. */
export function lookerAt(page: Page, place: string): (what: string) => Promise<void> {
  return async (what) => {
    await takePicture(page, `${place}-${what}`);
    await assertAccessible(page, `${place} ${what}`);
    await assertFits(page, `${place} ${what}`);
  };
}

/** Signs somebody in who needs no second factor, as far as the sections of the app. */
export async function signInOn(
  page: Page,
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
  await page.getByRole('navigation', { name: 'Sections' }).waitFor();
}

/** Reads the privacy notice before the first message, and agrees to the purposes with these titles. */
export async function agreeOn(page: Page, titles: readonly string[] = ['Assistant']): Promise<void> {
  const request = page.getByRole('region', { name: 'Your privacy' });
  for (const title of titles) await request.getByLabel(title).check();
  await request.getByRole('button', { name: 'Agree to what is ticked' }).click();
  await request.waitFor({ state: 'detached' });
}
