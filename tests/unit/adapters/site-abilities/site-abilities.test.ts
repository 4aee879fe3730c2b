import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openSiteAbilities } from '#electron/adapters/site-abilities/open-site-abilities.ts';
import type { ArchiveAbilities } from '#electron/ports/site-archive.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { DAY_MS } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualClock } from '#tests/support/manual-clock.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const mercy = 'mercy' as SiteId;
const poor: ArchiveAbilities = { accept: 'single-part', givesSeries: false, givesInstances: true, metadata: 'qido' };

describe('what a site’s archive was found to do', () => {
  it('is known after a restart, site by site, and found anew after a week', async () => {
    const [folder, clock] = [tempFolder(), createManualClock()];
    const open = () => openSiteAbilities(folder, { clock, log: silentLog });
    open()(mercy).write(poor);
    await expect.poll(() => open()(mercy).read()).toEqual(poor);
    expect(open()('lex' as SiteId).read()).toBeUndefined();
    clock.advance(8 * DAY_MS);
    expect(open()(mercy).read()).toBeUndefined();
  });

  it('is not known from a file that is not ours', () => {
    for (const text of ['not json', '[]', '{"mercy":{"foundAt":1,"abilities":{"accept":"anything"}}}', '{"mercy":7}']) {
      const folder = tempFolder();
      writeFileSync(join(folder, 'site-abilities.json'), text);
      expect(openSiteAbilities(folder, { clock: createManualClock(), log: silentLog })(mercy).read()).toBeUndefined();
    }
  });
});
