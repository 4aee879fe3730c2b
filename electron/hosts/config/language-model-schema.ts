import { z } from 'zod';

import type { LanguageModelSettings } from '#electron/adapters/language-model/create-language-model.ts';
import { SECOND_MS } from '#shared/kernel/clock.ts';

import { secretSchema, type SecretReference } from './secret-schema.ts';

/** Who may draft impressions, where anybody may. */
export const languageModelSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .describe('Base address of an OpenAI-compatible server, such as http://127.0.0.1:8080/v1'),
    model: z.string().min(1).max(200).describe('Name of the model, as that server knows it'),
    key: secretSchema.optional().describe('Sent as bearer token'),
    timeoutSeconds: z.int().min(1).max(300).default(30),
  })
  .optional()
  .describe(
    'A language model that may draft an impression when the reader asks for it. Only an address on this machine or in a private network is ' +
      'called; exam and findings are sent without names, days and numbers. Without this nothing is ever asked.',
  );

export const toLanguageModel = (
  { url, model, key, timeoutSeconds }: NonNullable<z.output<typeof languageModelSchema>>,
  secret: (reference: SecretReference) => string,
): LanguageModelSettings => ({
  url,
  model,
  timeoutMs: timeoutSeconds * SECOND_MS,
  ...(key === undefined ? {} : { key: secret(key) }),
});
