import { defineConfig } from '@playwright/test';

/** What listens in real time, or waits for what a slow line brings, hears and sees wrong beside a second browser: alone, one after the other. */
const ALONE = /(dictation|dictation-real|displays|slow-image)\.spec\.ts$/;

/** Debian's Chromium; as root it needs --no-sandbox. Headless has software WebGL2 by default. */
export default defineConfig({
  testDir: 'tests/e2e',
  projects: [
    { name: 'together', testMatch: '**/*.spec.ts', testIgnore: ALONE },
    { name: 'alone', testMatch: ALONE },
  ],
  timeout: 180_000,
  expect: { timeout: 30_000 },
  workers: 2,
  retries: 0,
  reporter: [['list'], ['json']],
  use: {
    viewport: { width: 1366, height: 768 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.OVERREAD_CHROMIUM ?? '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
