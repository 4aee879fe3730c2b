import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process that is killed at random and comes back. */
export interface Supervised {
  readonly name: string;
  /** Resolves when it is dead. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** `isUp` says when it serves; without it, its first output does. */
export function supervise(
  name: string,
  command: string,
  args: readonly string[],
  isUp?: () => Promise<boolean>,
): Supervised {
  let child: ChildProcess | undefined;
  const started = (process: ChildProcess): Promise<void> =>
    new Promise((resolve, reject) => {
      process.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it served`)));
      if (isUp === undefined) process.stdout?.once('data', () => resolve());
      else void waitUntil(isUp).then(resolve);
    });
  return {
    name,
    async start() {
      child = spawn(command, args, {
        stdio: ['ignore', isUp === undefined ? 'pipe' : 'ignore', isUp === undefined ? 'inherit' : 'ignore'],
      });
      await started(child);
      child.removeAllListeners('exit');
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

const LOOK_MS = 50;

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise<void>((resolve) => setTimeout(resolve, LOOK_MS));
}
