import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readServerSentEvents, type ServerSentEvent } from '../src/api/serverSentEvents.ts';

async function* cut(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (const length of lengths) {
    yield bytes.slice(offset, offset + length);
    offset += length;
  }
  yield bytes.slice(offset);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(chunks)) events.push(event);
  return events;
}

describe('Server-sent events', () => {
  it('gives the same events wherever the stream is cut, also inside a character', async () => {
    const text =
      ': beat\n\nevent: delta\ndata: {"text":"Grüße 🎉"}\n\ndata: a\ndata: b\n\nevent: done\r\ndata: {}\r\n\r\n';
    const bytes = new TextEncoder().encode(text);
    const whole = [
      { name: 'delta', data: '{"text":"Grüße 🎉"}' },
      { name: 'message', data: 'a\nb' },
      { name: 'done', data: '{}' },
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }), async (lengths) => {
        assert.deepEqual(await collect(cut(bytes, lengths)), whole);
      }),
    );
  });

  it('ends a stream whose event never ends', async () => {
    async function* endless() {
      const chunk = new TextEncoder().encode(`data: ${'x'.repeat(100_000)}`);
      for (let n = 0; n < 50; n += 1) yield chunk;
    }
    await assert.rejects(collect(endless()), /too long/);
  });
});
