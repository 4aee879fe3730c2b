import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DiagnosticReport } from 'fhir/r4';

import { openJournal, readJournal, type JournalLine } from './journal.ts';

const DISK_BYTES = 24 * 1024 * 1024;
const PICK_UP_MS = 200;

/** A site that picks its reports up from a folder, on a disk of its own that runs full now and then. */
export interface FolderPeer {
  readonly path: string;
  /** False where this machine lets nobody mount a disk: then it never runs full. */
  readonly canFill: boolean;
  fill(): void;
  clear(): void;
  received(): readonly JournalLine[];
  /** Files that were not whole when their last one said they were. */
  broken(): number;
  stop(): void;
}

export function createFolderPeer(folder: string): FolderPeer {
  const path = join(folder, 'returned');
  mkdirSync(path);
  const canFill = mount(path);
  const file = join(folder, 'folder.journal');
  const journal = openJournal(file);
  const filler = join(path, '.filler');
  let broken = 0;

  function pickUp(): void {
    for (const name of inOrderOfArrival(path)) {
      const stem = name.slice(0, -'.json'.length);
      if (!isWhole(path, stem)) broken += 1;
      const id = /^report-(.{36})-v/.exec(stem)?.[1] ?? stem;
      journal.write({ id, what: journal.has(id) ? 'repeat' : 'filed' });
      for (const each of readdirSync(path)) if (each.startsWith(stem)) rmSync(join(path, each));
    }
  }
  const timer = setInterval(pickUp, PICK_UP_MS);
  return {
    path,
    canFill,
    fill() {
      try {
        writeFileSync(filler, new Uint8Array(DISK_BYTES));
      } catch {
        // As much as there was room for.
      }
    },
    clear: () => rmSync(filler, { force: true }),
    received: () => readJournal(file),
    broken: () => broken,
    stop() {
      clearInterval(timer);
      pickUp();
      journal.close();
      if (canFill) execFileSync('umount', [path]);
    },
  };
}

/** A folder lists by name: of several reports that came since the last look, the files' times tell which came first. */
const inOrderOfArrival = (path: string): readonly string[] =>
  readdirSync(path)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => ({ name, at: statSync(join(path, name), { bigint: true }).mtimeNs }))
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
    .map(({ name }) => name);

/** The print in the JSON is the print beside it. */
function isWhole(path: string, stem: string): boolean {
  try {
    const report = JSON.parse(readFileSync(join(path, `${stem}.json`), 'utf8')) as DiagnosticReport;
    const print = report.presentedForm?.find(({ contentType }) => contentType === 'application/pdf');
    const hash = createHash('sha1')
      .update(readFileSync(join(path, `${stem}.pdf`)))
      .digest('base64');
    const endings = ['dcm', 'hl7'].map((ending) => readFileSync(join(path, `${stem}.${ending}`)).length);
    return print?.hash === hash && endings.every((bytes) => bytes > 0);
  } catch {
    return false;
  }
}

function mount(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
