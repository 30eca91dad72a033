/** When a service was heard last, and how its silence since then was reported. */
export interface HeardService {
  readonly service: string;
  readonly lastSeen: Date;
  readonly reportedAs: 'service' | 'all' | null;
}

/** A silence to be reported. */
export interface Silence {
  /** The service, or `all`. */
  readonly group: string;
  readonly reportedAs: 'service' | 'all';
  readonly services: readonly HeardService[];
}

/** What we find when we look around. */
export interface Situation {
  /** Those that were not reported yet. */
  readonly silences: readonly Silence[];
  /** False when nobody was heard lately: then no single service can be judged. */
  readonly isWayOpen: boolean;
}

/**
 * Which silences are new. A service is silent when it was not heard for `silenceMs`, during all of which we listened and the way was
 * open. When nobody is heard, the way that all share is cut, by a fault or by somebody who wants the log blind: that is one silence
 * of the group `all`, and no service is accused until it is clear which of the two it is.
 */
export function judgeSilence(
  heard: readonly HeardService[],
  options: {
    readonly now: Date;
    /** Since when whatever comes would reach us. */
    readonly listeningSince: Date;
    /** Since when the way was open each time that we looked. */
    readonly wayOpenSince: Date;
    readonly silenceMs: number;
  },
): Situation {
  const { now, listeningSince, wayOpenSince, silenceMs } = options;
  const since = (...moments: readonly Date[]) => now.getTime() - Math.max(...moments.map((moment) => moment.getTime()));
  const sinceAnybody = since(listeningSince, ...heard.map(({ lastSeen }) => lastSeen));
  if (heard.length > 0 && sinceAnybody >= silenceMs) {
    const services = heard.filter(({ reportedAs }) => reportedAs === null);
    return { silences: services.length === 0 ? [] : [{ group: 'all', reportedAs: 'all', services }], isWayOpen: false };
  }
  // Services beat at different moments: when the way is cut, the first is overdue while the last was heard not long ago.
  if (sinceAnybody >= silenceMs / 2) return { silences: [], isWayOpen: false };
  const silences = heard
    .filter(({ lastSeen, reportedAs }) => {
      return reportedAs !== 'service' && since(lastSeen, listeningSince, wayOpenSince) >= silenceMs;
    })
    .map((service) => ({ group: service.service, reportedAs: 'service' as const, services: [service] }));
  return { silences, isWayOpen: true };
}
