import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import type { SpeechModels } from '#electron/ports/speech-model.ts';
import { CallFailure } from '#electron/workstation/call-failure.ts';
import { hearingSchema, MOST_SOUND_BYTES, UTTERANCE_NAME } from '#shared/contract/speech-calls.ts';

import { answerOf } from './api.ts';

function nameOf(utterance: string): string {
  if (!UTTERANCE_NAME.test(utterance)) throw new CallFailure('invalid-request', 'Not the name of an utterance.');
  return utterance;
}

/**
 * `POST /speech/{utterance}`: a piece of what is said, for the model of this machine. `DELETE`: it was called off. Sound
 * goes on to the model's process and is kept nowhere.
 */
export function createSpeechRoutes({
  models,
  touch,
}: {
  readonly models: SpeechModels | undefined;
  readonly touch: () => void;
}): Hono {
  const routes = new Hono();
  const limit = bodyLimit({
    maxSize: MOST_SOUND_BYTES,
    onError: () => answerOf({ code: 'invalid-request', message: 'The piece of sound is too long.' }),
  });
  routes.post('/:utterance', limit, async (context) => {
    touch();
    const utterance = nameOf(context.req.param('utterance'));
    const bytes = await context.req.arrayBuffer();
    if (bytes.byteLength % 4 !== 0) throw new CallFailure('invalid-request', 'Not a row of 32-bit samples.');
    const isLast = context.req.query('last') === '1';
    const hearing = (await models?.hear({ utterance, samples: new Float32Array(bytes), isLast })) ?? {
      status: 'unavailable',
    };
    return Response.json(hearingSchema.parse(hearing), { headers: { 'Cache-Control': 'no-store' } });
  });
  routes.delete('/:utterance', (context) => {
    models?.drop(nameOf(context.req.param('utterance')));
    return Response.json({ status: 'dropped' });
  });
  return routes;
}
