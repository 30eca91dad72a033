import { readFileSync } from 'node:fs';
import { z } from 'zod';

const baseImageSchema = z.strictObject({
  /** With its registry. */
  image: z.string().regex(/^[a-z0-9.-]+\/[a-z0-9./_-]+$/),
  /** An exact version; it may move, the digest does not. */
  tag: z.string().regex(/^(?!latest$)[\w][\w.-]{0,127}$/),
  /** Of the index of all platforms. Absent: nobody has compared it with the registry yet, see images/README.md. */
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .optional(),
});
export type BaseImage = z.infer<typeof baseImageSchema>;

const baseImagesSchema = z.strictObject({
  /** With Node and npm: what builds. */
  node: baseImageSchema,
  /** glibc, libstdc++, authorities and time zones, no shell: what runs. */
  runtime: baseImageSchema,
  postgres: baseImageSchema,
  kafka: baseImageSchema,
  valkey: baseImageSchema,
  nginx: baseImageSchema,
  daprd: baseImageSchema,
  sentry: baseImageSchema,
  zipkin: baseImageSchema,
});

/** Every image of others that we build on or run, from packages/manifests/src/baseImages.json: the one table. */
export const baseImages = baseImagesSchema.parse(
  JSON.parse(readFileSync(new URL('./baseImages.json', import.meta.url), 'utf8')),
);

/** How an image is named where it is used: by tag, for people, and by digest, which decides. */
export function referenceOf({ image, tag, digest }: BaseImage): string {
  return digest === undefined ? `${image}:${tag}` : `${image}:${tag}@${digest}`;
}
