import type { CallRequest } from '#shared/contract/calls.ts';

import { call, failureWords } from '../bridge/index.ts';
import type { DraftPorts } from './draft-keeper.ts';

type SaveCall =
  | readonly [name: 'saveDraft', request: CallRequest<'saveDraft'>]
  | readonly [name: 'saveAmendment', request: CallRequest<'saveAmendment'>];

/** Browsers refuse keepalive bodies over 64 KiB; a character may take three bytes. */
const KEEPALIVE_CHARACTERS = 20_000;

/** Saves through the door, also when the window closes at that moment. */
export const savePorts = <Body>(
  callOf: (edit: { readonly revision: number; readonly body: Body }) => SaveCall,
): DraftPorts<Body> => ({
  save: (edit) => {
    const [name, request] = callOf(edit);
    const options = { keepalive: JSON.stringify(request).length < KEEPALIVE_CHARACTERS };
    return name === 'saveDraft' ? call(name, request, options) : call(name, request, options);
  },
  failureWords,
  schedule: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
