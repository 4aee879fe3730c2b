import { utilityProcess } from 'electron';

import type { FromModel, StartModelProcess } from '#electron/adapters/speech/model-messages.ts';

/** By Electron's own means: its fuses let nothing run it as plain Node. */
export const startUtilityProcess: StartModelProcess = (file) => {
  const child = utilityProcess.fork(file, [], { serviceName: 'Overread speech', stdio: 'ignore' });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromModel)),
    onEnd: (listener) => void child.once('exit', () => listener()),
    stop: () => void child.kill(),
  };
};
