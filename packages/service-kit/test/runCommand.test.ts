import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listen } from '@todo-chatbot/local-platform/testing';

const sidecar = await listen((_req, res) => res.writeHead(204).end());
after(() => sidecar.close());

const environment = {
  APP_ID: 'auth',
  RUN_MODE: 'local',
  APP_PORT: '1',
  DAPR_HTTP_PORT: String(sidecar.port),
  DAPR_API_TOKEN: 'x'.repeat(20),
  APP_API_TOKEN: 'x'.repeat(20),
  DATABASE_HOST: '127.0.0.1',
  DATABASE_PORT: '1',
  DATABASE_NAME: 'auth',
  DATABASE_USER: 'auth',
  DATABASE_CA_FILE: '/none',
  TOKEN_ISSUER: 'https://todo-chatbot.test',
  TOKEN_AUDIENCE: 'test',
};

function run(args: readonly string[], env: Record<string, string> = environment) {
  const script = fileURLToPath(new URL('fixtures/smallCommand.ts', import.meta.url));
  return new Promise<{ code: number | string | null | undefined; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}

test('a command prints its answer and ends with 0', async () => {
  assert.deepEqual(await run(['say', 'yes']), { code: 0, stdout: 'auth says yes\n', stderr: '' });
});

test('a command that was called wrongly says how, and ends with 2', async () => {
  assert.deepEqual(await run([]), { code: 2, stdout: '', stderr: 'Usage: say WORD\n' });
});

test('a command that fails says why in one line, without a stack, and ends with 1', async () => {
  assert.deepEqual(await run(['fail']), { code: 1, stdout: '', stderr: 'The command failed: no database\n' });
  assert.deepEqual(await run(['refuse']), { code: 1, stdout: '', stderr: 'There is one already.\n' });
});

test('a configuration with faults is refused with all of them', async () => {
  const { code, stderr } = await run(['say', 'x'], { ...environment, APP_ID: 'other', TOKEN_ISSUER: 'x' });
  assert.equal(code, 1);
  assert.match(stderr, /2 fault/);
});
