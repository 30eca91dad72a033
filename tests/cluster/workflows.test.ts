import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = join(import.meta.dirname, '..', '..', '.github', 'workflows');

const stepSchema = z.object({
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
});
const workflowSchema = z.object({
  // A strict object: a right that is not listed here is refused.
  permissions: z.strictObject({ contents: z.literal('read') }),
  on: z.record(z.string(), z.unknown()),
  jobs: z.record(z.string(), z.object({ permissions: z.undefined().optional(), steps: z.array(stepSchema) })),
});

const texts = new Map<string, string>();
for (const name of await readdir(folder)) texts.set(name, await readFile(join(folder, name), 'utf8'));

describe('Workflows on GitHub (K8S-4)', () => {
  for (const [name, text] of texts) {
    it(`${name}: attack: somebody moves the tag of an action, or leaves a text in a pull request that a shell runs`, () => {
      const { on, jobs } = workflowSchema.parse(parse(text));
      // With it, a pull request from anywhere would run with the rights and secrets of this repository.
      assert.ok(!('pull_request_target' in on));
      for (const { uses = '', with: inputs = {}, run = '' } of Object.values(jobs).flatMap(({ steps }) => steps)) {
        if (uses !== '') assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        if (uses.startsWith('actions/checkout@')) assert.equal(inputs['persist-credentials'], false);
        assert.doesNotMatch(run, /\$\{\{(?!\s*(github\.sha|matrix\.\w+)\s*\}\})/, 'only what nobody outside can write');
      }
      for (const line of text.split('\n').filter((text) => text.includes('uses: '))) {
        assert.match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, 'a person reads which version a hash is');
      }
    });
  }
});
