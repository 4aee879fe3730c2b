import { create } from 'zustand';

import type { SpeechModelState } from '#shared/reporting/speech/speech-model.ts';

import { call } from '../bridge/index.ts';

/** What hears: the grammar engine alone, the model of this machine beside it, or nothing. */
export type SpeechEngine = 'grammar' | 'model' | 'off';

const KEY = 'overread.speech-engine';

interface EngineChoice {
  readonly chosen: SpeechEngine;
  readonly model: SpeechModelState;
}
export const useSpeechEngine = create<EngineChoice>()(() => ({ chosen: 'grammar', model: { status: 'none' } }));

/** As it was chosen last on this machine. */
export function recallEngine(): void {
  const kept = localStorage.getItem(KEY);
  if (kept === 'model' || kept === 'off') useSpeechEngine.setState({ chosen: kept });
}

export function rememberEngine(chosen: SpeechEngine): void {
  localStorage.setItem(KEY, chosen);
  useSpeechEngine.setState({ chosen });
}

/** Whether the model is both wanted and there. */
export const isModelUsed = ({ chosen, model }: EngineChoice): boolean => chosen === 'model' && model.status === 'ready';

/** Who hears what now, in a few words. */
export function engineWords({ chosen, model }: EngineChoice): string {
  if (chosen === 'off') return 'dictation is off';
  if (chosen === 'model' && model.status === 'ready')
    return `${model.name} hears text, grammar engine commands and fields`;
  if (chosen === 'model') return 'grammar engine, because no model is ready';
  return 'grammar engine';
}

type ModelChange =
  | { readonly kind: 'look' }
  | { readonly kind: 'install'; readonly path: string }
  | { readonly kind: 'pause' | 'resume' | 'remove' };

/** Asks for the model of this machine, or changes it; throws CallFailed. */
export async function changeModel(change: ModelChange): Promise<void> {
  const answer =
    change.kind === 'look'
      ? await call('speechModel', {})
      : change.kind === 'install'
        ? await call('installSpeechModel', { path: change.path })
        : await call('changeSpeechModel', { act: change.kind });
  useSpeechEngine.setState({ model: answer.model as SpeechModelState });
}
