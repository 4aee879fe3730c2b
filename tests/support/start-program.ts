import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface StartedProgram {
  readonly url: string;
  readonly child: ChildProcess;
  /** Every line on stdout so far: exactly one is expected. */
  readonly stdout: readonly string[];
  /** Log lines so far. */
  readonly stderr: readonly string[];
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts a program as `npm run` does and waits for its ready line. Rejects with what it said when it ends before. */
export async function startProgram(
  program: 'workstation' | 'hub' | 'gateway',
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<StartedProgram> {
  const child = spawn(process.execPath, ['build/run.mjs', program, ...argv], {
    cwd: ROOT,
    env: { ...process.env, OVERREAD_E2E: '1', ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line));
  const lines = createInterface({ input: child.stdout });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const ready = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      stdout.push(line);
      try {
        const event = JSON.parse(line) as { event?: string; url?: string };
        if (event.event === 'ready' && event.url !== undefined) resolve(event.url);
      } catch {
        reject(new Error(`not a JSON line on stdout: ${line}`));
      }
    });
    void exited.then(([code]) => {
      reject(new Error(`${program} ended with ${code}: ${stderr.slice(-5).join('\n')}`));
    });
  });
  const url = await ready;
  return {
    url,
    child,
    stdout,
    stderr,
    async stop() {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
