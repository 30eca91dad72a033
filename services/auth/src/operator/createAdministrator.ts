import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { emailSchema, personNameSchema } from '@todo-chatbot/contracts';
import { createDatabasePool, prismaOptions, type ServiceContext, UsageError } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { createKeyedHash } from '../adapters/hmacKeyedHash.ts';
import { createPrismaAuditTrail } from '../adapters/prismaAuditTrail.ts';
import { createPrismaPeopleStore } from '../adapters/prismaPeopleStore.ts';
import { buildKeys } from '../buildKeys.ts';
import { type Appointment, createCreateAdministrator } from '../commands/createAdministrator.ts';
import type { Config } from '../config.ts';
import { databaseSecretSchema, keySecretSchema } from '../secrets.ts';

const usage = `Usage: npm run admin:create -- --email ADDRESS --name NAME

Makes the first administrator. A new account gets a link to choose its password; an account that exists, and has confirmed
its address, is given the role. While there is an active administrator, nothing is changed.`;

/** Composition root of the operator's command `createAdministratorCommand.ts`; answers what it prints. */
export async function createAdministrator(context: ServiceContext<Config>, args: readonly string[]): Promise<string> {
  const person = personOf(args);
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('auth-database'));
  const { key: pepper } = keySecretSchema.parse(await dapr.secret('auth-pepper'));
  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  try {
    const auditTrail = createPrismaAuditTrail(prisma);
    const { boxes, emailIndex, dataKeys } = await buildKeys({ prisma, dapr, auditTrail, clock });
    const appoint = createCreateAdministrator({
      people: createPrismaPeopleStore({ prisma, boxes, emailIndex }),
      dataKeys,
      auditTrail,
      keyedHash: createKeyedHash(Buffer.from(pepper, 'base64')),
      clock,
    });
    return textOf(await appoint(person), person.email, config.PUBLIC_ORIGIN);
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
}

function personOf(args: readonly string[]): { readonly email: string; readonly name: string } {
  const { email, name } = optionsOf(args);
  const parsedEmail = emailSchema.safeParse(email);
  const parsedName = personNameSchema.safeParse(name);
  if (!parsedEmail.success || !parsedName.success) throw new UsageError(usage);
  return { email: parsedEmail.data, name: parsedName.data };
}

function optionsOf(args: readonly string[]): { readonly email?: string; readonly name?: string } {
  try {
    return parseArgs({ args: [...args], options: { email: { type: 'string' }, name: { type: 'string' } } }).values;
  } catch {
    throw new UsageError(usage);
  }
}

/** The token stands in the fragment, which browsers send to nobody. */
function textOf(appointment: Appointment, email: string, publicOrigin: string): string {
  if (appointment.kind === 'promoted') return `${email} is an administrator now, from their next request on.`;
  return `${email} is an administrator now. Open this link once, before ${appointment.expiresAt.toISOString()}, to choose a password:

${publicOrigin}/account/reset-password#token=${appointment.linkToken}`;
}
