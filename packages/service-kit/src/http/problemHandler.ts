import { type ErrorCode, errorCodes, type Problem } from '@todo-chatbot/contracts';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { isDatabaseUnavailable } from '../database/unavailable.ts';
import type { Logger } from '../logging/logger.ts';
import { ProblemError } from '../problem.ts';
import { currentTraceId } from './requestContext.ts';

/** Longest path that is repeated in `instance`. */
const maxInstanceLength = 300;

/** The problem details of an error. */
export function toProblem(error: ProblemError, instance?: string): Problem {
  const traceId = currentTraceId();
  return {
    ...bareProblem(error.code),
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(instance === undefined ? {} : { instance: instance.slice(0, maxInstanceLength) }),
    ...(traceId === null ? {} : { traceId }),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    ...(error.errors === undefined ? {} : { errors: [...error.errors] }),
  };
}

/** Type, title, status and code alone. */
export function bareProblem(code: ErrorCode): Problem {
  const { status, title } = errorCodes[code];
  return { type: `urn:todo-chatbot:error:${code}`, title, status, code };
}

/** Sends problem details with the headers that belong to their status. */
export function sendProblem(res: Response, problem: Problem): void {
  if (problem.status === 401) res.setHeader('www-authenticate', challengeOf(problem.code));
  if (problem.status === 429 || problem.status === 503) {
    res.setHeader('retry-after', String(problem.retryAfterSeconds ?? 1));
  }
  res.setHeader('cache-control', 'no-store');
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** RFC 6750 section 3: a missing token gets no error code. RFC 9470 section 3 for step-up. */
function challengeOf(code: string): string {
  if (code === 'auth.step-up-required') return 'Bearer error="insufficient_user_authentication"';
  return code === 'auth.token-invalid' ? 'Bearer error="invalid_token"' : 'Bearer';
}

/** The one place where errors become answers; mount it last. */
export function problemHandler(options: { readonly logger: Logger }): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = asProblemError(error);
    if (problem.status >= 500) {
      options.logger.error({ err: error, code: problem.code, method: req.method }, 'a request failed');
    }
    if (res.headersSent) {
      // Half an answer must not look like a whole one.
      res.destroy();
      return;
    }
    sendProblem(res, toProblem(problem, req.path));
  };
}

/** Answers 404 problem details; mount it after the routes. */
export const notFoundHandler: RequestHandler = (_req, _res, next) => next(new ProblemError('resource.not-found'));

const httpErrorSchema = z.object({ type: z.string().optional(), status: z.int().min(400).max(499) });

/**
 * The problem that an error stands for: a database that cannot answer now is `upstream.unavailable`, a body that Express could not
 * read is the client's fault, anything unknown is `internal.error`.
 */
export function asProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDatabaseUnavailable(error)) return new ProblemError('upstream.unavailable', { cause: error });
  const http = httpErrorSchema.safeParse(error);
  if (!http.success) return new ProblemError('internal.error', { cause: error });
  switch (http.data.type) {
    case 'entity.parse.failed':
      return new ProblemError('request.malformed-json', { cause: error });
    case 'entity.too.large':
      return new ProblemError('request.too-large', { cause: error });
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new ProblemError('request.unsupported-media-type', { cause: error });
    default:
      return new ProblemError('request.invalid', { cause: error });
  }
}
