import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The installation's root: bundles lie in dist/node and this file in electron/hosts, both two folders down. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where all state lives unless `--data` says otherwise. */
export function defaultDataFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  switch (platform) {
    case 'win32':
      return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Overread');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Overread');
    default:
      return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'overread');
  }
}
