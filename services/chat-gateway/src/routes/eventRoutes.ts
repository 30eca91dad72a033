import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { LiveStreams } from '../adapters/liveStreams.ts';

/** What happens to the person's tasks and bookings, as it happens, on all of their tabs (CHAT-4). */
export function eventRoutes({ streams }: { streams: Pick<LiveStreams, 'open'> }): Route[] {
  return [
    defineRoute({
      operation: 'streamEvents',
      method: 'GET',
      path: '/api/v1/events/stream',
      permission: 'task.own.read',
      raw: true,
      responses: { 200: z.string() },
      handler: async ({ user, res }) => streams.open(user, res),
    }),
  ];
}
