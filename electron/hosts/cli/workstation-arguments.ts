import { parseArgs } from 'node:util';

import { err, ok, type Result } from '#shared/kernel/result.ts';

export interface WorkstationArguments {
  readonly host: 'auto' | 'electron' | 'browser';
  readonly headless: boolean;
  readonly port: number;
  readonly data?: string;
  readonly config?: string;
  readonly imports: readonly string[];
}

const HOSTS: readonly string[] = ['auto', 'electron', 'browser'] satisfies WorkstationArguments['host'][];

/** The flags of `npm start` (SURFACE); the refusal is one line. */
export function parseWorkstationArguments(argv: readonly string[]): Result<WorkstationArguments, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        host: { type: 'string', default: 'auto' },
        headless: { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        data: { type: 'string' },
        config: { type: 'string' },
        import: { type: 'string', multiple: true, default: [] },
      },
    }));
  } catch (error) {
    return err(error instanceof Error ? error.message.split('\n')[0]! : 'wrong flag');
  }
  if (!HOSTS.includes(values.host)) return err(`--host must be auto, electron or browser, not ${values.host}`);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) return err(`--port must be 0 to 65535, not ${values.port}`);
  return ok({
    host: values.host as WorkstationArguments['host'],
    headless: values.headless,
    port,
    imports: values.import,
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values.config === undefined ? {} : { config: values.config }),
  });
}
