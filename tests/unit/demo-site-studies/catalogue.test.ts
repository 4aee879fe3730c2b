import { describe, expect, it } from 'vitest';
import { demoCatalogue } from '#electron/demo-site/studies/index.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

const NOW = Date.parse('2026-11-21T23:00:00Z') as EpochMs;
const studies = demoCatalogue(7, NOW);
const current = studies.filter((study) => study.role === 'current');
const priors = studies.filter((study) => study.role === 'prior');
const unique = (values: readonly string[]): number => new Set(values).size;

describe('demo catalogue', () => {
  it('has at least twelve current studies of nine kinds of exam, and priors', () => {
    expect(current.length).toBeGreaterThanOrEqual(12);
    expect(priors.length).toBeGreaterThanOrEqual(4);
    expect(unique(current.map((study) => study.exam.text))).toBeGreaterThanOrEqual(9);
  });

  it('is the same for the same seed and moment, and keeps its UIDs when only the moment moves', () => {
    expect(demoCatalogue(7, NOW)).toEqual(studies);
    const later = demoCatalogue(7, (NOW + 60_000) as EpochMs);
    expect(later.map((study) => study.studyInstanceUid)).toEqual(studies.map((study) => study.studyInstanceUid));
    expect(demoCatalogue(8, NOW)[0]?.studyInstanceUid).not.toBe(studies[0]?.studyInstanceUid);
  });

  it('gives every study a key, UID and accession number of its own', () => {
    expect(unique(studies.map((study) => study.key))).toBe(studies.length);
    expect(unique(studies.map((study) => study.studyInstanceUid))).toBe(studies.length);
    expect(unique(studies.map((study) => study.accessionNumber))).toBe(studies.length);
    for (const study of studies) {
      expect(study.studyInstanceUid).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
      expect(study.accessionNumber.length).toBeLessThanOrEqual(16);
    }
  });

  it('lets one stroke code arrive after a minute and everything else at once', () => {
    expect(
      studies
        .filter((study) => study.arrivesAfterSeconds > 0)
        .map((study) => [study.priority, study.arrivesAfterSeconds]),
    ).toEqual([['stroke', 60]]);
  });

  it('puts emergencies first and priors last', () => {
    const roles = studies.map((study) => study.role);
    expect(roles.lastIndexOf('current')).toBeLessThan(roles.indexOf('prior'));
    expect(studies[0]?.priority).toBe('stroke');
  });

  it('names only priors of the same patient and site, older and with a report', () => {
    for (const study of current) {
      for (const key of study.priorKeys) {
        const prior = studies.find((other) => other.key === key);
        expect(prior?.role).toBe('prior');
        expect(prior?.patient).toEqual(study.patient);
        expect(prior?.siteKey).toBe(study.siteKey);
        expect(prior?.studyDateTime).toBeLessThan(study.studyDateTime);
        expect(prior?.report).toContain('IMPRESSION');
        expect(
          study.notes.some((note) => note.kind === 'prior-report' && note.studyInstanceUid === prior?.studyInstanceUid),
        ).toBe(true);
      }
    }
    const named = new Set(current.flatMap((study) => study.priorKeys));
    expect(priors.every((prior) => named.has(prior.key))).toBe(true);
  });

  it('keeps patients consistent: one medical record number a person, women for mammography', () => {
    const people = new Map(studies.map((study) => [study.patient.mrn, study.patient]));
    for (const study of studies) expect(people.get(study.patient.mrn)).toEqual(study.patient);
    expect(unique([...people.values()].map((person) => person.name))).toBe(people.size);
    for (const study of studies) if (study.exam.modality === 'MG') expect(study.patient.sex).toBe('F');
  });

  it('leaves out some notes on purpose, but never the reason', () => {
    for (const study of current) expect(study.reason.length).toBeGreaterThan(10);
    const lacking = (kind: string): number =>
      current.filter((study) => study.notes.every((note) => note.kind !== kind)).length;
    expect(lacking('reason')).toBe(0);
    expect(lacking('lab')).toBeGreaterThan(0);
    expect(lacking('allergy')).toBeGreaterThan(0);
  });

  it('tells creatinine for every exam with contrast, and images for every study', () => {
    for (const study of current.filter((candidate) => candidate.exam.contrast === true)) {
      expect(study.notes.some((note) => note.label === 'Creatinine' && note.at !== undefined && note.at < NOW)).toBe(
        true,
      );
    }
    for (const study of studies) expect(study.imageCount).toBeGreaterThan(0);
    expect(studies.find((study) => study.key === 'chest-pe')?.imageCount).toBeGreaterThan(100);
  });
});
