import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { allowNotices } from '#electron/hosts/browser/chromium.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const preferencesIn = (profile: string) =>
  JSON.parse(readFileSync(join(profile, 'Default/Preferences'), 'utf8')) as object;

describe('notices on the desktop, the microphone and the places of displays in the Chromium host', () => {
  it('are allowed to our own origin before the first start', () => {
    const profile = join(tempFolder(), 'profile');
    allowNotices(profile, 'http://127.0.0.1:4711');
    expect(preferencesIn(profile)).toEqual({
      profile: {
        content_settings: {
          exceptions: {
            notifications: { 'http://127.0.0.1:4711,*': { setting: 1 } },
            media_stream_mic: { 'http://127.0.0.1:4711,*': { setting: 1 } },
            // Where the displays stand, for windows of images.
            window_placement: { 'http://127.0.0.1:4711,*': { setting: 1 } },
          },
        },
      },
    });
  });
  it('leave what the browser has stored as it is, and begin anew where that is no JSON', () => {
    const profile = join(tempFolder(), 'profile');
    mkdirSync(join(profile, 'Default'), { recursive: true });
    const path = join(profile, 'Default/Preferences');
    writeFileSync(path, '{"browser":{"window":1},"profile":{"name":"x"}}');
    allowNotices(profile, 'http://127.0.0.1:1');
    expect(preferencesIn(profile)).toMatchObject({ browser: { window: 1 }, profile: { name: 'x' } });
    writeFileSync(path, '{"torn');
    allowNotices(profile, 'http://127.0.0.1:2');
    expect(preferencesIn(profile)).toMatchObject({ profile: { content_settings: {} } });
  });
});
