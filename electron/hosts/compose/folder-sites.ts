import { createHash } from 'node:crypto';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { z } from 'zod';

import { createFolderArchive, type FolderArchive } from '#electron/adapters/files/index.ts';
import type { FolderImport, ImportedFolder } from '#electron/workstation/ports.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { DEFAULT_UNDO_MS, type Site } from '#shared/domain/site.ts';
import type { Log } from '#shared/kernel/log.ts';

import type { SiteDirectory } from './site-directory.ts';
import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';

const rememberedSchema = z.array(z.string());

/** Folders of DICOM files, each a site of its own (DOMAIN 1: a disc is what a disaster field team has). */
export function createFolderSites(ports: {
  readonly folder: string;
  readonly directory: SiteDirectory;
  /** Tells the gateway; its studies become readings. */
  readonly addSite: (site: Site) => void;
  readonly log: Log;
}): FolderImport & { reopen(): Promise<void> } {
  const { folder, directory, addSite, log } = ports;
  const remembered = join(folder, 'imported-folders.json');
  const opened = new Map<
    string,
    { readonly site: Site; readonly archive: FolderArchive; files: number; instances: number }
  >();

  async function describe({
    site,
    archive,
    files,
    instances,
  }: typeof opened extends Map<string, infer Opened> ? Opened : never) {
    const studies = await archive.searchStudies({});
    return {
      siteId: site.id,
      siteName: site.name,
      files,
      instances,
      studies: studies.length,
      problems: archive.problems.map(({ file, reason }) => ({ file, reason })),
    } satisfies ImportedFolder;
  }

  async function open(path: string, progress: Parameters<FolderImport['importFolder']>[1]) {
    const known = opened.get(path);
    if (known !== undefined) {
      const scan = await known.archive.rescan();
      Object.assign(known, { files: scan.files, instances: scan.instances });
      return known;
    }
    const archive = createFolderArchive({ dir: path, log, onProgress: ({ files, done }) => progress({ files, done }) });
    const scan = await archive.ready;
    const site = await siteOf(path, folder);
    const entry = { site, archive, files: scan.files, instances: scan.instances };
    opened.set(path, entry);
    directory.add(site, archive);
    addSite(site);
    log.info('folder.imported', { siteId: site.id, count: scan.instances });
    return entry;
  }

  async function remember(): Promise<void> {
    await writeDurably(remembered, new TextEncoder().encode(JSON.stringify([...opened.keys()])));
  }

  return {
    async importFolder(path, progress) {
      const absolute = resolve(path);
      const facts = await stat(absolute).catch(() => undefined);
      if (facts === undefined) return { status: 'refused', reason: 'There is no such folder.' };
      if (!facts.isDirectory())
        return { status: 'refused', reason: 'That is a file. Choose the folder that holds it.' };
      try {
        await access(absolute, constants.R_OK | constants.X_OK);
      } catch {
        return { status: 'refused', reason: 'This folder may not be read.' };
      }
      const entry = await open(absolute, progress);
      await remember();
      return { status: 'imported', folder: await describe(entry) };
    },
    importedFolders: () => Promise.all([...opened.values()].map(describe)),
    async reopen() {
      const text = await readFile(remembered, 'utf8').catch(() => '[]');
      const paths = rememberedSchema.safeParse(JSON.parse(text));
      for (const path of paths.success ? paths.data : []) {
        // A disc that is not in the drive today is no reason not to start.
        const isThere = await access(path, constants.R_OK).then(
          () => true,
          () => false,
        );
        if (isThere) await open(path, () => undefined);
        else log.warn('folder.missing', { code: 'not-found' });
      }
    },
  };
}

/**
 * For a workstation whose hub is elsewhere: a reading of a folder on this disk would stand in everybody's list while nobody else can open it, and the
 * gateway beside that hub could not bring its report back.
 */
export const NO_FOLDER_SITES: FolderImport & { reopen(): Promise<void> } = {
  importFolder: async () => ({
    status: 'refused',
    reason: 'Folders can be opened only by a workstation with a hub of its own.',
  }),
  importedFolders: async () => [],
  reopen: async () => undefined,
};

/** The reports go beside the folder; where nothing may be written there (a disc), into the data folder. */
async function siteOf(path: string, dataFolder: string): Promise<Site> {
  const name = basename(path) || 'disc';
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  const id = `folder-${slug === '' ? 'disc' : slug}-${createHash('sha256').update(path).digest('hex').slice(0, 6)}`;
  const beside = join(dirname(path), `${name}-reports`);
  const returned = await access(dirname(path), constants.W_OK).then(
    () => beside,
    () => join(dataFolder, 'returned', id),
  );
  return {
    id: id as SiteId,
    name: `Folder ${name}`,
    orders: { unordered: 'create', unorderedQuietMs: 0 },
    returns: [{ kind: 'folder', path: returned }],
    undoMs: DEFAULT_UNDO_MS,
    turnaroundMinutes: {},
  };
}
