import type { Task } from '@todo-chatbot/contracts';
import { understand } from '@todo-chatbot/language';
import {
  concludeTurn,
  needsTasks,
  type Outcome,
  type Plan,
  planSchema,
  planTurn,
  type Step,
} from '../../src/domain/dialogue.ts';
import { type DialogueState, dialogueStateSchema, initialState } from '../../src/domain/dialogueState.ts';
import { type Reply, renderReplies } from '../../src/domain/replies.ts';
import { doneTask, makeTask } from './fakeTasks.ts';

/** What one message led to. */
export interface Exchange {
  readonly plan: Plan;
  readonly replies: readonly Reply[];
  readonly templates: readonly string[];
  readonly text: string;
}

/** A conversation without any service: the pure dialogue over tasks in memory. */
export function memoryChat(startingTasks: readonly Task[] = []) {
  let tasks = [...startingTasks];
  let state: DialogueState = initialState;
  let now = new Date('2026-11-22T10:00:00.000Z');
  const timeZone = 'Europe/Berlin';

  function carryOut(step: Step): Outcome {
    switch (step.kind) {
      case 'say':
        return null;
      case 'create': {
        const created = makeTask({ title: step.title, listName: step.listName ?? 'Tasks', due: step.due });
        tasks.push(created);
        return { tasks: [created], gone: [] };
      }
      case 'complete': {
        const ids = new Set(step.tasks.map(({ id }) => id));
        tasks = tasks.map((task) => (ids.has(task.id) ? doneTask(task) : task));
        return { tasks: tasks.filter(({ id }) => ids.has(id)), gone: [] };
      }
      case 'delete': {
        const ids = new Set(step.tasks.map(({ id }) => id));
        tasks = tasks.filter(({ id }) => !ids.has(id));
        return { tasks: step.tasks, gone: [] };
      }
    }
  }

  return {
    say(text: string, { isSuspect = false } = {}): Exchange {
      const understood = understand(text, { now, timeZone });
      const known = needsTasks({ understood, state }) ? tasks : [];
      const plan = planSchema.parse(planTurn({ text, understood, state, tasks: known, now, timeZone, isSuspect }));
      const concluded = concludeTurn(state, plan, plan.steps.map(carryOut));
      state = dialogueStateSchema.parse(concluded.state);
      const { replies } = concluded;
      return {
        plan,
        replies,
        templates: replies.map(({ template }) => template),
        text: renderReplies(replies, { now, timeZone }, 8_000),
      };
    },
    waitMinutes(minutes: number) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    titles: (status?: Task['status']) =>
      tasks.filter((task) => !status || task.status === status).map(({ title }) => title),
    state: () => state,
  };
}
