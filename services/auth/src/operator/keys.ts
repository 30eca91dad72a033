import { PrismaPg } from '@prisma/adapter-pg';
import {
  createDatabasePool,
  createSealer,
  prismaOptions,
  type ServiceContext,
  UsageError,
} from '@todo-chatbot/service-kit';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { createPrismaAuditTrail } from '../adapters/prismaAuditTrail.ts';
import { createPrismaSigningKeyStore } from '../adapters/prismaSigningKeyStore.ts';
import { createSealedSigningKeys } from '../adapters/sealedSigningKeys.ts';
import { createManageSigningKeys, type ManageSigningKeys } from '../commands/manageSigningKeys.ts';
import type { Config } from '../config.ts';
import type { SigningKey } from '../domain/signingKeys.ts';
import type { SigningKeyStore } from '../ports/signingKeys.ts';
import { databaseSecretSchema, keySecretSchema } from '../secrets.ts';

const usage = 'Usage: keys list | keys rotate | keys revoke KID';

/**
 * The operator's command for signing keys (AUTH-2): `list`, `rotate`, `revoke KID`. Answers what to print. Running replicas learn of a
 * change within two seconds.
 */
export async function keysCommand(context: ServiceContext<Config>, args: readonly string[]): Promise<string> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('auth-database'));
  const { key } = keySecretSchema.parse(await dapr.secret('auth-master-key'));
  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  try {
    const store = createPrismaSigningKeyStore(prisma);
    const signingKeys = createManageSigningKeys({
      store,
      maker: createSealedSigningKeys(createSealer(Buffer.from(key, 'base64'))),
      // There is no ring in this process.
      keyRing: { reload: async () => undefined },
      auditTrail: createPrismaAuditTrail(prisma),
      clock,
    });
    return await run(args, { store, signingKeys });
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
}

async function run(
  args: readonly string[],
  { store, signingKeys }: { readonly store: SigningKeyStore; readonly signingKeys: ManageSigningKeys },
): Promise<string> {
  const [what, kid, ...surplus] = args;
  const isAlone = kid === undefined;
  if (what === 'list' && isAlone) return (await store.list()).map(describe).join('\n');
  if (what === 'rotate' && isAlone) {
    const { retired, activated, published } = await signingKeys.rotate();
    return `${retired} is retired, ${activated} signs, ${published} is published.`;
  }
  if (what === 'revoke' && kid !== undefined && surplus.length === 0) {
    await signingKeys.revoke(kid);
    return `${kid} is revoked: every service refuses its tokens.`;
  }
  throw new UsageError(usage);
}

function describe({ kid, state, publishedAt, activatedAt, retiredAt }: SigningKey): string {
  const times = {
    published: publishedAt,
    activated: activatedAt,
    [state === 'revoked' ? 'revoked' : 'retired']: retiredAt,
  };
  const known = Object.entries(times).flatMap(([name, time]) => (time ? [`${name} ${time.toISOString()}`] : []));
  return [kid, state.padEnd(9), ...known].join('  ');
}
