import { z } from 'zod';
import { type ApiServer, resourcesOf } from './apiServer.ts';
import { permissions } from './permissions.ts';
import { namespace } from './renderOverlay.ts';

/** Questions under way at a time: enough to keep the API server busy, and few enough that others are served. */
const parallelQuestions = 16;

const everydayVerbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/** Verbs by which somebody becomes somebody else or hands out rights; few resources have them, so they are asked of these. */
const powers: Readonly<Record<string, readonly string[]>> = {
  serviceaccounts: ['impersonate'],
  users: ['impersonate'],
  groups: ['impersonate'],
  'roles.rbac.authorization.k8s.io': ['bind', 'escalate'],
  'clusterroles.rbac.authorization.k8s.io': ['bind', 'escalate'],
  'signers.certificates.k8s.io': ['approve', 'sign'],
};
/** Everybody who is signed in may ask these of the API server: what they may do themselves, and who they are. */
const everybodyMayCreate = new Set([
  'selfsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectrulesreviews.authorization.k8s.io',
  'selfsubjectreviews.authentication.k8s.io',
]);
const paths = ['/metrics', '/logs', '/debug/pprof', '/configz'];

interface Question {
  readonly account: string;
  readonly verb: string;
  /** With its group and sub-resource: `deployments.apps/scale`. */
  readonly resource: string;
  readonly name?: string;
  /** Empty for what belongs to the whole cluster. */
  readonly namespace: string;
}

/** Answers that are not those of the table, a sentence each, and how many questions were asked. */
export async function askPermissions(
  api: ApiServer,
): Promise<{ readonly faults: readonly string[]; readonly asked: number }> {
  const questions = await questionsFor(api);
  const faults: string[] = [];
  const waiting = questions.values();
  const worker = async () => {
    for (const question of waiting) {
      const allowed = await mayDo(api, question);
      if (allowed === isWanted(question)) continue;
      const { account, verb, resource, name = '*', namespace: where } = question;
      const subject = `${account} ${allowed ? 'may' : 'may not'} ${verb} ${resource} ${name}`;
      faults.push(where === '' ? subject : `${subject} in ${where}`);
    }
  };
  await Promise.all(Array.from({ length: parallelQuestions }, worker));
  for (const account of Object.keys(permissions)) {
    for (const path of paths) if (await mayRead(api, account, path)) faults.push(`${account} may get ${path}`);
  }
  return { faults: faults.sort(), asked: questions.length + Object.keys(permissions).length * paths.length };
}

async function questionsFor(api: ApiServer): Promise<readonly Question[]> {
  const resources = await resourcesOf(api);
  const known = new Map(
    resources.map(({ groupVersion, name, namespaced }) => [resourceName(groupVersion, name), namespaced]),
  );
  const secrets = [...new Set(Object.values(permissions).flatMap((list) => list.map(({ name }) => name)))];
  return Object.keys(permissions).flatMap((account) => [
    ...[...known].flatMap(([resource, namespaced]) =>
      everydayVerbs
        .filter((verb) => !(verb === 'create' && everybodyMayCreate.has(resource)))
        .map((verb) => ({ account, verb, resource, namespace: namespaced ? namespace : '' })),
    ),
    ...Object.entries(powers).flatMap(([resource, verbs]) =>
      verbs.map((verb) => ({ account, verb, resource, namespace: '' })),
    ),
    // Each one's secrets are asked of everybody, with every verb; and anybody's in other namespaces.
    ...secrets.flatMap((name) =>
      everydayVerbs.map((verb) => ({ account, verb, resource: 'secrets', name, namespace })),
    ),
    ...['kube-system', 'dapr-system', 'default', ''].flatMap((elsewhere) =>
      ['get', 'list'].map((verb) => ({ account, verb, resource: 'secrets', namespace: elsewhere })),
    ),
  ]);
}

/** `deployments.apps/scale` from `apps/v1` and `deployments/scale`. */
function resourceName(groupVersion: string, name: string): string {
  const [resource = '', part] = name.split('/');
  const group = groupVersion.includes('/') ? `.${groupVersion.split('/')[0]}` : '';
  return `${resource}${group}${part === undefined ? '' : `/${part}`}`;
}

function isWanted(question: Question): boolean {
  return (permissions[question.account] ?? []).some(
    ({ verb, resource, name }) =>
      question.namespace === namespace &&
      question.verb === verb &&
      question.resource === resource &&
      question.name === name,
  );
}

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean(), evaluationError: z.string().optional() }) });

async function mayDo(api: ApiServer, { account, verb, resource, name, namespace: where }: Question): Promise<boolean> {
  const [full = '', subresource] = resource.split('/');
  const [plural = '', ...group] = full.split('.');
  return await review(api, account, {
    resourceAttributes: { verb, resource: plural, group: group.join('.'), subresource, name, namespace: where },
  });
}

async function mayRead(api: ApiServer, account: string, path: string): Promise<boolean> {
  return await review(api, account, { nonResourceAttributes: { verb: 'get', path } });
}

async function review(api: ApiServer, account: string, question: object): Promise<boolean> {
  const { status, reason, body } = await api.send('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user: `system:serviceaccount:${namespace}:${account}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
      ...question,
    },
  });
  if (status !== 201) throw new Error(`The API server did not answer what ${account} may do: ${reason}`);
  return reviewSchema.parse(body).status.allowed;
}
