import type { SpeechModels } from '#electron/ports/speech-model.ts';

import type { CallHandlers } from './door/api.ts';

type SpeechHandlers = Pick<CallHandlers, 'speechModel' | 'installSpeechModel' | 'changeSpeechModel' | 'biasSpeech'>;

/** Without a place for models there is none, and none can be installed. */
export function createSpeechHandlers(models: SpeechModels | undefined): SpeechHandlers {
  const state = () => ({ model: models?.state() ?? { status: 'none' as const } });
  return {
    speechModel: async () => state(),
    installSpeechModel: async ({ path }) => {
      await models?.install(path);
      return state();
    },
    changeSpeechModel: async ({ act }) => {
      await models?.[act]();
      return state();
    },
    biasSpeech: async ({ phrases }) => {
      models?.bias(phrases);
      return {};
    },
  };
}
