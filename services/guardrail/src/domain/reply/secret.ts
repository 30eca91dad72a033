import type { Layer } from '../layer.ts';

/** Shapes of credentials that no reply may hold; issuers document the prefixes for this very purpose. */
const secrets: readonly { readonly reason: string; readonly pattern: RegExp }[] = [
  { reason: 'json-web-token', pattern: /\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,1000}/ },
  { reason: 'bearer-token', pattern: /\bbearer\s{1,3}(?=[A-Za-z._~+/-]{0,200}\d)[A-Za-z0-9._~+/-]{20,}/i },
  { reason: 'private-key', pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY-----/ },
  {
    reason: 'api-key',
    pattern:
      /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{30,}|\bsk-(?:[a-z]{2,10}-)?[A-Za-z0-9_-]{20,}|\b[srp]k_(?:live|test)_[A-Za-z0-9]{16,}|\bAIza[0-9A-Za-z_-]{30,}|\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bglpat-[A-Za-z0-9_-]{16,}|\bnpm_[A-Za-z0-9]{30,}|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\bhf_[A-Za-z0-9]{30,}|\bdop_v1_[a-f0-9]{40,}/,
  },
  {
    reason: 'connection-string',
    pattern:
      /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|kafka|mssql|https?|ftp):\/\/[^\s:@/]{1,100}:[^\s:@/]{1,200}@[^\s/]{1,200}/i,
  },
  {
    reason: 'named-secret',
    // Letters and digits in one run of 20: "password: ask Bob" is no secret.
    pattern:
      /\b(?:api[_-]?key|secret(?:[_-]?key)?|access[_-]?token|auth[_-]?token|client[_-]?secret|password|passwd|pwd)["']?\s{0,2}[=:]\s{0,2}["']?(?=[A-Za-z+/_.-]{0,100}\d)(?=[\d+/_.-]{0,100}[A-Za-z])[A-Za-z0-9+/_.-]{20,}/i,
  },
];

/** Blocks replies that hold a credential. */
export const secretLayer: Layer = {
  name: 'secret',
  directions: ['output'],
  judge: ({ text }) => {
    const found = secrets.find(({ pattern }) => pattern.test(text));
    return found ? { reason: found.reason, score: 1 } : null;
  },
};
