import { sessionsSchema } from '@todo-chatbot/contracts';
import { fetchJson } from '../api/client.ts';

/** Cache key of the account's sessions. */
export const sessionsKey = ['sessions'] as const;

/** Live sessions, the last used first. */
export const loadSessions = async () => (await fetchJson(sessionsSchema, 'GET', '/auth/sessions')).items;

const browsers = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Headless)?Chrom(?:e|ium)\/|\bCriOS\//],
  ['Safari', /\bSafari\//],
] as const;
const systems = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** A client by the name that people know it by: "Firefox on Linux". What it calls itself may be anything, so it is shown as text only. */
export function clientName(userAgent: string | null): string {
  if (userAgent === null) return 'Unknown client';
  const find = (names: readonly (readonly [string, RegExp])[]) => names.find(([, sign]) => sign.test(userAgent))?.[0];
  const browser = find(browsers);
  const system = find(systems);
  if (browser === undefined) return userAgent.slice(0, 60);
  return system === undefined ? browser : `${browser} on ${system}`;
}
