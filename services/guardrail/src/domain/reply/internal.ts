import type { Layer } from '../layer.ts';
import { foreignShape, knownTo, type Shape } from './known.ts';
import { visibleIn } from './visible.ts';

const privateAddress =
  '(?:10\\.\\d{1,3}|127\\.\\d{1,3}|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.\\d{1,3}(?:\\.\\d{1,3})?|\\[(?:::1|f[cd][0-9a-f:]{2,40}|fe80[0-9a-f:]{2,40})\\]|localhost';
const failure =
  '(?:ECONN[A-Z]{3,10}|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_[A-Z_]{3,30}|connect(?:ion)? (?:to|refused|reset|timed)|upstream|dial tcp|getaddrinfo|socket hang up)';

/**
 * What tells of our machines. A private address or a path alone may be part of a task ("reboot the router at 192.168.1.1"),
 * so each shape needs what only our own errors have beside it.
 */
const shapes: readonly Shape[] = [
  {
    reason: 'private-address',
    pattern: new RegExp(
      `${failure}[^\\n]{0,80}?(?:${privateAddress})|(?:${privateAddress}):\\d{2,5}[^\\n]{0,80}?${failure}`,
      'gi',
    ),
  },
  {
    reason: 'private-address',
    pattern: /(?<![\w-])spiffe:\/\/|:\d{4,5}\/v1\.0\/(?:invoke|publish|secrets|metadata|state)\b|169\.254\.169\.254/gi,
  },
  {
    // Names within a cluster (Kubernetes) and within a cloud's network (ICANN's `.internal`).
    reason: 'internal-host',
    pattern:
      /(?<![\w.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:svc(?:\.cluster\.local)?|cluster\.local|pod\.cluster\.local|internal|intranet|corp|lan)(?![\w-]|\.\w)/gi,
  },
  {
    // Node
    reason: 'stack-trace',
    pattern:
      /(?:^|\n)\s{1,8}at (?:async )?(?:[\w$.<>[\] ]{1,100} \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\n]{1,300}:\d{1,6}:\d{1,6}\)?|\bnode:internal\/|Cannot read propert(?:y|ies) (?:of|'[\w$]{1,60}' of) (?:undefined|null)/g,
  },
  {
    // Java, Python, Go, .NET, Rust, Ruby, PHP
    reason: 'stack-trace',
    pattern:
      /(?:^|\n)\s{0,8}at [\w$]{1,80}(?:\.[\w$<>]{1,80}){1,10}\((?:[\w$]{1,80}\.(?:java|kt|scala):\d{1,6}|Native Method|Unknown Source)\)|Exception in thread "|\bjava\.(?:lang|util|io|net|sql)\.\w{1,60}(?:Exception|Error)\b|Traceback \(most recent call last\)|File "[^"\n]{1,200}", line \d{1,6}, in |\bgoroutine \d{1,6} \[|\bpanic: (?:runtime error|interface conversion)|(?:^|\n)\s{1,8}at [\w.`<>]{1,120}\([^)\n]{0,200}\) in [^\n]{1,200}:line \d{1,6}|thread '[\w-]{1,40}' panicked at|\.rb:\d{1,6}:in [`']|\bFatal error: [^\n]{1,200} on line \d{1,6}/g,
  },
  {
    // PostgreSQL, MySQL, Oracle, SQLite, SQL Server
    reason: 'database-error',
    pattern:
      /\bSQLSTATE\b|\bsyntax error at or near "|\bviolates (?:unique|foreign key|check|not-null|exclusion) constraint\b|\b(?:relation|column|role|database|schema) "[^"\n]{1,80}" (?:of relation "[^"\n]{1,80}" )?does not exist\b|\bpermission denied for (?:table|relation|schema|sequence|database|function)\b|\bpassword authentication failed for user\b|\b(?:no pg_hba\.conf entry|pg_hba\.conf rejects)\b|\bcanceling statement due to\b|\byou have an error in your sql syntax\b|\bunclosed quotation mark after\b|\bORA-\d{5}\b|\bSQLITE_(?:ERROR|CONSTRAINT|BUSY|CANTOPEN)\b/gi,
  },
  {
    // Dapr, Kafka, Prisma
    reason: 'platform-error',
    pattern:
      /\bERR_(?:DIRECT_INVOKE|PUBSUB|STATE|SECRET|INVOKE|ACTOR|BINDING|MODULE_NOT_FOUND)[A-Z_]{0,40}\b|\bdaprd?\.io\/|\bKafkaJS\w{1,40}|\b(?:LEADER_NOT_AVAILABLE|UNKNOWN_TOPIC_OR_PARTITION|NOT_LEADER_FOR_PARTITION|TOPIC_AUTHORIZATION_FAILED|GROUP_AUTHORIZATION_FAILED)\b|\bBroker transport failure\b|\bSASL [\w-]{1,30} authentication failed\b|\bPrisma(?:Client)?\w{0,30}Error\b|\bInvalid `?prisma\.\w{1,60}\.\w{1,60}\(|\bCan't reach database server at\b/g,
  },
  {
    reason: 'file-path',
    pattern:
      /(?<![\w/.@-])(?:\/[\w.@-]{1,80}){1,20}\.(?:m?[tj]sx?|go|java|py|rb|rs|php):\d{1,6}\b|\/(?:node_modules|\.dapr|\.ssh|\.aws|\.kube)\/|\/(?:var\/)?run\/secrets\/|\/usr\/src\/app\/|\/proc\/(?:self|\d{1,7})\/|\/var\/lib\/(?:postgresql|kafka|docker|kubelet)\b|\broot:x:0:0:|\b[A-Z]:\\(?:[\w .-]{1,80}\\){1,20}[\w.-]{1,80}\.(?:m?[tj]s|cs|py|java):?\d/g,
  },
  {
    // Variables of a process as `env` prints them.
    reason: 'environment',
    pattern:
      /(?<!\w)[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){0,4}_(?:TOKEN|KEY|SECRET|PASSWORD|HOST|PORT|URL|URI|DSN|BROKERS|FILE)=[^\s=]/g,
  },
];

/** Blocks replies that tell of addresses, errors and files of the platform, unless the reader wrote it. */
export const internalLayer: Layer = {
  name: 'internal',
  directions: ['output'],
  judge: (subject) => {
    const found = foreignShape(shapes, visibleIn(subject).text, knownTo(subject));
    return found ? { reason: found.reason, score: 0.9 } : null;
  },
};
