import { PrismaPg } from '@prisma/adapter-pg';
import { createDatabasePool, prismaOptions, type ServiceContext, UsageError } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { createPrismaAuditTrail } from '../adapters/prismaAuditTrail.ts';
import { createPrismaSigningKeyStore } from '../adapters/prismaSigningKeyStore.ts';
import { createSealedSigningKeys } from '../adapters/sealedSigningKeys.ts';
import { buildKeys } from '../buildKeys.ts';
import type { ManageMasterKeys } from '../commands/manageMasterKeys.ts';
import { createManageSigningKeys, type ManageSigningKeys } from '../commands/manageSigningKeys.ts';
import type { Config } from '../config.ts';
import type { SigningKey } from '../domain/signingKeys.ts';
import type { MasterKeyStatus } from '../ports/masterKeys.ts';
import type { SigningKeyStore } from '../ports/signingKeys.ts';
import { databaseSecretSchema } from '../secrets.ts';

const usage = `Usage: keys list | keys rotate | keys revoke KID              signing keys
       keys master status | keys master rotate | keys master check   the master key`;

/**
 * The operator's command for signing keys (AUTH-2): `list`, `rotate`, `revoke KID`; and for the master key (DATA-2): `master status`,
 * `master rotate`, and `master check`, which fails until the replaced key may be thrown away. Answers what to print. Running replicas learn
 * of a change within two seconds.
 */
export async function keysCommand(context: ServiceContext<Config>, args: readonly string[]): Promise<string> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('auth-database'));
  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  try {
    const auditTrail = createPrismaAuditTrail(prisma);
    const { serviceSealer, manageMasterKeys } = await buildKeys({ prisma, dapr, auditTrail, clock });
    if (args[0] === 'master') return await runMaster(args.slice(1), manageMasterKeys);
    const store = createPrismaSigningKeyStore(prisma);
    const signingKeys = createManageSigningKeys({
      store,
      maker: createSealedSigningKeys(serviceSealer),
      // There is no ring in this process.
      keyRing: { reload: async () => undefined },
      auditTrail,
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

async function runMaster(args: readonly string[], masterKeys: ManageMasterKeys): Promise<string> {
  const [what, ...surplus] = args;
  if (surplus.length > 0) throw new UsageError(usage);
  switch (what) {
    case 'status':
      return (await masterKeys.status()).map(describeMasterKey).join('\n');
    case 'rotate': {
      const { replaced, active } = await masterKeys.rotate();
      return `${active} wraps from now on. What ${replaced} wraps is wrapped anew: see "keys master status".`;
    }
    case 'check':
      return `${await masterKeys.requireRetired()} wraps nothing any more: throw it away.`;
  }
  throw new UsageError(usage);
}

function describeMasterKey({ id, state, wrapped, activatedAt, replacedAt, retiredAt }: MasterKeyStatus): string {
  const times = timesOf({ activated: activatedAt, replaced: replacedAt, retired: retiredAt });
  return [id, state.padEnd(8), `wraps ${wrapped}`, ...times].join('  ');
}

function describe({ kid, state, publishedAt, activatedAt, retiredAt }: SigningKey): string {
  const times = {
    published: publishedAt,
    activated: activatedAt,
    [state === 'revoked' ? 'revoked' : 'retired']: retiredAt,
  };
  return [kid, state.padEnd(9), ...timesOf(times)].join('  ');
}

function timesOf(times: Readonly<Record<string, Date | null>>): string[] {
  return Object.entries(times).flatMap(([name, time]) => (time ? [`${name} ${time.toISOString()}`] : []));
}
