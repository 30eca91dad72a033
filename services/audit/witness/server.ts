import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type ServedCertificate, tlsOptions } from './certificate.ts';
import type { Witness } from './witness.ts';

/** A request of ours has about 3 KB: 63 lines of proof and a note. */
const maxBodyBytes = 64 * 1024;
const maxHeaderBytes = 8 * 1024;
/** The log needs one; the rest is for people who look. */
const maxConnections = 64;
/** Requests of all connections together, those that one connection sends without waiting included. */
const maxRequestsUnderWay = 64;
const handshakeTimeoutMs = 5_000;
const headersTimeoutMs = 5_000;
/** For a whole request: at most 64 KB, over a local network. */
const requestTimeoutMs = 10_000;
/** How exact the two above are. */
const timeoutCheckMs = 1_000;
/** Longer than the minute after which a quiet log asks again. */
const keepAliveTimeoutMs = 75_000;

const text = 'text/plain; charset=utf-8';

/** A body that is not taken, and the status that says why. */
class BodyRefused extends Error {
  readonly status: 400 | 413;

  constructor(status: 400 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Speaks C2SP tlog-witness over TLS: `POST /add-checkpoint`, beside it `GET /checkpoint` with the last cosigned note and
 * `GET /healthz`. `onFailure` is told when the witness cannot go on.
 */
export function createWitnessServer(options: {
  readonly witness: Witness;
  readonly served: ServedCertificate;
  readonly onFailure: (error: unknown) => void;
}): Server {
  const { witness, served, onFailure } = options;
  let underWay = 0;
  const server = createServer(
    {
      cert: served.certificate,
      key: served.privateKey,
      ...tlsOptions,
      handshakeTimeout: handshakeTimeoutMs,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: timeoutCheckMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      maxHeaderSize: maxHeaderBytes,
    },
    (request, response) => {
      if (underWay >= maxRequestsUnderWay) return send(response, 503, 'too many requests at once\n');
      underWay += 1;
      response.once('close', () => {
        underWay -= 1;
      });
      respond(witness, request, response).catch((error: unknown) => {
        response.destroy();
        onFailure(error);
      });
    },
  );
  server.maxConnections = maxConnections;
  return server;
}

async function respond(witness: Witness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (`${request.method} ${request.url}`) {
    case 'POST /add-checkpoint':
      return await addCheckpoint(witness, request, response);
    case 'GET /checkpoint': {
      const note = witness.cosignedNote();
      return note === undefined ? send(response, 404, 'nothing has been cosigned yet\n') : send(response, 200, note);
    }
    case 'GET /healthz':
      return send(response, 200, 'ok\n');
    default:
      return send(response, 404, 'there is nothing here\n');
  }
}

async function addCheckpoint(witness: Witness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request).catch((error: unknown) => {
    if (error instanceof BodyRefused) return error;
    // Who hung up, or was cut off for being slow, gets no answer.
    return undefined;
  });
  if (body === undefined) return void response.destroy();
  if (body instanceof BodyRefused) return send(response, body.status, `${body.message}\n`);
  const answer = await witness.addCheckpoint(body);
  send(response, answer.status, answer.body, answer.contentType);
}

async function readBody(request: IncomingMessage): Promise<string> {
  // One that says so at once gets an answer; one that goes on and on is cut off below.
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) throw new TypeError('a body comes as bytes');
    size += chunk.length;
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new BodyRefused(400, 'the request is not UTF-8');
  }
}

function tooLarge(): BodyRefused {
  return new BodyRefused(413, 'the request is too large');
}

function send(response: ServerResponse, status: number, body: string, contentType = text): void {
  // After a body that was not read to its end the connection is of no use.
  const connection = response.req.complete ? {} : { connection: 'close' };
  response.writeHead(status, { 'content-type': contentType, 'x-content-type-options': 'nosniff', ...connection });
  response.end(body);
}
