import { randomBytes } from 'node:crypto';
import {
  type Account,
  type ApiKey,
  addPasskeyRequestSchema,
  apiKeyTextOf,
  type ConsentEntry,
  type ConsentPurpose,
  changeConsentsRequestSchema,
  changeEmailRequestSchema,
  changePasswordRequestSchema,
  confirmEmailRequestSchema,
  confirmTotpRequestSchema,
  consentPurposes,
  createApiKeyRequestSchema,
  loginCommandSchema,
  newId,
  passkeyLoginCommandSchema,
  type passkeySchema,
  refreshCommandSchema,
  registerRequestSchema,
  resetPasswordRequestSchema,
  resetRequestSchema,
  roleSchema,
  type SecondFactorProof,
  secondFactorCommandSchema,
  type sessionSchema,
  setRolesRequestSchema,
  stepUpRequestSchema,
  type TokenGrant,
  type User,
} from '@todo-chatbot/contracts';
import { noDenials } from '@todo-chatbot/local-platform/testing';
import { type InvokeRequest, ProblemError } from '@todo-chatbot/service-kit';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { createFakeErasures } from './fakeErasures.ts';

/** The one-time code that is wrong; every other one is right. */
export const wrongCode = '000000';

type Session = z.infer<typeof sessionSchema>;

/** Somebody with an account. */
interface Holder {
  account: Account;
  status: User['status'];
  hasTotp: boolean;
  enabledAt: string;
  codesLeft: number;
  /** Whoever is new has agreed to everything, so that tests of other things need not ask. */
  agrees: Set<ConsentPurpose>;
  consents: ConsentEntry[];
  passkeys: z.infer<typeof passkeySchema>[];
  apiKeys: ApiKey[];
  sessions: Map<string, Session>;
}

interface TokenRequest {
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: Account['roles'];
  readonly consents: readonly ConsentPurpose[];
  readonly authenticatedAt?: Date;
}

const now = () => new Date().toISOString();
/** The token of a mailed link is good unless it says that it was used. */
const follow = ({ token }: { token: string }) => {
  if (token.startsWith('used')) throw new ProblemError('auth.link-invalid');
};
const opaque = () => randomBytes(32).toString('base64url');

/** Stands for `auth`: keeps accounts and believes every proof but `wrong…` passwords and {@link wrongCode}. */
export function createFakeAuth(options: {
  readonly jwks: unknown;
  readonly tokenFor: (request: TokenRequest) => Promise<string>;
}) {
  const holders = new Map<string, Holder>();
  const erasures = createFakeErasures();
  const refreshTokens = new Map<string, { holder: Holder; sessionId: string }>();
  const tickets = new Map<string, Holder>();
  const endedSessions = new Set<string>();
  let proofAgeMs = 0;

  const find = (id: string): Holder => {
    const found = [...holders.values()].find(({ account }) => account.id === id);
    if (!found) throw new ProblemError('user.not-found');
    return found;
  };

  /** Whom the request's token stands for; somebody who never registered gets an account at first sight. */
  const ownerOf = (request: InvokeRequest): { holder: Holder; sessionId: string } => {
    if (request.userToken === undefined) throw new ProblemError('auth.token-missing');
    const claims = z
      .object({ sub: z.string(), sid: z.string(), roles: z.array(roleSchema) })
      .parse(decodeJwt(request.userToken));
    if (endedSessions.has(claims.sid)) throw new ProblemError('auth.token-invalid');
    const known = [...holders.values()].find(({ account }) => account.id === claims.sub);
    const holder = known ?? hold({ email: `${claims.sub}@example.com`, name: 'Somebody' }, claims.sub, claims.roles);
    return { holder, sessionId: claims.sid };
  };

  function hold(
    details: { email: string; name: string },
    id = newId('user'),
    roles: Account['roles'] = ['user'],
  ): Holder {
    const holder: Holder = {
      account: { ...details, id, emailVerified: false, roles, createdAt: now() },
      status: 'active',
      hasTotp: false,
      enabledAt: now(),
      codesLeft: 0,
      agrees: new Set(consentPurposes),
      consents: [],
      passkeys: [],
      apiKeys: [],
      sessions: new Map(),
    };
    holders.set(details.email, holder);
    return holder;
  }

  const contentOf = ({ account, agrees }: Holder, sessionId: string): TokenRequest => ({
    userId: account.id,
    sessionId,
    roles: account.roles,
    consents: [...agrees],
  });
  const consentsOf = ({ agrees, consents }: Holder) => ({
    purposes: consentPurposes.map((purpose) => ({ purpose, state: agrees.has(purpose) ? 'given' : 'never' })),
    history: consents,
  });
  const changeConsents = (holder: Holder, body: unknown) => {
    const { agrees, noticeVersion } = changeConsentsRequestSchema.parse(body);
    for (const purpose of consentPurposes) {
      if (agrees[purpose] === undefined) continue;
      if (agrees[purpose]) holder.agrees.add(purpose);
      else holder.agrees.delete(purpose);
      const act = agrees[purpose] ? 'given' : 'withdrawn';
      holder.consents.unshift({ purpose, act, noticeVersion, at: now() });
    }
    return consentsOf(holder);
  };

  async function grant(holder: Holder, sessionId: string): Promise<TokenGrant> {
    const { account } = holder;
    const refreshToken = `refresh-${newId('token')}`;
    refreshTokens.set(refreshToken, { holder, sessionId });
    const authenticatedAt = new Date(Date.now() - proofAgeMs);
    return {
      accessToken: await options.tokenFor({ ...contentOf(holder, sessionId), authenticatedAt }),
      expiresIn: 1_800,
      refreshToken,
      refreshExpiresIn: 604_800,
      sessionId,
      account,
    };
  }

  async function open(
    holder: Holder,
    methods: Session['methods'],
    deviceToken: string | undefined,
  ): Promise<TokenGrant> {
    const id = newId('session');
    const facts = { userAgent: 'Test browser', address: '203.0.113.0', isCurrent: false };
    holder.sessions.set(id, { id, createdAt: now(), lastUsedAt: now(), methods, ...facts });
    return { ...(await grant(holder, id)), deviceToken: deviceToken ?? opaque() };
  }

  const end = (holder: Holder, sessionId: string): boolean => {
    endedSessions.add(sessionId);
    return holder.sessions.delete(sessionId);
  };

  const ticketFor = (holder: Holder): string => {
    const ticket = opaque();
    tickets.set(ticket, holder);
    return ticket;
  };
  const redeem = (ticket: string): Holder => {
    const holder = tickets.get(ticket);
    tickets.delete(ticket);
    if (!holder) throw new ProblemError('auth.second-factor-invalid');
    return holder;
  };
  const check = (proof: SecondFactorProof) => {
    if (proof.method === 'totp' && proof.oneTimeCode === wrongCode)
      throw new ProblemError('auth.second-factor-invalid');
  };
  const assertionFor = (holder: Holder | null) => ({
    challenge: opaque(),
    rpId: 'localhost',
    userVerification: 'required',
    allowCredentials: (holder?.passkeys ?? []).map(({ id }) => ({ id, type: 'public-key' })),
  });
  const factorsOf = (holder: Holder) => {
    const methods = [
      ...(holder.hasTotp ? (['totp', 'recovery-code'] as const) : []),
      ...(holder.passkeys.length > 0 ? (['passkey'] as const) : []),
    ];
    const passkey = holder.passkeys.length === 0 ? null : { ticket: ticketFor(holder), options: assertionFor(holder) };
    return { methods, passkey };
  };
  const recoveryCodes = (holder: Holder) => {
    holder.codesLeft = 10;
    return { recoveryCodes: Array.from({ length: 10 }, (_, index) => `ABCDE-1234${index}`) };
  };
  const userOf = ({ account, status, hasTotp, passkeys }: Holder): User => ({
    ...account,
    status,
    hasSecondFactor: hasTotp || passkeys.length > 0,
  });

  async function signIn(request: InvokeRequest): Promise<unknown> {
    switch (`${request.method} ${request.path}`) {
      case 'POST /v1/register': {
        const { email, name } = registerRequestSchema.parse(request.body);
        if (holders.has(email)) throw new ProblemError('auth.email-taken');
        return hold({ email, name }).account;
      }
      case 'POST /v1/login': {
        const { email, password, deviceToken } = loginCommandSchema.parse(request.body);
        const holder = holders.get(email);
        if (!holder || password.startsWith('wrong')) throw new ProblemError('auth.invalid-credentials');
        const { methods, passkey } = factorsOf(holder);
        if (methods.length === 0) return open(holder, ['password'], deviceToken);
        return { ticket: ticketFor(holder), expiresIn: 300, methods, passkey };
      }
      case 'POST /v1/login/second-factor': {
        const { ticket, proof, deviceToken } = secondFactorCommandSchema.parse(request.body);
        check(proof);
        return open(redeem(ticket), ['password', proof.method], deviceToken);
      }
      case 'POST /v1/login/passkey/options':
        return { ticket: opaque(), options: assertionFor(null) };
      case 'POST /v1/login/passkey': {
        const { response, deviceToken } = passkeyLoginCommandSchema.parse(request.body);
        const holder = [...holders.values()].find(({ passkeys }) => passkeys.some(({ id }) => id === response.id));
        if (!holder) throw new ProblemError('auth.invalid-credentials');
        return open(holder, ['passkey'], deviceToken);
      }
      case 'POST /v1/refresh': {
        const { refreshToken } = refreshCommandSchema.parse(request.body);
        const session = refreshTokens.get(refreshToken);
        if (!session || endedSessions.has(session.sessionId)) throw new ProblemError('auth.refresh-invalid');
        refreshTokens.delete(refreshToken);
        return grant(session.holder, session.sessionId);
      }
      case 'POST /v1/email/confirm':
        return follow(confirmEmailRequestSchema.parse(request.body));
      case 'POST /v1/password/reset-request':
        return void resetRequestSchema.parse(request.body);
      case 'POST /v1/password/reset':
        return follow(resetPasswordRequestSchema.parse(request.body));
      default:
        return ownAccount(request);
    }
  }

  async function ownAccount(request: InvokeRequest): Promise<unknown> {
    const { holder, sessionId } = ownerOf(request);
    const id = request.path.split('/').at(-1) ?? '';
    switch (`${request.method} ${request.path.replace(/(sessions|api-keys)\/[^/]+$/, '$1/:id')}`) {
      case 'POST /v1/logout':
        end(holder, sessionId);
        return undefined;
      case 'GET /v1/account':
        return holder.account;
      case 'PUT /v1/password':
        if (changePasswordRequestSchema.parse(request.body).currentPassword.startsWith('wrong')) {
          throw new ProblemError('auth.password-wrong');
        }
        return undefined;
      case 'GET /v1/sessions':
        return {
          items: [...holder.sessions.values()].map((session) => ({ ...session, isCurrent: session.id === sessionId })),
        };
      case 'DELETE /v1/sessions':
        for (const other of holder.sessions.keys()) {
          if (request.query?.which === 'all' || other !== sessionId) end(holder, other);
        }
        return undefined;
      case 'DELETE /v1/sessions/:id':
        if (!end(holder, id)) throw new ProblemError('auth.session-not-found');
        return undefined;
      case 'POST /v1/step-up/options': {
        const { methods, passkey } = factorsOf(holder);
        return { methods: methods.length === 0 ? ['password'] : methods, passkey };
      }
      case 'POST /v1/step-up': {
        const { proof } = stepUpRequestSchema.parse(request.body);
        if (proof.method !== 'password') check(proof);
        else if (proof.password.startsWith('wrong')) throw new ProblemError('auth.password-wrong');
        const accessToken = await options.tokenFor(contentOf(holder, sessionId));
        return { accessToken, expiresIn: 1_800, sessionId };
      }
      case 'POST /v1/email/verification':
        return undefined;
      case 'POST /v1/email/change':
        return void changeEmailRequestSchema.parse(request.body);
      case 'GET /v1/consents':
        return consentsOf(holder);
      case 'PUT /v1/consents':
        return changeConsents(holder, request.body);
      case 'GET /v1/api-keys':
        return { items: holder.apiKeys };
      case 'POST /v1/api-keys': {
        const { name, scopes, expiresInDays } = createApiKeyRequestSchema.parse(request.body);
        const expiresAt = new Date(Date.now() + expiresInDays * 86_400_000).toISOString();
        const times = { createdAt: now(), expiresAt, lastUsedAt: null };
        const apiKey: ApiKey = { id: newId('apiKey'), name, scopes, hint: 'tcb_AbCdEfGh', ...times };
        holder.apiKeys.unshift(apiKey);
        return { apiKey, key: apiKeyTextOf(opaque()) };
      }
      case 'DELETE /v1/api-keys/:id':
        if (!holder.apiKeys.some((key) => key.id === id)) throw new ProblemError('auth.api-key-not-found');
        holder.apiKeys = holder.apiKeys.filter((key) => key.id !== id);
        return undefined;
      default:
        return factors(request, holder);
    }
  }

  function factors(request: InvokeRequest, holder: Holder): unknown {
    switch (`${request.method} ${request.path}`) {
      case 'GET /v1/factors': {
        const totp = holder.hasTotp ? { enabledAt: holder.enabledAt } : null;
        return { totp, recoveryCodesLeft: holder.codesLeft, passkeys: holder.passkeys };
      }
      case 'POST /v1/factors/totp': {
        if (holder.hasTotp) throw new ProblemError('auth.factor-exists');
        const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
        const label = encodeURIComponent(`Todo chatbot:${holder.account.email}`);
        return { secret, otpauthUri: `otpauth://totp/${label}?secret=${secret}&issuer=Todo%20chatbot` };
      }
      case 'POST /v1/factors/totp/confirm':
        check({ method: 'totp', ...confirmTotpRequestSchema.parse(request.body) });
        holder.hasTotp = true;
        holder.enabledAt = now();
        return recoveryCodes(holder);
      case 'DELETE /v1/factors/totp':
        if (!holder.hasTotp) throw new ProblemError('auth.factor-not-found');
        holder.hasTotp = false;
        return undefined;
      case 'POST /v1/factors/recovery-codes':
        return recoveryCodes(holder);
      case 'POST /v1/factors/passkey-options': {
        const { id, email, name } = holder.account;
        return {
          ticket: ticketFor(holder),
          options: {
            challenge: opaque(),
            rp: { id: 'localhost', name: 'Todo chatbot' },
            user: { id: Buffer.from(id).toString('base64url'), name: email, displayName: name },
            pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
            authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
            excludeCredentials: assertionFor(holder).allowCredentials,
          },
        };
      }
      case 'POST /v1/factors/passkeys': {
        const { name, response } = addPasskeyRequestSchema.parse(request.body);
        const passkey = { id: response.id, name, createdAt: now(), lastUsedAt: null, isBackedUp: false };
        holder.passkeys.push(passkey);
        return passkey;
      }
      default: {
        const id = request.path.split('/').at(-1);
        if (!holder.passkeys.some((passkey) => passkey.id === id)) throw new ProblemError('auth.factor-not-found');
        holder.passkeys = holder.passkeys.filter((passkey) => passkey.id !== id);
        return undefined;
      }
    }
  }

  function people(request: InvokeRequest): unknown {
    ownerOf(request);
    const [id, act] = request.path.split('/').slice(3).reverse();
    if (id === undefined) {
      const wanted = request.query?.email;
      const items = [...holders.values()].map(userOf).filter(({ email }) => wanted === undefined || email === wanted);
      return { items, nextCursor: null };
    }
    const holder = find(id);
    if (request.method === 'DELETE') {
      holders.delete(holder.account.email);
      return undefined;
    }
    if (act === 'roles') {
      const { roles } = setRolesRequestSchema.parse(request.body);
      holder.account = { ...holder.account, roles: ['user', ...roles] };
    }
    if (act === 'suspend') holder.status = 'suspended';
    if (act === 'reinstate') holder.status = 'active';
    if (act === 'end-sessions') for (const session of holder.sessions.keys()) end(holder, session);
    return userOf(holder);
  }

  return {
    async answer(request: InvokeRequest): Promise<unknown> {
      if (request.path === '/v1/jwks') return options.jwks;
      if (request.path === '/v1/denials') return noDenials;
      if (/^\/v1\/(erasures|holds)/.test(request.path)) return erasures.answer(request, ownerOf);
      return request.path.startsWith('/v1/users') ? people(request) : signIn(request);
    },
    /** How long ago people will have proved themselves in the sessions that open from now on. */
    ageProofs(ageMs: number) {
      proofAgeMs = ageMs;
    },
    /** Gives an account a second factor, so that its next sign-in asks for one. */
    enrolTotp(email: string) {
      const holder = holders.get(email);
      if (holder) holder.hasTotp = true;
    },
    /** Makes somebody what they are to be. */
    setRoles(email: string, roles: Account['roles']) {
      const holder = holders.get(email);
      if (holder) holder.account = { ...holder.account, roles };
    },
  };
}
