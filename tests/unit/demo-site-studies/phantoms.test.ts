import { describe, expect, it, vi } from 'vitest';
import { meanAt } from '#electron/demo-site/studies/field/grid.ts';
import {
  APPENDICOLITH,
  PORTAL_PHASE,
  UNENHANCED,
  URETERAL_STONE,
} from '#electron/demo-site/studies/phantoms/abdomen-options.ts';
import { createAbdomen } from '#electron/demo-site/studies/phantoms/abdomen.ts';
import { createChest, EMBOLUS } from '#electron/demo-site/studies/phantoms/chest.ts';
import { paintChestFilm } from '#electron/demo-site/studies/phantoms/chest-film.ts';
import { CT_HEAD, MR_HEAD } from '#electron/demo-site/studies/phantoms/head-palette.ts';
import type { HeadLesion } from '#electron/demo-site/studies/phantoms/head-lesions.ts';
import { createHead } from '#electron/demo-site/studies/phantoms/head.ts';
import { MASS_PLACE, paintBreast } from '#electron/demo-site/studies/phantoms/breast.ts';

const COLUMNS = 256;
/** Whole pictures are made here; a busy machine may take its time. */
vi.setConfig({ testTimeout: 120_000 });

/** Ranges as textbooks give them, in HU. */
describe('CT head', () => {
  const slice = (lesions: readonly HeadLesion[], z: number) =>
    createHead({ seed: 3, palette: CT_HEAD, atrophy: 1, lesions }).slice(z, COLUMNS, 230 / COLUMNS);

  it('has brain of 20 to 45 HU, fluid below 20 in the ventricles, bone above 300 round it and air outside', () => {
    const grid = slice([], 38);
    expect(meanAt(grid, 40, 0, 8)).toBeGreaterThan(20);
    expect(meanAt(grid, 40, 0, 8)).toBeLessThan(45);
    expect(meanAt(grid, 10, -8, 2)).toBeLessThan(20);
    expect(meanAt(grid, -112, -112, 2)).toBe(-1000);
    const row = Array.from({ length: 60 }, (_, index) => meanAt(grid, 50 + index * 0.6, 4, 0.9));
    expect(Math.max(...row)).toBeGreaterThan(700);
  });

  it('has grey matter denser than white', () => {
    const grid = slice([], 60);
    const values = [...grid.values].filter((hu) => hu > 20 && hu < 45);
    const white = values.filter((hu) => hu < 31).length;
    const grey = values.filter((hu) => hu > 35).length;
    expect(white / values.length).toBeGreaterThan(0.2);
    expect(grey / values.length).toBeGreaterThan(0.2);
  });

  it('shows a haematoma of 55 to 80 HU on the right side of the patient only', () => {
    const grid = slice([{ kind: 'haematoma', x: -26, y: -4, z: 24, radiusMm: 16, shiftMm: 4 }], 24);
    expect(meanAt(grid, -26, -4, 6)).toBeGreaterThan(55);
    expect(meanAt(grid, -26, -4, 6)).toBeLessThan(80);
    expect(meanAt(grid, 30, -4, 6)).toBeLessThan(45);
  });

  it('shows a subdural crescent under the left vault only', () => {
    const grid = slice([{ kind: 'subdural', x: 60, y: -5, z: 45, thicknessMm: 11, shiftMm: -6 }], 45);
    const brightest = (side: number): number =>
      Math.max(
        ...Array.from({ length: 20 }, (_, index) => index + 38)
          .map((x) => meanAt(grid, side * x, -5, 1.5))
          .filter((hu) => hu < 90),
      );
    const mean = (side: number): number => meanAt(grid, side * 54, -5, 2.5);
    expect(brightest(1)).toBeGreaterThan(55);
    expect(mean(1)).toBeGreaterThan(55);
    expect(mean(-1)).toBeLessThan(45);
  });
});

describe('MR head', () => {
  it('has the contrasts of its weighting: fluid dark in T1 and FLAIR, bright in T2; an acute infarct bright in DWI and dark in ADC', () => {
    const lesions: HeadLesion[] = [{ kind: 'infarct', x: 42, y: -18, z: 38, radiusMm: 17, shiftMm: 0 }];
    const at = (weighting: keyof typeof MR_HEAD) => {
      const grid = createHead({ seed: 3, palette: MR_HEAD[weighting], atrophy: 1, lesions }).slice(
        38,
        COLUMNS,
        230 / COLUMNS,
      );
      return { fluid: meanAt(grid, 9.5, -10, 1.5), infarct: meanAt(grid, 42, -18, 5), brain: meanAt(grid, -42, -2, 6) };
    };
    const [t1, t2, flair, dwi, adc] = (['T1', 'T2', 'FLAIR', 'DWI', 'ADC'] as const).map(at);
    expect(t1!.fluid).toBeLessThan(t1!.brain * 0.7);
    expect(t2!.fluid).toBeGreaterThan(t2!.brain * 1.5);
    expect(flair!.fluid).toBeLessThan(flair!.brain * 0.6);
    expect(dwi!.infarct).toBeGreaterThan(dwi!.brain * 1.8);
    expect(adc!.infarct).toBeLessThan(adc!.brain * 0.7);
  });
});

describe('CT chest', () => {
  const options = { seed: 5, female: true, enhancement: { arteries: 360, veins: 255, cava: 620 } };
  const spacing = 380 / COLUMNS;

  it('has lungs below −700 HU, enhanced lung arteries above 250 and fat below −60', () => {
    const grid = createChest({ ...options, hasEmbolism: false }).slice(-10, COLUMNS, spacing);
    expect(meanAt(grid, -90, -10, 12)).toBeLessThan(-700);
    expect(meanAt(grid, 90, -10, 12)).toBeLessThan(-700);
    expect(meanAt(grid, EMBOLUS[0]!.x, EMBOLUS[0]!.y, 4)).toBeGreaterThan(250);
    expect(meanAt(grid, 0, 118, 1.5)).toBeLessThan(0);
  });

  it('has a filling defect far below the enhanced lumen where the clot lies, and only there', () => {
    const middle = EMBOLUS[1]!;
    const withClot = createChest({ ...options, hasEmbolism: true }).slice(-14, COLUMNS, spacing);
    const without = createChest({ ...options, hasEmbolism: false }).slice(-14, COLUMNS, spacing);
    expect(meanAt(withClot, middle.x, middle.y, 3)).toBeLessThan(110);
    expect(meanAt(without, middle.x, middle.y, 3)).toBeGreaterThan(250);
    expect(meanAt(withClot, 40, 4, 3)).toBeCloseTo(meanAt(without, 40, 4, 3), 5);
  });
});

describe('CT abdomen', () => {
  const spacing = 390 / COLUMNS;

  it('enhances in the portal phase: liver about 110, kidney cortex above it, aorta about 150', () => {
    const grid = createAbdomen({ seed: 5, palette: PORTAL_PHASE, findings: [] }).slice(20, COLUMNS, spacing);
    expect(meanAt(grid, -92, 0, 8)).toBeGreaterThan(95);
    expect(meanAt(grid, -92, 0, 8)).toBeLessThan(130);
    expect(meanAt(grid, 9, 10, 4)).toBeGreaterThan(140);
  });

  it('has calcium where the findings say: appendicolith and ureteral stone', () => {
    const appendix = createAbdomen({ seed: 5, palette: PORTAL_PHASE, findings: ['appendicitis'] });
    expect(
      meanAt(appendix.slice(APPENDICOLITH.z, COLUMNS, spacing), APPENDICOLITH.x, APPENDICOLITH.y, 4),
    ).toBeGreaterThan(180);
    const withStone = createAbdomen({ seed: 5, palette: UNENHANCED, findings: ['left-ureteral-stone'] }).slice(
      URETERAL_STONE.z,
      COLUMNS,
      spacing,
    );
    const without = createAbdomen({ seed: 5, palette: UNENHANCED, findings: [] }).slice(
      URETERAL_STONE.z,
      COLUMNS,
      spacing,
    );
    expect(meanAt(withStone, URETERAL_STONE.x, URETERAL_STONE.y, 4)).toBeGreaterThan(
      meanAt(without, URETERAL_STONE.x, URETERAL_STONE.y, 4) + 150,
    );
  });
});

describe('projection pictures', () => {
  it('show a collapsed right lung: less attenuation and no vessels at the right apex, the left unchanged', () => {
    const film = (hasPneumothorax: boolean) =>
      paintChestFilm({
        seed: 5,
        view: 'PA',
        female: false,
        columns: 390,
        rows: 375,
        spacingMm: 1,
        hasPneumothorax,
        isIntensiveCare: false,
      });
    const collapsed = film(true);
    const normal = film(false);
    expect(meanAt(collapsed, -66, -88, 8)).toBeLessThan(meanAt(normal, -66, -88, 8) - 0.1);
    expect(meanAt(collapsed, 66, -60, 8)).toBeCloseTo(meanAt(normal, 66, -60, 8), 3);
  });

  it('show a dense mass in the left breast where the finding says', () => {
    const plan = { seed: 5, side: 'L', view: 'CC', columns: 280, rows: 480, spacingMm: 0.4 } as const;
    const place = MASS_PLACE.CC;
    const left = paintBreast({ ...plan, massRadiusMm: 7.5 });
    const normal = paintBreast(plan);
    const x = left.leftMm + place.deep;
    expect(meanAt(left, x, place.y, 4)).toBeGreaterThan(meanAt(normal, x, place.y, 4) + 0.2);
  });
});
