import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readFrameStart } from '#electron/adapters/dicom-file/read-frame-start.ts';
import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import { openDroppedFolders } from '#electron/adapters/dropped-files/open-dropped-folders.ts';
import { createLanguageModel } from '#electron/adapters/language-model/create-language-model.ts';
import { drawFrame } from '#electron/adapters/key-image/draw-key-image.ts';
import { openDrafts } from '#electron/adapters/drafts/open-drafts.ts';
import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { openSecrets } from '#electron/adapters/secrets/open-secrets.ts';
import { openReaderSettings } from '#electron/adapters/reader-settings/open-reader-settings.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openSiteAbilities } from '#electron/adapters/site-abilities/open-site-abilities.ts';
import { forkModelProcess } from '#electron/adapters/speech/fork-model-process.ts';
import type { StartModelProcess } from '#electron/adapters/speech/model-messages.ts';
import { openSpeechModels } from '#electron/adapters/speech/open-speech-models.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import { createStaticFiles } from '#electron/hosts/static-files.ts';
import { createWorkstation } from '#electron/workstation/create-workstation.ts';
import { decodeFrame } from '#renderer/viewer/decoders/index.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import { readNotes } from '#shared/fhir/read-notes.ts';
import type { Log } from '#shared/kernel/log.ts';
import { chooseTemplate } from '#shared/reporting/choose-template.ts';

import { imagesSchema, toImageSettings } from '../config/images-schema.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { ROOT } from '../paths.ts';
import { closeInTime } from '../program-life.ts';
import { systemClock } from '../system-clock.ts';
import { checkBeforeSigning } from './check-before-signing.ts';
import { openInBrowser } from './keep-signed-in.ts';
import { createFolderSites, NO_FOLDER_SITES } from './folder-sites.ts';
import { freshSignInOf } from './fresh-sign-in.ts';
import { openAudit } from './open-audit.ts';
import { openDemoSite } from './open-demo-site.ts';
import { openGateway } from './open-gateway.ts';
import { openHub } from './open-hub.ts';
import { openSigning } from './open-signing.ts';
import { openSigningKey } from './open-signing-key.ts';
import { createSiteDirectory } from './site-directory.ts';
import { StartRefusal } from './start-refusal.ts';

/** A running workstation, whichever host shows it. */
export interface OpenWorkstation {
  /** The door, and behind it the page's own files. */
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

export interface WorkstationOptions {
  readonly host: 'electron' | 'browser';
  /** Holds all state. */
  readonly dataFolder: string;
  readonly config: LoadedConfig | undefined;
  readonly imports: readonly string[];
  /** Shows an address to the reader, to sign in; default: the system's browser. */
  readonly openUrl?: (url: string) => void;
  /** Starts the process of a speech model; default: by Node's own means. */
  readonly startModelProcess?: StartModelProcess;
  readonly log: Log;
}

const SOLO_READER: Radiologist = {
  id: 'reader' as RadiologistId,
  name: 'Reader^Demo',
  licences: [],
  subspecialties: [],
};

const BACK_HALF = /^\/(api|events|pixels|dicomweb|import|speech)(\/|$)/;

/**
 * Puts one workstation together: hub, gateway, demo site where nothing is configured, and the reader's use cases. With a hub elsewhere (`hub.fhir` is an
 * address) the gateway runs there, beside it: here are then no intake, no delivery, no demo and no folders, only readers who share one list.
 */
export async function openWorkstation(options: WorkstationOptions): Promise<OpenWorkstation> {
  const { host, dataFolder, config, imports, log } = options;
  const clock = systemClock;
  const images = config?.images ?? toImageSettings(imagesSchema.parse(undefined));
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const secrets = await openSecrets({
      folder: dataFolder,
      log,
      ...(config?.reader?.pin === undefined ? {} : { configuredPin: config.reader.pin }),
    });
    const sealer = (purpose: string) => createSealer(() => secrets.key(), purpose);

    const hub = openHub(config?.hub ?? { kind: 'embedded' }, {
      folder: dataFolder,
      sealer: sealer('hub-sign-in'),
      openUrl: options.openUrl ?? openInBrowser,
      clock,
      log,
    });
    closing.push(() => hub.close());
    const directory = createSiteDirectory(openSiteAbilities(dataFolder, { clock, log }));
    for (const site of config?.sites ?? []) directory.add(site);

    const hasGateway = hub.kind === 'embedded';
    const isDemo = hasGateway && directory.sites().length === 0 && imports.length === 0;
    const demo = isDemo ? await openDemoSite({ folder: join(dataFolder, 'demo'), clock, log }) : undefined;
    if (demo !== undefined) {
      closing.push(() => demo.stop());
      for (const site of demo.sites) directory.add(site);
    }

    const reader = config?.reader ?? SOLO_READER;
    const key = openSigningKey({ folder: dataFolder, sealer: sealer('signing-key'), reader: reader.id });
    const audit = openAudit({ folder: dataFolder, actor: reader.id, key, clock, log });
    closing.push(() => audit.close());

    const inbox = config?.inbox === undefined ? {} : { inbox: config.inbox };
    const gateway = hasGateway
      ? await openGateway({ fhir: hub.fhir, holdsDelivery: true, directory, audit, clock, log, ...inbox })
      : undefined;
    closing.push(() => gateway?.close());

    const { signing, close: closeSigning } = openSigning({
      folder: dataFolder,
      sealer: sealer('sign-queue'),
      fhir: hub.fhir,
      sites: directory.sites,
      key,
      deliverNow: () => gateway?.deliverNow(),
      clock,
      log,
    });
    closing.push(closeSigning);

    const drafts = openDrafts(join(dataFolder, 'drafts.sqlite'), { sealer: sealer('drafts'), log });
    closing.push(() => drafts.close());
    const { templates, refused } = await loadTemplates([join(ROOT, 'build/templates')]);
    if (refused.length > 0) log.error('templates.refused', { count: refused.length });

    const speechModels = await openSpeechModels({
      folder: join(dataFolder, 'speech-model'),
      program: join(ROOT, 'dist/node/speech-model-worker.mjs'),
      start: options.startModelProcess ?? forkModelProcess,
      log,
    });
    closing.push(() => speechModels.close());

    const folders =
      gateway === undefined
        ? NO_FOLDER_SITES
        : createFolderSites({ folder: dataFolder, directory, addSite: gateway.addSite, log });
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const workstation = createWorkstation({
      fhir: hub.fhir,
      sites: directory.sites,
      archiveOf: directory.archiveOf,
      reader,
      clock,
      log,
      drafts,
      cache: await openStudyCache({
        folder: join(dataFolder, 'studies'),
        sealer: sealer('studies'),
        limitBytes: images.limitBytes,
        keepFreeBytes: images.keepFreeBytes,
        clock,
        log,
      }),
      secrets,
      signing,
      audit,
      trail: audit,
      ...(hub.signInAfresh === undefined ? {} : { freshSignIn: freshSignInOf(hub.signInAfresh) }),
      images: images.policy,
      readInstance,
      drawPage: (instance, page) => drawFrame(instance, page, decodeFrame),
      readFrameStart,
      templates,
      chooseTemplate,
      checkReport: checkBeforeSigning,
      ...(config?.languageModel === undefined ? {} : { languageModel: createLanguageModel(config.languageModel) }),
      readNotes,
      folders,
      dropped: await openDroppedFolders({ folder: join(dataFolder, 'dropped'), log }),
      inboxUrl: () => gateway?.inboxUrl ?? config?.inbox?.url,
      siteTroubles: () => gateway?.troubles() ?? [],
      onHubChange: hub.onChange,
      claimNext: hub.claimNext,
      settings: openReaderSettings({ folder: join(dataFolder, 'settings'), sealer: sealer('settings'), log }),
      speechModels,
      sharedMacros: config?.macros ?? [],
      ...(config?.group === undefined ? {} : { groupTerms: config.group, roster: config.roster ?? [] }),
      hub: hub.kind,
      host,
      demo: isDemo,
      version,
    });
    await folders.reopen();
    for (const path of imports) {
      const imported = await folders.importFolder(path, () => undefined);
      if (imported.status === 'refused') throw new StartRefusal(`--import ${path}: ${imported.reason}`);
    }
    gateway?.startDelivery();
    workstation.start();
    closing.push(() => workstation.stop());
    demo?.play({ hl7Ports: gateway?.hl7Ports ?? {} });

    const files = createStaticFiles(join(ROOT, 'dist/renderer'));
    return {
      fetch: (request) => (BACK_HALF.test(new URL(request.url).pathname) ? workstation.fetch(request) : files(request)),
      close,
    };
  } catch (error) {
    await closeInTime(close, log);
    throw error;
  }
}
