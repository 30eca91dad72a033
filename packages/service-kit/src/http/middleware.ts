import type { IncomingHttpHeaders } from 'node:http';
import { json, type RequestHandler, raw } from 'express';
import helmet from 'helmet';
import { ProblemError } from '../problem.ts';

/** Headers for answers that are data: nothing may be framed, sniffed, run or cached. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}

/** Reads a JSON body of at most `limitBytes`; refuses any other content type with 415, and compressed bodies likewise. */
export function jsonBody(options: { readonly limitBytes: number }): RequestHandler {
  const parse = json({ limit: options.limitBytes, strict: true, inflate: false, type: 'application/json' });
  return (req, res, next) => {
    if (!hasBody(req.headers)) return next();
    if (req.is('application/json')) return parse(req, res, next);
    // daprd announces a body, in chunks, also where the caller sent none: only a byte that arrives is a body.
    readNothing(req, res, (error: unknown) => {
      req.body = undefined;
      next(error ? new ProblemError('request.unsupported-media-type') : undefined);
    });
  };
}

/** Fails when the body has a single byte. */
const readNothing = raw({ limit: 0, inflate: false, type: () => true });

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
