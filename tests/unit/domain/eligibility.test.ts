import { describe, expect, it } from 'vitest';

import { eligibilityOf } from '#shared/domain/eligibility.ts';
import type { RadiologistId, SiteId } from '#shared/domain/identifiers.ts';
import type { Radiologist, SitePrivilege } from '#shared/domain/radiologist.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';

const ask = (
  facts: Partial<Radiologist>,
  task: Partial<ReadingTask> = {},
  { region = 'US-OH', now = NIGHT }: { readonly region?: string; readonly now?: EpochMs } = {},
) => eligibilityOf(reader(facts), readingTask('a', task), { region, now });
const at = (siteId: string, rest: Omit<SitePrivilege, 'siteId'>) => ({ siteId: siteId as SiteId, ...rest });

describe('who may read', () => {
  it('is anyone where nothing is configured', () => {
    expect(ask({})).toEqual({ privilege: 'final', refusals: [], remarks: [] });
  });

  it('needs a licence for the region that has begun and not ended', () => {
    const until = '2027-06-30';
    expect(ask({ licences: [{ region: 'US-KY', until }] }).refusals).toEqual(['not licensed for Ohio']);
    expect(ask({ licences: [{ region: 'US-OH', from: '2026-12-01', until }] }).refusals).toEqual([
      'not licensed for Ohio until 2026-12-01',
    ]);
    expect(ask({ licences: [{ region: 'US-OH', until: '2026-11-20' }] }).refusals).toEqual([
      'licence for Ohio ended 2026-11-20',
    ]);
    const renewed = [
      { region: 'US-OH', until: '2026-11-20' },
      { region: 'US-OH', from: '2026-11-21', until },
    ];
    expect(ask({ licences: renewed }).refusals).toEqual([]);
  });

  it('says a region without a name of ours as it is configured', () => {
    expect(ask({ licences: [{ region: 'US-KY', until: '2027-01-01' }] }, {}, { region: 'CH-ZH' }).refusals).toEqual([
      'not licensed for CH-ZH',
    ]);
  });

  it('needs a privilege of the site: none, view, preliminary, final', () => {
    const level = (privileges: readonly SitePrivilege[]) => ask({ privileges });
    expect(level([]).refusals).toEqual(['no privilege at Mercy General']);
    expect(level([at('lex', { level: 'final' })]).refusals).toEqual(['no privilege at Mercy General']);
    expect(level([at('mercy', { level: 'view' })]).refusals).toEqual(['Mercy General lets you look, not report']);
    const preliminary = level([at('mercy', { level: 'preliminary' })]);
    expect(preliminary).toMatchObject({
      privilege: 'preliminary',
      refusals: [],
      remarks: ['Mercy General lets you sign preliminary reports only'],
    });
    expect(level([at('mercy', { level: 'final' })])).toMatchObject({ privilege: 'final', refusals: [] });
  });

  it('is downgraded by itself on the day after a privilege ends', () => {
    const privileges = [at('mercy', { level: 'final', until: '2026-11-21', afterwards: 'preliminary' })];
    expect(ask({ privileges }).privilege).toBe('final');
    const later = ask({ privileges }, {}, { now: Date.parse('2026-11-22T00:00:00Z') as EpochMs });
    expect(later.privilege).toBe('preliminary');
    expect(later.remarks.join()).toContain('your final privilege ended 2026-11-21');
    const lapsed = ask({ privileges: [at('mercy', { level: 'final', until: '2026-11-01' })] });
    expect(lapsed).toMatchObject({
      privilege: 'view',
      refusals: ['Mercy General lets you look, not report: your final privilege ended 2026-11-01'],
    });
  });

  it('reads their modalities, fields and kinds of reading only', () => {
    expect(ask({ modalities: ['MR'] }).refusals).toEqual(['CT is not among the modalities you read']);
    expect(ask({ subspecialties: ['chest'] }, { subspecialty: 'neuro' }).refusals).toEqual([
      'the order asks for a neuro reader',
    ]);
    expect(ask({ subspecialties: ['neuro'] }, { subspecialty: 'neuro' }).refusals).toEqual([]);
    expect(ask({ readTypes: ['preliminary'] }).refusals).toEqual(['you do no final readings']);
  });

  it('is nobody twice: the first reader gives neither the double reading nor the second opinion', () => {
    const earlierReaders = ['dr-lee' as RadiologistId];
    expect(ask({}, { readType: 'double-reading', earlierReaders }).refusals).toEqual([
      "you gave the first reading: a double reading is another reader's",
    ]);
    expect(ask({}, { readType: 'final', earlierReaders }).refusals).toEqual([]);
    expect(ask({}, { readType: 'second-opinion', earlierReaders: ['dr-ray' as RadiologistId] }).refusals).toEqual([]);
  });

  it('is told every reason, not the first alone', () => {
    const all = ask({ licences: [{ region: 'US-KY', until: '2027-01-01' }], modalities: ['MR'], privileges: [] });
    expect(all.refusals).toHaveLength(3);
  });
});
