import { type AppId, privacyApps } from '@todo-chatbot/contracts';

/** Where an erasure stands. `held`: the account is closed, a legal hold keeps the data. */
export type ErasureState = 'held' | 'under-way' | 'complete';

/** Longest time that an erasure may be given until it is late, in hours: a month, as the GDPR has it (article 12(3)). */
export const maxErasureDeadlineHours = 720;

/** Who asked for it. */
export type ErasureRequester = 'person' | 'administrator';

/** Services whose receipts an erasure waits for. */
export const erasingServices = privacyApps;

/** A service that is up replies within seconds. */
const firstPauseMs = 15_000;
/** What is down for hours is asked again soon after it is back. */
const longestPauseMs = 10 * 60_000;

/** When services are asked again, after so many requests: the pause doubles each time. */
export function nextRequestAt(requests: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(firstPauseMs * 2 ** Math.max(0, requests - 1), longestPauseMs));
}

/** When an erasure that begins now is late. */
export function deadlineOf(now: Date, deadlineHours: number): Date {
  return new Date(now.getTime() + deadlineHours * 3_600_000);
}

/** The page that shows an erasure's progress. The secret is in the fragment, which no server and no log gets to see. */
export function erasureUrl(options: { readonly origin: string; readonly id: string; readonly token: string }): string {
  return `${options.origin}/erasure/${options.id}#token=${options.token}`;
}

/** True when every service has given its receipt. */
export function isErased(receipts: readonly { readonly service: AppId }[]): boolean {
  return servicesWithoutReceipt(receipts).length === 0;
}

/** Services whose receipt is missing. */
export function servicesWithoutReceipt(receipts: readonly { readonly service: AppId }[]): AppId[] {
  return erasingServices.filter((service) => !receipts.some((receipt) => receipt.service === service));
}
