import type { AbilityMemory } from '#electron/adapters/dicomweb/abilities.ts';
import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Site } from '#shared/domain/site.ts';

/** The sites of this workstation, each with its archive: configured ones, the demo's, and folders that became sites. */
export interface SiteDirectory {
  readonly sites: () => readonly Site[];
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  /** `archive` is given for a folder; else it is made from the site's DICOMweb address. */
  add(site: Site, archive?: SiteArchive): void;
}

/** `memoryOf`: where what is found of a site's archive is kept; without it, until the end of the program. */
export function createSiteDirectory(memoryOf?: (siteId: SiteId) => AbilityMemory): SiteDirectory {
  const sites: Site[] = [];
  const archives = new Map<SiteId, SiteArchive>();
  return {
    sites: () => sites,
    archiveOf: (siteId) => archives.get(siteId),
    add(site, archive) {
      const own = archive ?? archiveAt(site, memoryOf);
      const known = sites.findIndex(({ id }) => id === site.id);
      if (known === -1) sites.push(site);
      else sites[known] = site;
      if (own !== undefined) archives.set(site.id, own);
    },
  };
}

function archiveAt(
  { id, dicomweb }: Site,
  memoryOf: ((siteId: SiteId) => AbilityMemory) | undefined,
): SiteArchive | undefined {
  if (dicomweb === undefined) return undefined;
  const { url, auth, ca } = dicomweb;
  return createDicomwebArchive({
    url,
    ...(auth === undefined ? {} : { auth: { basic: auth } }),
    ...(ca === undefined ? {} : { ca }),
    ...(memoryOf === undefined ? {} : { memory: memoryOf(id) }),
  });
}
