import { readFile } from 'node:fs/promises';
import type { Server } from 'node:https';
import { log, problemOf } from './log.ts';

/** A certificate and its private key, both PEM. */
export interface ServedCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Reads both files. They may be one. */
export async function readCertificate(files: ServedCertificate): Promise<ServedCertificate> {
  return {
    certificate: await readFile(files.certificate, 'utf8'),
    privateKey: await readFile(files.privateKey, 'utf8'),
  };
}

/** In milliseconds: a renewed certificate has days until the old one ends, and a look costs nothing. */
const usualPauseMs = 60_000;

/**
 * Looks at the files (`files` has their paths) again and again, and serves what is new in them to connections from then on. What cannot be
 * read, or does not fit together because it is just being written, is left until the next look: the old one goes on.
 */
export function followCertificate(options: {
  readonly server: Pick<Server, 'setSecureContext'>;
  readonly files: ServedCertificate;
  readonly served: ServedCertificate;
  readonly pauseMs?: number;
}): { close(): void } {
  const { server, files, pauseMs = usualPauseMs } = options;
  let { served } = options;
  let isLooking = false;

  async function look(): Promise<void> {
    const found = await readCertificate(files);
    if (found.certificate === served.certificate && found.privateKey === served.privateKey) return;
    server.setSecureContext({ ...tlsOptions, cert: found.certificate, key: found.privateKey });
    served = found;
    log('info', 'a renewed certificate is served');
  }

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error: unknown) => log('warn', 'the certificate could not be renewed', { problem: problemOf(error) }))
      .finally(() => {
        isLooking = false;
      });
  }, pauseMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
}

/** TLS of the witness, with the first certificate and with every later one. */
export const tlsOptions = { minVersion: 'TLSv1.3' } as const;
