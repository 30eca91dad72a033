import { after, before } from 'node:test';
import { erasureSuite, type Person } from '@todo-chatbot/local-platform/testing';
import { newKey, startTaskService, type TaskService } from '../testing/taskService.ts';

let service: TaskService;
before(async () => {
  service = await startTaskService();
});
after(() => service.close());

async function fill(as: Person): Promise<void> {
  for (const listName of ['errands', 'home', 'home']) {
    await service.call({ method: 'POST', path: '/v1/tasks', as, key: newKey(), body: { title: 'milk', listName } });
  }
}

erasureSuite({
  service: 'task',
  tables: { tasks: 'tasks', lists: 'lists' },
  holder: () => ({
    ownerPool: service.database.ownerPool,
    newPerson: () => service.signIn(),
    fill,
    deliver: service.deliver,
    eventsAbout: service.outbox,
  }),
});
