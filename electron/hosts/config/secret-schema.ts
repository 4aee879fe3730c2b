import { z } from 'zod';

/** A secret is never written into the configuration itself: it is named. */
export const secretSchema = z.union([
  z.strictObject({ env: z.string().min(1) }).describe('Name of an environment variable'),
  z.strictObject({ file: z.string().min(1) }).describe('Path of a file that holds the secret and nothing else'),
]);
export type SecretReference = z.output<typeof secretSchema>;

export const authSchema = z.strictObject({
  basic: z.strictObject({ user: z.string().min(1), password: secretSchema }),
});
