import type { IncomingHttpHeaders } from 'node:http';
import { json, type RequestHandler } from 'express';
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
    if (!req.is('application/json')) return next(new ProblemError('request.unsupported-media-type'));
    parse(req, res, next);
  };
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
