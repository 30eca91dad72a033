import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { InvokeRequest } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { createAuthService } from '../src/routes/account/authService.ts';

const resiliencyFile = new URL('../../../dapr-components/resiliency/chat-gateway.yaml', import.meta.url);

test('a password that waits for bcrypt is waited for: no change is called a failure while it is still being made (AUTH-5, MESH-6)', async () => {
  const waits: (number | undefined)[] = [];
  const auth = createAuthService({
    dapr: {
      async invoke<S extends z.ZodType>({ timeoutMs, responseSchema }: InvokeRequest & { responseSchema: S }) {
        waits.push(timeoutMs);
        return { status: 204, headers: new Headers(), body: responseSchema.parse(undefined) };
      },
    },
    tokens: { verify: () => assert.fail('nobody is verified here'), tokenOf: () => assert.fail('nobody is signed in') },
  });
  await auth.call({ method: 'PUT', path: '/v1/password', answer: z.undefined() });
  const sidecarSeconds = Number(/to-auth: (\d+)s/.exec(await readFile(resiliencyFile, 'utf8'))?.[1]);
  assert.ok(sidecarSeconds > 0);
  assert.ok((waits[0] ?? 0) > sidecarSeconds * 1000, 'the sidecar gives up first');
});
