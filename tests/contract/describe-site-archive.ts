import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import { describeFrames, readDicom } from '#electron/adapters/dicom-file/index.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { textOf } from '#shared/dicom/study-summary.ts';
import { Tag } from '#shared/dicom/tags.ts';
import { dicomBytes, dicomFacts } from '#tests/support/dicom-testdata.ts';

/** What every archive in these suites holds: a CT study of four slices, a Greek name, a colour image. */
export const heldFiles = [
  ...dicomFacts.filter(({ path }) => path.startsWith('dicom/geometry/ct-gantry/')).map(({ path }) => path),
  'dicom/charset/chrgreek.dcm',
  'dicom/color/examples-rgb-color.dcm',
  'dicom/wg04/xa1-jls-lossless.dcm',
];
/** Stored during the suite; not held before. */
const storedFile = 'dicom/rt/rtdose.dcm';

export interface OpenArchive {
  readonly archive: SiteArchive;
  close(): Promise<void>;
}

const factsOf = (path: string) => {
  const header = dicomFacts.find((facts) => facts.path === path)?.header;
  if (header?.studyInstanceUID === undefined) throw new Error(`no facts about ${path}`);
  return {
    study: header.studyInstanceUID as StudyInstanceUid,
    series: header.seriesInstanceUID ?? '',
    instance: header.sopInstanceUID ?? '',
    name: header.patientName ?? '',
    modality: header.modality ?? '',
  };
};

const codeOf = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt;
    return 'no error';
  } catch (error) {
    return error instanceof ArchiveError ? error.code : `not an ArchiveError: ${String(error)}`;
  }
};

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

const sopOf = (part10: Uint8Array): string => {
  const read = readDicom(part10);
  const uid = read.ok ? read.value.dataSet.get(Tag.SOPInstanceUID)?.value : undefined;
  return Buffer.from(uid ?? [])
    .toString('latin1')
    .replace(/\0+$/, '');
};

/** Run against every SiteArchive we ship, and a real one. */
export function describeSiteArchive(name: string, open: () => Promise<OpenArchive>): void {
  describe(`SiteArchive: ${name}`, () => {
    let opened: OpenArchive;
    beforeAll(async () => (opened = await open()), 60_000);
    afterAll(() => opened?.close(), 60_000);
    const slices = heldFiles.slice(0, 4);
    const ct = factsOf(slices[0] ?? '');
    const greek = factsOf('dicom/charset/chrgreek.dcm');

    it('finds a study by its UID, with its counts and modalities', async () => {
      const studies = await opened.archive.searchStudies({ studyInstanceUid: ct.study });
      expect(studies).toMatchObject([
        { studyInstanceUid: ct.study, modalities: [ct.modality], instanceCount: 4, seriesCount: 1 },
      ]);
    });

    it('gives names in UTF-8 whatever the file is coded in', async () => {
      const [metadata] = await opened.archive.studyMetadata(greek.study);
      expect(textOf(metadata?.[Tag.PatientName])).toBe(greek.name);
    });

    it('lists all studies without a query, and no more than the limit', async () => {
      const studies = new Set(heldFiles.map((path) => factsOf(path).study));
      const found = await opened.archive.searchStudies({});
      expect(new Set(found.map(({ studyInstanceUid }) => studyInstanceUid))).toEqual(studies);
      expect(await opened.archive.searchStudies({ limit: 1 })).toHaveLength(1);
    });

    it('finds nothing for an accession number nobody used', async () => {
      expect(await opened.archive.searchStudies({ accessionNumber: 'NOBODY-42' })).toEqual([]);
    });

    it('gives the metadata of every instance, with what a viewer needs and without pixels', async () => {
      const metadata = await opened.archive.studyMetadata(ct.study);
      expect(metadata.map((json) => textOf(json[Tag.SOPInstanceUID]) ?? '').toSorted()).toEqual(
        slices.map((path) => factsOf(path).instance).toSorted(),
      );
      for (const json of metadata) {
        expect(json[Tag.Rows]?.Value).toEqual([512]);
        expect(json['00200037']?.Value).toHaveLength(6);
        expect(json[Tag.PixelData]?.InlineBinary).toBeUndefined();
      }
    });

    it('counts the instances it holds', async () => {
      expect(await opened.archive.countInstances(ct.study)).toBe(4);
      expect(await opened.archive.countInstances('1.2.3.4.5' as StudyInstanceUid)).toBe(0);
    });

    it('retrieves a whole series as it was stored', async () => {
      const parts = await collect(opened.archive.retrieveSeries(ct.study, ct.series));
      expect(parts.map(sopOf).toSorted()).toEqual(slices.map((path) => factsOf(path).instance).toSorted());
    });

    it('retrieves one instance without transcoding it', async () => {
      const facts = factsOf('dicom/wg04/xa1-jls-lossless.dcm');
      const part10 = await opened.archive.retrieveInstance(facts.study, facts.series, facts.instance);
      const read = readDicom(part10);
      if (!read.ok) throw new Error(read.error.reason);
      expect(describeFrames(read.value)).toMatchObject({
        ok: true,
        value: { transferSyntaxUid: '1.2.840.10008.1.2.4.80' },
      });
    });

    it('says that what it does not hold is not found', async () => {
      expect(await codeOf(opened.archive.studyMetadata('1.2.3.4.5' as StudyInstanceUid))).toBe('not-found');
      expect(await codeOf(collect(opened.archive.retrieveSeries(ct.study, '1.2.3.4.5')))).toBe('not-found');
      expect(await codeOf(opened.archive.retrieveInstance(ct.study, ct.series, '1.2.3.4.5'))).toBe('not-found');
    });

    it('does not let a UID that is none become part of a request', async () => {
      const attempt = opened.archive.studyMetadata('../../secrets' as StudyInstanceUid);
      expect(await codeOf(attempt)).toBe('not-found');
    });

    it('stops when it is told to', async () => {
      const signal = AbortSignal.abort();
      expect(await codeOf(opened.archive.studyMetadata(ct.study, signal))).toBe('cancelled');
      expect(await codeOf(collect(opened.archive.retrieveSeries(ct.study, ct.series, signal)))).toBe('cancelled');
    });

    it('stores an object, confirms it by its UID, and holds it from then on', async () => {
      const facts = factsOf(storedFile);
      expect(await opened.archive.countInstances(facts.study)).toBe(0);
      const part10 = dicomBytes(storedFile);
      expect(await opened.archive.store(part10)).toEqual({ kind: 'accepted', ackId: facts.instance });
      expect(await opened.archive.countInstances(facts.study)).toBe(1);
      const back = await opened.archive.retrieveInstance(facts.study, facts.series, facts.instance);
      expect(sopOf(back)).toBe(facts.instance);
    });

    it('accepts the same object again without holding it twice', async () => {
      const facts = factsOf(storedFile);
      expect(await opened.archive.store(dicomBytes(storedFile))).toEqual({ kind: 'accepted', ackId: facts.instance });
      expect(await opened.archive.countInstances(facts.study)).toBe(1);
    });

    it('refuses what is no DICOM object', async () => {
      expect(await opened.archive.store(Buffer.from('%PDF-1.7 not an instance'))).toMatchObject({ kind: 'refused' });
    });
  });
}
