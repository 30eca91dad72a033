import { apiKeyPrefix } from '@todo-chatbot/contracts';
import type { Layer } from '../layer.ts';
import { encodedPieces } from '../reading/decode.ts';
import { foreignShape, knownTo, type Shape } from './known.ts';
import { visibleIn } from './visible.ts';

/** Keys that begin as their issuers document it, for this very purpose. */
const keysByIssuer: readonly string[] = [
  `${apiKeyPrefix}[0-9A-Za-z]{20,80}`,
  // Amazon
  '(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}',
  // Google
  'AIza[\\w-]{30,60}',
  'GOCSPX-[\\w-]{20,60}',
  'ya29\\.[\\w-]{20,300}',
  // GitHub, GitLab
  'gh[pousr]_[A-Za-z0-9]{30,255}',
  'github_pat_\\w{30,255}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\\w-]{16,100}',
  // OpenAI, Anthropic and their like
  'sk-(?:[a-z0-9]{2,10}-){0,3}(?=[a-z_]{0,60}\\d)\\w{16,200}[\\w-]{0,200}',
  'hf_[A-Za-z0-9]{30,60}',
  'r8_[A-Za-z0-9]{30,60}',
  'gsk_[A-Za-z0-9]{40,80}',
  // Slack, Discord, Telegram
  'xox[abeoprs]-[A-Za-z0-9-]{10,250}',
  'xapp-\\d-[A-Za-z0-9-]{20,250}',
  '\\d{8,10}:AA[\\w-]{33}',
  // Stripe, Square, Shopify, PayPal
  '[srp]k_(?:live|test)_[A-Za-z0-9]{16,120}',
  'whsec_[A-Za-z0-9+/]{20,80}',
  'sq0(?:atp|csp|idp)-[\\w-]{20,60}',
  'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}',
  // Packages, hosting, mail, observation
  'npm_[A-Za-z0-9]{30,60}',
  'pypi-[\\w-]{50,255}',
  'dckr_pat_[\\w-]{20,60}',
  'do[oprt]_v1_[a-f0-9]{40,80}',
  'dapi[a-f0-9]{32}',
  'hv[sbr]\\.[\\w-]{20,200}',
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}',
  'key-[0-9a-f]{32}',
  'lin_api_[A-Za-z0-9]{30,60}',
  'ntn_[A-Za-z0-9]{30,60}',
  'ATATT3[\\w=-]{50,255}',
  'glc_[A-Za-z0-9+/=]{30,255}',
  'NRAK-[A-Z0-9]{27}',
  'AGE-SECRET-KEY-1[0-9A-Z]{50,70}',
];

const nameOfSecret =
  '(?:api[ _-]?key|(?:secret|private|access|signing|master|encryption|account|shared[ _-]?access)[ _-]?key|(?:access|auth|refresh|session|bearer|id|csrf|api|bot)?[ _-]?token|(?:client|shared|app|webhook)?[ _-]?secret|passw(?:or)?d|passphrase|pwd|credentials?|passwort|kennwort|contrasena|contraseña|mot de passe|парол[ья]|密码|şifre|parola|पासवर्ड|كلمة المرور)';
/** A random value: letters and digits in one run of 12 and more. "password: ask Bob" is none, nor is a moment. */
const randomValue =
  '(?!\\d{4}-\\d{2}-\\d{2})(?=[^\\s\\d]{0,60}\\d)(?=[\\d+/_.=!@#$%^&*-]{0,60}[A-Za-z])[\\w+/.=!@#$%^&*-]{12,300}';

/** Shapes of credentials that no reply may hold. None begins inside a word, so that a long word is read once. */
const shapes: readonly Shape[] = [
  { reason: 'json-web-token', pattern: /(?<![\w.-])eyJ[\w-]{8,2000}\.[\w-]{8,4000}\.[\w-]{8,1000}/gi },
  {
    reason: 'bearer-token',
    pattern: /(?<!\w)(?:bearer|basic|dpop)\s{1,3}(?=[A-Za-z._~+/-]{0,60}[\d=])[\w.~+/-]{20,4000}/gi,
  },
  // The second is how the first begins in base64.
  {
    reason: 'private-key',
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY|LS0tLS1CRUdJTi[A-Za-z0-9+/]{20,40}|PuTTY-User-Key-File-\d/gi,
  },
  { reason: 'api-key', pattern: new RegExp(`(?<![\\w-])(?:${keysByIssuer.join('|')})(?!\\w)`, 'gi') },
  {
    reason: 'webhook',
    pattern:
      /hooks\.slack\.com\/services\/[\w/]{20,100}|discord(?:app)?\.com\/api\/webhooks\/\d{10,20}\/[\w-]{20,100}/gi,
  },
  // Who signs in stands before the host (RFC 3986, section 3.2.1).
  {
    reason: 'connection-string',
    pattern: /(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,100}:[^\s@/]{1,200}@[^\s/@"'“”…<>]{1,200}/gi,
  },
  {
    reason: 'connection-string',
    pattern:
      /(?<!\w)(?:AccountKey|SharedAccessKey|(?:user id|uid|username)=[^;\s]{1,60};\s?(?:password|pwd))=[^;\s"'“”…<>]{4,200}/gi,
  },
  {
    reason: 'cookie',
    pattern:
      /(?<!\w)(?:set-)?cookie:\s{0,2}[\w.-]{1,60}=[^\s;"'“”…<>]{8,4000}|(?<!\w)__(?:Host|Secure)-[\w.-]{1,60}=[^\s;"'“”…<>]{8,4000}/gi,
  },
  {
    reason: 'named-secret',
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}])${nameOfSecret}["'\`”]?\\s{0,2}(?:[=:]{1,2}>?|[|→]|\\bis\\b|lautet|ist|es|est)\\s{0,2}["'\`“]?${randomValue}`,
      'giu',
    ),
  },
];

/** Signs of emphasis and of code, and what adds strings. */
const markup = /["'`]\s{0,2}\+\s{0,2}["'`]|[*`~]/g;
/** Within a long word: where a narrow page or a program broke it. */
const brokenWord = /(?<=\w{16})\r?\n(?=\w{8})/g;
/** Letters one by one. */
const spelled = /(?<!\w)\w(?:([ .|,-])\w(?!\w))(?:\1\w(?!\w)){9,}/g;

/** The text as a page shows it, with words that are spelled out or broken in one piece. */
function withoutMarkup(text: string): string {
  return text
    .replace(markup, '')
    .replace(brokenWord, '')
    .replace(spelled, (run, separator: string) => run.replaceAll(separator, ''));
}

/** Blocks replies that hold a credential which the reader did not write, in the text or in what its encodings say. */
export const secretLayer: Layer = {
  name: 'secret',
  directions: ['output'],
  judge: (subject) => {
    const known = knownTo(subject);
    const decoded = subject.readings().filter(({ disguise }) => disguise === 'encoding');
    const { text: seen } = visibleIn(subject);
    for (const { text } of [{ text: seen }, { text: withoutMarkup(seen) }, ...encodedPieces(seen), ...decoded]) {
      const found = foreignShape(shapes, text, known);
      if (found) return { reason: found.reason, score: 1 };
    }
    return null;
  },
};
