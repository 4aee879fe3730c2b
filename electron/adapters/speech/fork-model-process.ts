import { fork } from 'node:child_process';

import type { FromModel, StartModelProcess } from './model-messages.ts';

/** By Node's own means; its standard streams are closed, because the engine writes there what was said. */
export const forkModelProcess: StartModelProcess = (file) => {
  const child = fork(file, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromModel)),
    onEnd: (listener) => {
      child.once('exit', listener);
      child.once('error', listener);
    },
    stop: () => void child.kill(),
  };
};
