import {
  type ChangeConsentsRequest,
  type ConsentAct,
  type ConsentPurpose,
  type ConsentState,
  consentPurposes,
} from '@todo-chatbot/contracts';

/** The last word of a person on each purpose; a purpose that is not there was never asked for. */
export type LatestConsents = ReadonlyMap<ConsentPurpose, { readonly act: ConsentAct; readonly noticeVersion: string }>;

/** A change of the ledger: one entry for each purpose. */
export interface ConsentChange {
  readonly given: readonly ConsentPurpose[];
  readonly withdrawn: readonly ConsentPurpose[];
}

/** Where a purpose stands. Versions of the notice are dates, and so is `countFrom`: an older consent does not count. */
export function consentStateOf(latest: LatestConsents, purpose: ConsentPurpose, countFrom: string): ConsentState {
  const entry = latest.get(purpose);
  if (!entry) return 'never';
  if (entry.act === 'withdrawn') return 'withdrawn';
  return entry.noticeVersion < countFrom ? 'outdated' : 'given';
}

/** The purposes that may be used, in the order of their table. */
export function purposesAgreedTo(latest: LatestConsents, countFrom: string): ConsentPurpose[] {
  return consentPurposes.filter((purpose) => consentStateOf(latest, purpose, countFrom) === 'given');
}

/** What of the wishes is news. To agree to a newer version is, and so is to withdraw an outdated consent. */
export function consentChangeOf(
  latest: LatestConsents,
  agrees: ChangeConsentsRequest['agrees'],
  noticeVersion: string,
): ConsentChange {
  const stands = (purpose: ConsentPurpose) => latest.get(purpose)?.act === 'given';
  return {
    given: consentPurposes.filter(
      (purpose) =>
        agrees[purpose] === true && !(stands(purpose) && latest.get(purpose)?.noticeVersion === noticeVersion),
    ),
    withdrawn: consentPurposes.filter((purpose) => agrees[purpose] === false && stands(purpose)),
  };
}
