import type { Layer } from '../layer.ts';

const privateAddress =
  '(?:10\\.\\d{1,3}|127\\.\\d{1,3}|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.\\d{1,3}(?:\\.\\d{1,3})?|\\[(?:::1|f[cd][0-9a-f:]{2,40}|fe80[0-9a-f:]{2,40})\\]|localhost';
const failure =
  '(?:ECONN[A-Z]{3,10}|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|connect(?:ion)? (?:to|refused|reset|timed)|upstream|dial tcp|getaddrinfo|socket hang up)';

/**
 * What tells of our machines. A private address or a path alone may be part of a task ("reboot the router at 192.168.1.1"),
 * so each shape needs what only our own errors have beside it.
 */
const shapes: readonly { readonly reason: string; readonly pattern: RegExp }[] = [
  {
    reason: 'private-address',
    pattern: new RegExp(
      `${failure}[^\\n]{0,80}?(?:${privateAddress})|(?:${privateAddress}):\\d{2,5}[^\\n]{0,80}?${failure}`,
      'i',
    ),
  },
  {
    reason: 'private-address',
    pattern:
      /\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.svc\.cluster\.local\b|\bspiffe:\/\/|:\d{4,5}\/v1\.0\/(?:invoke|publish|secrets|metadata|state)\b/i,
  },
  {
    reason: 'stack-trace',
    pattern: /\n\s{1,8}at (?:[\w$.<>[\] ]{1,100} \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\n]{1,300}:\d{1,6}:\d{1,6}\)?/,
  },
  {
    reason: 'stack-trace',
    pattern:
      /Traceback \(most recent call last\)|\bgoroutine \d{1,6} \[|Exception in thread "|\n\s{1,8}at [\w$]{1,80}(?:\.[\w$]{1,80}){1,10}\([\w$]{1,80}\.java:\d{1,6}\)|\bPrisma(?:Client)?\w{0,30}Error\b|\bSQLSTATE\b|\bnode:internal\//,
  },
  {
    reason: 'file-path',
    pattern:
      /(?:\/[\w.@-]{1,80}){1,20}\.(?:m?[tj]sx?|go|java|py|rb|rs):\d{1,6}\b|\/(?:node_modules|\.dapr)\/|\/(?:var\/)?run\/secrets\/|\broot:x:0:0:|\b[A-Z]:\\(?:[\w .-]{1,80}\\){1,20}[\w.-]{1,80}\.(?:m?[tj]s|cs|py|java):?\d/,
  },
];

/** Blocks replies that tell of addresses, stack traces and files of the platform. */
export const internalLayer: Layer = {
  name: 'internal',
  directions: ['output'],
  judge: ({ text }) => {
    const found = shapes.find(({ pattern }) => pattern.test(text));
    return found ? { reason: found.reason, score: 0.9 } : null;
  },
};
