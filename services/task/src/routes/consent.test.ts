import { after, before } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { consentSuite } from '@todo-chatbot/local-platform/testing';
import { newKey, startTaskService, type TaskService } from '../testing/taskService.ts';

let service: TaskService;
before(async () => {
  service = await startTaskService();
});
after(() => service.close());

consentSuite({
  service: () => service,
  purpose: 'assistant',
  uses: {
    createTask: (as) =>
      service.call({ method: 'POST', path: '/v1/tasks', as, key: newKey(), body: { title: 'milk', due: null } }),
    changeTask: (as) =>
      service.call({ method: 'PATCH', path: `/v1/tasks/${newId('task')}`, as, body: { status: 'done' } }),
  },
  free: {
    listTasks: (as) => service.call({ method: 'GET', path: '/v1/tasks', as }),
    deleteTask: (as) => service.call({ method: 'DELETE', path: `/v1/tasks/${newId('task')}`, as }),
  },
});
