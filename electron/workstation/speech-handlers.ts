import type { SpeechModels } from '#electron/ports/speech-model.ts';

import type { speechCalls } from '#shared/contract/speech-calls.ts';
import type { OwnWord } from '#shared/reporting/speech/speech.ts';

import type { CallHandlers } from './door/api.ts';
import type { StoredList } from './stored-list.ts';

type SpeechHandlers = Pick<CallHandlers, keyof typeof speechCalls>;

/** Without a place for models there is none, and none can be installed. */
export function createSpeechHandlers(models: SpeechModels | undefined, words: StoredList<OwnWord>): SpeechHandlers {
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
    speechWords: async () => ({ words: await words.load() }),
    saveSpeechWords: async (request) => ({ status: await words.save(request.words) }),
  };
}
