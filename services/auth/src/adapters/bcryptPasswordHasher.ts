import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/bcrypt';
import { ProblemError } from '@todo-chatbot/service-kit';
import type { PasswordHasher } from '../ports/passwordHasher.ts';
import { createBoundedQueue } from './boundedQueue.ts';

/** AUTH-5. It is kept in each hash, so that raising it leaves old hashes valid. */
const todaysCost = 12;
/** bcrypt runs on libuv's pool of four threads: two stay free for files and name look-ups. */
const concurrency = 2;
/** About two seconds of work at a quarter of a second each, two at a time: longer than that nobody waits for a sign-in. */
const maximumWaiting = 16;
/** By then a full queue has been worked off. */
const retryAfterSeconds = 3;

/** bcrypt at cost 12 behind a bounded queue; beyond it every call is refused with `auth.busy`. */
export async function createBcryptPasswordHasher(): Promise<PasswordHasher> {
  const queue = createBoundedQueue({ concurrency, maximumWaiting });
  const hashOfNobody = await hash(randomBytes(32).toString('base64'), { cost: todaysCost });

  function queued<T>(job: () => Promise<T>): Promise<T> {
    const result = queue.run(job);
    if (!result) throw new ProblemError('auth.busy', { retryAfterSeconds });
    return result;
  }

  return {
    hash: async (password) => queued(() => hash(password, { cost: todaysCost })),
    verify: async (password, passwordHash) => {
      const isRight = await queued(async () => {
        const answer = await verify(password, passwordHash ?? hashOfNobody);
        await makeUpFor(passwordHash, password);
        return answer;
      });
      return isRight && passwordHash !== null;
    },
    isOutdated: (passwordHash) => costOf(passwordHash) < todaysCost,
  };
}

/**
 * The work that a hash of an older, lower cost saves, or else accounts that have one would answer sooner than those that do not exist.
 * Each cost is twice the work of the one below, so that those from the hash's own up to today's come to exactly the difference.
 */
async function makeUpFor(passwordHash: string | null, password: string): Promise<void> {
  if (passwordHash === null) return;
  for (let cost = costOf(passwordHash); cost < todaysCost; cost += 1) await hash(password, { cost });
}

/** Cost in a bcrypt hash, such as 12 in `$2b$12$…`. */
function costOf(passwordHash: string): number {
  return Number(passwordHash.split('$')[2]);
}
