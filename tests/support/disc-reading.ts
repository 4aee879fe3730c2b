import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Cookie, Page } from '@playwright/test';

import { enter, waitForImages, waitForRow } from './read-case.ts';
import { startProgram } from './start-program.ts';

/** A workstation whose one site is a folder of images. */
export interface DiscReading {
  /** To the list. */
  enter(page: Page): Promise<void>;
  /** From the list to the images of the patient of that family name. */
  open(page: Page, family: string): Promise<void>;
  /** The program is killed as a power cut does it, and started again on what it left. */
  killAndStart(): Promise<void>;
  /** The folder that its reports return into. */
  readonly reports: string;
  stop(): Promise<void>;
}

/** `write` fills the folder; `config` is the workstation's. */
export async function startOnDisc(
  write: (disc: string) => unknown,
  config: Readonly<Record<string, unknown>> = {},
): Promise<DiscReading> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-disc-'));
  const disc = join(folder, 'disc');
  mkdirSync(disc);
  await write(disc);
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const data = join(folder, 'data');
  const argv = ['--headless', '--data', data, '--import', disc];
  const start = () =>
    startProgram('workstation', Object.keys(config).length === 0 ? argv : ['--config', file, ...argv]);
  let workstation = await start();
  let session: readonly Cookie[] | undefined;

  /** The ticket is good for one page; those after it come with the session it began. */
  async function enterPage(page: Page): Promise<void> {
    await page.context().addCookies([...(session ?? [])]);
    await enter(page, session === undefined ? workstation.url : new URL(workstation.url).origin);
    session = await page.context().cookies();
  }
  return {
    async killAndStart() {
      await workstation.kill();
      workstation = await start();
      session = undefined;
    },
    reports: `${disc}-reports`,
    enter: enterPage,
    async open(page, family) {
      await enterPage(page);
      await (await waitForRow(page, new RegExp(`^${family}`, 'i'))).press('Enter');
      await waitForImages(page);
    },
    async stop() {
      await workstation.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}
