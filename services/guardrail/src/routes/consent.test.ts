import { after, before } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { consentSuite } from '@todo-chatbot/local-platform/testing';
import { type GuardrailService, startGuardrailService } from '../testing/guardrailService.ts';

let service: GuardrailService;
before(async () => {
  service = await startGuardrailService();
});
after(() => service.close());

consentSuite({
  service: () => service,
  purpose: 'assistant',
  uses: { judgeText: (as) => service.call({ as, body: { direction: 'input', text: 'add milk to my list' } }) },
  free: {
    sendGuardrailFeedback: (as) =>
      service.call({
        as,
        method: 'PUT',
        path: `/v1/decision-feedback/${newId('judgement')}`,
        body: { label: 'harmless' },
      }),
  },
});
