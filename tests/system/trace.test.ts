import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { newPerson } from '../support/client.ts';
import { waitFor } from '../support/waitFor.ts';

const spanSchema = z.object({
  traceId: z.string(),
  id: z.string(),
  parentId: z.string().optional(),
  name: z.string().default(''),
  kind: z.string().optional(),
  localEndpoint: z.object({ serviceName: z.string() }).partial().default({}),
  tags: z.record(z.string(), z.string()).default({}),
});
type Span = z.infer<typeof spanSchema>;

describe('One trace shows a message from the door to the audit log (OBS-1)', () => {
  let url = '';
  let zipkinUrl = '';
  before(async () => {
    const platform = await testPlatform();
    url = platform.url;
    zipkinUrl = (await platform.state()).zipkinUrl;
  });

  it('every hop from gateway to audit appears in the trace of one chat turn, and no span carries what was said', async () => {
    const person = await newPerson(url);
    const traceId = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    const answer = await person.call('POST', '/api/v1/chat/messages', {
      body: { text: 'add trace canarytext to my list' },
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    });
    assert.equal(answer.status, 200, answer.text);
    const wanted: [string, (span: Span) => boolean][] = [
      [
        'gateway: the chat route',
        (span) => span.localEndpoint.serviceName === 'chat-gateway' && span.kind === 'SERVER',
      ],
      ['guardrail: judgement', (span) => span.localEndpoint.serviceName === 'guardrail' && span.kind === 'SERVER'],
      ['task: creation', (span) => span.localEndpoint.serviceName === 'task' && span.kind === 'SERVER'],
      [
        'a sidecar on the way',
        (span) => /calllocal|invoke|\/v1\.0\/|method/i.test(span.name) && !/^(get|post)$/i.test(span.name),
      ],
      ['task: outbox', (span) => span.localEndpoint.serviceName === 'task' && span.name === 'outbox.publish'],
      [
        'gateway: live update',
        (span) => span.localEndpoint.serviceName === 'chat-gateway' && span.name.startsWith('consume task.'),
      ],
      ['audit: append', (span) => span.localEndpoint.serviceName === 'audit' && span.name.startsWith('consume audit.')],
    ];
    const spans = await waitFor(
      'all hops in the trace',
      async () => {
        const response = await fetch(new URL(`/api/v2/trace/${traceId}`, zipkinUrl));
        if (!response.ok) return undefined;
        const found = z.array(spanSchema).parse(await response.json());
        const missing = wanted.filter(([, matches]) => !found.some(matches)).map(([name]) => name);
        if (missing.length > 0)
          throw new Error(
            `missing: ${missing.join(', ')}; got ${found.map((span) => `${span.localEndpoint.serviceName}:${span.name}`).join(', ')}`,
          );
        return found;
      },
      { deadlineMs: 45_000, everyMs: 1_000 },
    );
    assert.ok(!JSON.stringify(spans).includes('canarytext'), 'no span carries the text (PRIV-6)');
  });
});
