import { Agent, type RequestOptions, request } from 'node:https';
import { encodeAddCheckpoint, parseTreeSize, treeSizeContentType } from '@todo-chatbot/transparency-log';
import type { Witness, WitnessAnswer } from '../ports/witness.ts';

/** A witness answers in milliseconds. Two of these fit into the time that PostgreSQL gives a transaction that does nothing. */
const timeoutMs = 2_000;
/** Signature lines of a few hundred bytes. */
const maxAnswerBytes = 16 * 1024;

interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** A witness over HTTPS. Its certificate has to come from the authority given (PEM); what it says is signed besides. */
export function createHttpWitness({ url, ca }: { readonly url: string; readonly ca: string }): Witness {
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 1, minVersion: 'TLSv1.3' });
  const target = new URL('add-checkpoint', url.endsWith('/') ? url : `${url}/`);
  return {
    async addCheckpoint(checkpoint) {
      const headers = { 'content-type': 'text/plain; charset=utf-8' };
      const body = encodeAddCheckpoint(checkpoint);
      return asWitnessAnswer(await post(target, { agent, method: 'POST', headers }, body));
    },
    close: () => agent.destroy(),
  };
}

function asWitnessAnswer({ status, contentType, text }: HttpAnswer): WitnessAnswer {
  switch (status) {
    case 200:
      return { outcome: 'cosigned', lines: text };
    case 409: {
      const treeSize = contentType === treeSizeContentType ? parseTreeSize(text.replace(/\n$/, '')) : undefined;
      if (treeSize === undefined) throw new Error('the witness named no size');
      return { outcome: 'conflict', treeSize };
    }
    case 400:
    case 403:
    case 404:
    case 422:
      return { outcome: 'refused', status };
    default:
      throw new Error(`the witness answered with status ${status}`);
  }
}

function post(target: URL, options: RequestOptions, body: string): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request(target, { ...options, signal }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxAnswerBytes) sent.destroy(new Error('the answer of the witness is too large'));
        else chunks.push(chunk);
      });
      response.once('error', reject);
      response.once('end', () => {
        const { statusCode = 0, headers } = response;
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: statusCode, contentType: headers['content-type'] ?? '', text });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
