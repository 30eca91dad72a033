import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:https';
import { log } from './log.ts';

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
 * read, or does not fit together because it is just being written, is told of and left until the next look: the old one goes on.
 */
export function followCertificate(options: {
  readonly server: Pick<Server, 'setSecureContext'>;
  readonly files: ServedCertificate;
  readonly served: ServedCertificate;
  readonly onFault: (error: unknown) => void;
  readonly pauseMs?: number;
}): { close(): void } {
  const { server, files, onFault, pauseMs = usualPauseMs } = options;
  let { served } = options;
  let isLooking = false;

  async function look(): Promise<void> {
    const found = await readCertificate(files);
    if (found.certificate === served.certificate && found.privateKey === served.privateKey) return;
    // OpenSSL takes an empty file for no certificate, and would serve none.
    if (!new X509Certificate(found.certificate).checkPrivateKey(createPrivateKey(found.privateKey))) {
      throw new Error('the key is not that of the certificate');
    }
    server.setSecureContext({ ...tlsOptions, cert: found.certificate, key: found.privateKey });
    served = found;
    log('info', 'a renewed certificate is served');
  }

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch(onFault)
      .finally(() => {
        isLooking = false;
      });
  }, pauseMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
}

/** TLS of the witness, with the first certificate and with every later one. */
export const tlsOptions = { minVersion: 'TLSv1.3' } as const;
