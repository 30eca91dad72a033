import {
  type AppId,
  allRetentionRunsSchema,
  changeRetentionRequestSchema,
  type DueRows,
  type ExpiringClass,
  mostRetentionRuns,
  previewRetentionRequestSchema,
  type RetentionRun,
  retentionCoverage,
  retentionDueSchema,
  retentionItemOf,
  retentionParamsSchema,
  retentionPeriodSchema,
  retentionPeriodsSchema,
  retentionPreviewSchema,
  retentionRunsSchema,
  retentionServices,
} from '@todo-chatbot/contracts';
import {
  type Dapr,
  defineRoute,
  ProblemError,
  type RetentionJob,
  type Route,
  type SignedInUser,
} from '@todo-chatbot/service-kit';
import type { PersonTokens } from './personTokens.ts';

/** How long each class of data is kept, what a period would remove, and what the runs removed (PRIV-5). */
export function retentionRoutes({
  dapr,
  tokens,
  retention,
}: {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
  /** The gateway's own part: the conversations are its. */
  readonly retention: Pick<RetentionJob, 'due' | 'runs'>;
}): Route[] {
  const as = (user: SignedInUser, appId: AppId) => ({ appId, userToken: tokens.tokenOf(user) });

  async function periods(user: SignedInUser) {
    const request = { ...as(user, 'auth'), method: 'GET', path: '/v1/retention-periods' } as const;
    return (await dapr.invoke({ ...request, responseSchema: retentionPeriodsSchema })).body;
  }

  async function dueAt(user: SignedInUser, service: AppId, due: Due): Promise<readonly DueRows[]> {
    if (service === 'chat-gateway') return retention.due(due.class, due.days);
    const query = { class: due.class, days: String(due.days) };
    const request = { ...as(user, service), method: 'GET', path: '/v1/retention-due', query } as const;
    return (await dapr.invoke({ ...request, responseSchema: retentionDueSchema })).body.items;
  }

  async function runsAt(user: SignedInUser, service: AppId): Promise<readonly RetentionRun[]> {
    if (service === 'chat-gateway') return retention.runs();
    const request = { ...as(user, service), method: 'GET', path: '/v1/retention-runs' } as const;
    return (await dapr.invoke({ ...request, responseSchema: retentionRunsSchema })).body.items;
  }

  async function daysInForce(user: SignedInUser, retentionClass: ExpiringClass): Promise<number> {
    const period = (await periods(user)).items.find((one) => one.class === retentionClass);
    if (typeof period?.days !== 'number') throw new ProblemError('upstream.unavailable');
    return period.days;
  }

  return [
    defineRoute({
      operation: 'getRetention',
      method: 'GET',
      path: '/api/v1/retention',
      permission: 'configuration.read',
      responses: { 200: retentionPeriodsSchema },
      handler: async ({ user }) => ({ status: 200, body: await periods(user) }),
    }),
    defineRoute({
      operation: 'listRetentionRuns',
      method: 'GET',
      path: '/api/v1/retention/runs',
      permission: 'configuration.read',
      responses: { 200: allRetentionRunsSchema },
      handler: async ({ user }) => {
        const answers = await Promise.allSettled(retentionServices.map((service) => runsAt(user, service)));
        const runs = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
        const missing = retentionServices.filter((_, index) => answers[index]?.status === 'rejected');
        return { status: 200, body: { items: runs.sort(byNewest).slice(0, mostRetentionRuns), missing } };
      },
    }),
    defineRoute({
      operation: 'changeRetention',
      method: 'PUT',
      path: '/api/v1/retention/:class',
      permission: 'configuration.change',
      stepUp: true,
      request: { params: retentionParamsSchema, body: changeRetentionRequestSchema },
      responses: { 200: retentionPeriodSchema },
      handler: async ({ params, body: change, user }) => {
        const path = `/v1/retention/${retentionItemOf(params.class)}`;
        const request = { ...as(user, 'auth'), method: 'PUT', path, body: change } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: retentionPeriodSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'previewRetention',
      method: 'POST',
      path: '/api/v1/retention/:class/preview',
      permission: 'configuration.read',
      request: { params: retentionParamsSchema, body: previewRetentionRequestSchema },
      responses: { 200: retentionPreviewSchema },
      // Of every service or not at all: a preview that leaves one out would promise that less goes.
      handler: async ({ params, body, user }) => {
        const due = { class: params.class, days: body.days ?? (await daysInForce(user, params.class)) };
        const items = await Promise.all(
          retentionCoverage[due.class].map(async ({ service }) =>
            (await dueAt(user, service, due)).map((rows) => ({ service, ...rows })),
          ),
        );
        return { status: 200, body: { ...due, items: items.flat() } };
      },
    }),
  ];
}

interface Due {
  readonly class: ExpiringClass;
  readonly days: number;
}

function byNewest(a: RetentionRun, b: RetentionRun): number {
  return b.startedAt.localeCompare(a.startedAt) || b.id.localeCompare(a.id);
}
