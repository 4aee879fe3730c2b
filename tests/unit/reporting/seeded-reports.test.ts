import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { checkReport } from '#shared/reporting/check-report.ts';
import { chooseTemplate } from '#shared/reporting/choose-template.ts';
import { seededRandom } from '#tests/campaign/seeded-random.ts';
import { bodyOf, drawReport, SCENARIOS, type DrawnReport } from '#tests/support/seeded-reports/draw-report.ts';
import { FAULT_KINDS } from '#tests/support/seeded-reports/plant-fault.ts';

const BUILD = fileURLToPath(new URL('../../../build/', import.meta.url));
const { templates } = await loadTemplates([`${BUILD}templates`]);
const CLEAN = 150;
const PLANTED_PER_KIND = 10;

const templateOf = ({ facts, scenario }: DrawnReport) =>
  chooseTemplate(templates, { text: facts.order.exam, modality: scenario.modality, bodyPart: scenario.bodyPart });

interface Outcome {
  readonly codes: readonly string[];
  readonly text: string;
}

function check(drawn: DrawnReport, random: () => number, clearsRequiredField = false): Outcome {
  const template = templateOf(drawn);
  const written = bodyOf(drawn, template, random);
  const isRequired = (id: string) =>
    template.sections.some(({ fields }) => fields.some((one) => one.id === id && one.required));
  const body = clearsRequiredField
    ? {
        ...written,
        sections: written.sections.map((section) => ({
          ...section,
          fields: section.fields.map((field) => (isRequired(field.id) ? { ...field, value: '' } : field)),
        })),
      }
    : written;
  const complaints = checkReport({ facts: drawn.facts, template, body });
  return {
    codes: complaints.map(({ code }) => code),
    text: [
      `${drawn.facts.order.exam} / ${drawn.facts.patient.sex} / ${drawn.facts.order.laterality ?? '-'}`,
      ...body.sections.map(({ title, text }) => `${title}: ${text}`),
      ...complaints.map(({ code, quote, message }) => `! ${code}: ${quote ?? ''} | ${message}`),
    ].join('\n'),
  };
}

/** The whole set for one seed: what was noticed of each kind of fault, and what was said of reports that have none. */
function runSet(seed: number) {
  const random = seededRandom(seed);
  const clean = Array.from({ length: CLEAN }, (_, at) =>
    check(drawReport(random, [SCENARIOS[at % SCENARIOS.length] ?? SCENARIOS[0]!]), random),
  );
  const kinds = FAULT_KINDS.map(({ kind, codes, plant, clearsRequiredField }) => {
    const outcomes = Array.from({ length: PLANTED_PER_KIND }, () =>
      check(plant(random, templateOf), random, clearsRequiredField),
    );
    const missed = outcomes.filter((outcome) => !outcome.codes.some((code) => codes.includes(code)));
    return { kind, codes, caught: outcomes.length - missed.length, of: outcomes.length, missed };
  });
  return { clean, kinds };
}

const SEEDS = [1, 2, 3, 4, 5];

describe('the checks on 150 right reports and 150 with one planted fault each', () => {
  const runs = SEEDS.map(runSet);

  it.each(SEEDS.map((seed, at) => [seed, at] as const))('notice at least 95 of 100 faults, seed %i', (_, at) => {
    const kinds = runs[at]?.kinds ?? [];
    const caught = kinds.reduce((sum, one) => sum + one.caught, 0);
    const all = kinds.reduce((sum, one) => sum + one.of, 0);
    expect(all).toBe(150);
    expect(
      caught / all,
      kinds.flatMap(({ kind, missed }) => missed.map(({ text }) => `MISSED ${kind}\n${text}`)).join('\n\n'),
    ).toBeGreaterThanOrEqual(0.95);
  });

  it.each(SEEDS.map((seed, at) => [seed, at] as const))(
    'raise at most one false alarm in ten right reports, seed %i',
    (_, at) => {
      const clean = runs[at]?.clean ?? [];
      const alarms = clean.filter(({ codes }) => codes.length > 0);
      expect(
        clean.reduce((sum, { codes }) => sum + codes.length, 0) / clean.length,
        alarms.map(({ text }) => text).join('\n\n'),
      ).toBeLessThanOrEqual(0.1);
    },
  );

  it('reach what the document on the checks says', () => {
    const rows = FAULT_KINDS.map(({ kind, codes }, place) => {
      const caught = runs.reduce((sum, run) => sum + (run.kinds[place]?.caught ?? 0), 0);
      const falseAlarms = runs
        .flatMap(({ clean }) => clean)
        .filter((one) => one.codes.some((code) => codes.includes(code))).length;
      return `| ${kind} | ${codes.map((code) => `\`${code}\``).join(', ')} | ${caught} of ${PLANTED_PER_KIND * SEEDS.length} | ${falseAlarms} |`;
    });
    const squeezed = (text: string) => text.replaceAll(/ {2,}/g, ' ');
    const written = squeezed(readFileSync(`${BUILD}report-checks.md`, 'utf8'));
    expect(rows.filter((row) => !written.includes(row))).toEqual([]);
  });
});
