import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { openDroppedFolders } from '#electron/adapters/dropped-files/open-dropped-folders.ts';
import { openReaderSettings } from '#electron/adapters/reader-settings/open-reader-settings.ts';
import { openDrafts } from '#electron/adapters/drafts/open-drafts.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import { createWorkstation } from '#electron/workstation/create-workstation.ts';
import type { Secrets, SignInput, SignOutcome, WorkstationPorts } from '#electron/workstation/ports.ts';
import { calls, type CallName, type CallRequest, type CallResponse } from '#shared/contract/calls.ts';
import type { CallError } from '#shared/contract/contract.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { chooseTemplate, PLAIN_TEMPLATE } from '#shared/reporting/choose-template.ts';
import type { Task } from 'fhir/r4';

import { createFakeArchive, readFakeInstance } from './fake-archive.ts';
import { impatientTimer } from './impatient-timer.ts';
import { createManualClock } from './manual-clock.ts';
import { createMemoryFhir } from './memory-fhir.ts';
import { NIGHT, reader } from './reading-tasks.ts';
import { tempFolder } from './temp-folder.ts';

const site = (id: string, name: string, region: string): Site => ({
  id: id as SiteId,
  name,
  region,
  orders: { unordered: 'create' },
  returns: [{ kind: 'stow' }],
  turnaroundMinutes: {},
});

/** Secrets with a PIN that costs nothing to check. */
export function fakeSecrets(initialPin: string | undefined): Secrets {
  let pin = initialPin;
  return {
    hasPin: () => pin !== undefined,
    isSignedIn: () => true,
    isProtected: () => true,
    checkPin: async (tried) => tried === pin,
    async setPin(current, next) {
      if (pin !== undefined && current !== pin) return 'wrong-pin';
      pin = next;
      return 'set';
    },
  };
}

/** A whole workstation: real SQLite, real encryption, real cache; hub, archive and signing in memory. */
export async function workstationRig(overrides: Partial<WorkstationPorts> = {}) {
  const folder = tempFolder();
  const clock = createManualClock(NIGHT);
  const fhir = createMemoryFhir({ clock });
  const archive = createFakeArchive();
  const key = randomBytes(32);
  const sealer = createSealer(() => key, 'test');
  const cache = await openStudyCache({
    folder: join(folder, 'cache'),
    sealer,
    limitBytes: 64 * 1024 * 1024,
    clock,
    log: silentLog,
  });
  const drafts = openDrafts(join(folder, 'drafts.sqlite'), { sealer, log: silentLog });
  const signInputs: SignInput[] = [];
  let signOutcome: SignOutcome = { status: 'signed', reportId: 'r1', deliveries: [] };
  const hubListeners = new Set<() => void>();
  const ports: WorkstationPorts = {
    fhir,
    sites: () => [site('mercy', 'Mercy General', 'US-OH'), site('lex', 'Lexington', 'US-KY')],
    archiveOf: (siteId) => (siteId === 'mercy' ? archive : undefined),
    reader: reader(),
    clock,
    log: silentLog,
    drafts,
    cache,
    secrets: fakeSecrets('4711'),
    signing: {
      sign: async (input) => {
        signInputs.push(input);
        return signOutcome;
      },
      undo: async () => 'too-late',
      undoable: () => [],
      waitingList: async () => [],
      sendAgain: () => undefined,
      discard: () => undefined,
      publicKey: async () => ({ keyId: 'k', jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }),
      waitingForHub: () => (signOutcome.status === 'signed-here' ? signInputs.length : 0),
    },
    readInstance: readFakeInstance,
    drawPage: async () => undefined,
    templates: [PLAIN_TEMPLATE],
    chooseTemplate,
    checkReport: ({ body }) =>
      body.sections.some((section) => section.role === 'impression' && section.text === '')
        ? [{ code: 'no-impression', severity: 'stop', message: 'The impression is empty.' }]
        : [{ code: 'side', severity: 'warn', message: 'Which side?' }],
    readNotes: async () => [{ kind: 'allergy', label: 'Penicillin', text: 'rash', source: 'HL7 order' }],
    folders: {
      importFolder: async (_path, progress) => {
        progress({ files: 1, done: true });
        return { status: 'refused', reason: 'there is no such folder' };
      },
      importedFolders: async () => [],
    },
    dropped: await openDroppedFolders({ folder: join(folder, 'dropped'), log: silentLog, largestFileBytes: 1000 }),
    siteTroubles: () => [],
    onHubChange: (listener) => {
      hubListeners.add(listener);
      return () => hubListeners.delete(listener);
    },
    settings: openReaderSettings({ folder: join(folder, 'settings'), sealer, log: silentLog }),
    hub: 'embedded',
    host: 'browser',
    demo: false,
    version: '0.1.0',
    timer: impatientTimer,
    ...overrides,
  };
  const workstation = createWorkstation(ports);

  /** One call through the door, parsed as the renderer parses it. */
  async function call<Name extends CallName>(name: Name, request: CallRequest<Name>): Promise<CallResponse<Name>> {
    const response = await raw(calls[name].method, request);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${name}: ${response.status} ${(body as CallError).code}`);
    return calls[name].response.parse(body) as CallResponse<Name>;
  }
  const raw = (method: string, request: unknown) =>
    workstation.fetch(new Request(`http://door/api/${method}`, { method: 'POST', body: JSON.stringify(request) }));

  return {
    folder,
    clock,
    fhir,
    archive,
    cache,
    drafts,
    workstation,
    call,
    raw,
    get: (path: string, init?: RequestInit) => workstation.fetch(new Request(`http://door${path}`, init)),
    settings: ports.settings,
    signInputs,
    setSignOutcome: (outcome: SignOutcome) => {
      signOutcome = outcome;
    },
    hubChanged: () => {
      for (const listener of hubListeners) listener();
    },
    /** Puts a reading on the hub under an id the hub gives; returns it as the hub holds it. */
    async put(task: ReadingTask): Promise<ReadingTask> {
      return reading(await fhir.create<Task>(readingTaskToFhir({ ...task, id: '' as never, version: '' })));
    },
    async onHub(taskId: string): Promise<ReadingTask> {
      return reading(await fhir.read<Task>('Task', taskId));
    },
    /** Someone else writes. */
    async write(task: ReadingTask): Promise<ReadingTask> {
      return reading(await fhir.update<Task>(readingTaskToFhir(task, await fhir.read<Task>('Task', task.id))));
    },
    close() {
      workstation.stop();
      drafts.close();
    },
  };
}

function reading(resource: Task): ReadingTask {
  const task = readingTaskFromFhir(resource);
  if (!task.ok) throw new Error(task.error.reason);
  return task.value;
}

export type WorkstationRig = Awaited<ReturnType<typeof workstationRig>>;
