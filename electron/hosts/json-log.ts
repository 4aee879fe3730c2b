import type { Log, LogFields } from '#shared/kernel/log.ts';

/** One JSON line an event on stderr (SURFACE). The field set is closed by type: no patient data can be passed. */
export function createJsonLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const line =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
