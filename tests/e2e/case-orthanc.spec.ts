import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { freePort } from '#tests/support/free-port.ts';
import { sendWithPython, startHl7Receiver } from '#tests/support/hl7-peer.ts';
import { startOrthanc, type Orthanc } from '#tests/support/orthanc.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';
import { acknowledgedRows, enter, sign, waitForImages, waitForRow, writeReport } from '#tests/support/read-case.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

const PIN = '246802';

/** Two real studies; identity as in their headers (testdata manifest). */
const CT = {
  folder: 'ct-chest',
  accession: '2819497684894126',
  patientId: 'LIDC-IDRI-0314',
  study: '1.3.6.1.4.1.14519.5.2.1.6279.6001.265704884949271879044145982159',
  exam: '71250^CT chest without contrast^C4',
  name: 'ROE^RICHARD',
  priority: 'S',
};
const MR = {
  folder: 'mr-brain',
  accession: '98edede8b2',
  patientId: '1449c1d',
  study: '1.2.840.113845.11.1000000001785349915.20130308061609.6346698',
  exam: '70551^MR brain without contrast^C4',
  name: 'anonymized',
  priority: 'R',
};

const order = ({ accession, patientId, name, exam, priority }: typeof CT): string[] => [
  `MSH|^~\\&|EHR|MERCY|OVERREAD|GROUP|20261121020000||ORM^O01|E2E-${accession}|P|2.5.1`,
  `PID|1||${patientId}^^^MERCY^MR||${name}||19500101|M`,
  'PV1|1|E|ED^12^A',
  'AL1|1|DA|^Penicillin|MO|rash',
  `ORC|NW|PL-${accession}|${accession}||SC||^^^^^${priority}||20261121020000|||1234^House^Gregory`,
  `OBR|1|PL-${accession}|${accession}|${exam}||20261121020000|||||||Known nodule, former smoker||||1234^House^Gregory||${accession}||||||||^^^^^${priority}||||^Cough and weight loss`,
  'NTE|1|L|Patient could not hold breath',
  'OBX|1|NM|2160-0^Creatinine^LN||1.4|mg/dL|0.6-1.2|H|||F|||20261120',
];

let orthanc: Orthanc;
let hl7: Awaited<ReturnType<typeof startHl7Receiver>>;
let workstation: StartedProgram;
let folder: string;
let ordersPort: number;
let argv: string[];
const environment = { OVERREAD_PIN: PIN, MERCY_PASSWORD: 'reader-password' };

test.skip(lacks('testdata', 'orthanc', 'dcmtk', 'python3-hl7', 'poppler'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overread-e2e-'));
  [orthanc, hl7] = await Promise.all([startOrthanc(), startHl7Receiver()]);
  for (const { folder: series } of [CT, MR]) {
    await orthanc.upload(
      readdirSync(join(TESTDATA, 'dicom', series)).map((name) => join(TESTDATA, 'dicom', series, name)),
    );
  }
  ordersPort = await freePort();
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      reader: {
        id: 'dr-lee',
        name: 'Lee^Dana',
        pin: { env: 'OVERREAD_PIN' },
        licences: [{ region: 'US-OH', until: '2099-01-01' }],
      },
      sites: [
        {
          id: 'mercy',
          name: 'Mercy General',
          region: 'US-OH',
          dicomweb: {
            url: orthanc.dicomwebUrl,
            auth: { basic: { user: orthanc.user, password: { env: 'MERCY_PASSWORD' } } },
          },
          orders: { hl7: { listen: ordersPort }, unordered: 'ignore' },
          return: [
            { hl7: { host: '127.0.0.1', port: hl7.port } },
            { stow: {} },
            { folder: { path: join(folder, 'returned') } },
          ],
        },
      ],
    }),
  );
  argv = ['--headless', '--host', 'browser', '--data', join(folder, 'data'), '--config', config];
  workstation = await startProgram('workstation', argv, environment);
});

test.afterAll(async () => {
  await workstation?.stop();
  await Promise.all([orthanc?.stop(), hl7?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

test('a real study travels from the order to proof of return', async ({ page }) => {
  expect(await sendWithPython(ordersPort, order(CT))).toContain('MSA|AA|');
  expect(await sendWithPython(ordersPort, order(MR))).toContain('MSA|AA|');
  // The same order again changes nothing twice.
  expect(await sendWithPython(ordersPort, order(CT))).toContain('MSA|AA|');

  await enter(page, workstation.url);
  const row = await waitForRow(page, /^ROE, RICHARD/i);
  await expect(row).toHaveAttribute('aria-rowindex', /^[12]$/);
  await waitForRow(page, /^anonymized/i);
  await expect(page.getByRole('grid', { name: 'Worklist' }).getByRole('row', { name: /^ROE, RICHARD/i })).toHaveCount(
    1,
  );

  const next = page.getByRole('button', { name: 'Read next' });
  await expect(next).toBeEnabled({ timeout: 60_000 });
  await next.click();
  await waitForImages(page);
  const notes = page.getByRole('region', { name: 'Clinical notes' });
  for (const fact of [
    'Cough and weight loss',
    'Known nodule, former smoker',
    'Penicillin',
    '1.4',
    'Patient could not hold breath',
  ]) {
    await expect(notes.getByText(fact, { exact: false }).first()).toBeVisible();
  }

  await writeReport(
    page,
    'No consolidation. Nodule in the right upper lobe <10 mm & unchanged | stable.',
    'Stable nodule. Größe unverändert.',
  );

  // The claim and the text survive a killed program.
  await workstation.kill();
  workstation = await startProgram('workstation', argv, environment);
  await enter(page, workstation.url);
  await (await waitForRow(page, /^ROE, RICHARD/i)).press('Enter');
  const report = page.getByRole('region', { name: 'Report' });
  await expect(report.getByRole('textbox', { name: 'Impression' })).toHaveValue('Stable nodule. Größe unverändert.');
  await waitForImages(page);

  await sign(page, PIN);
  await expect.poll(() => hl7.received().length, { timeout: 60_000 }).toBe(1);
  const [oru] = hl7.received();
  expect(oru).toMatchObject({ type: expect.stringContaining('ORU'), accession: CT.accession, resultStatus: 'F' });
  expect(oru!.patientId).toContain(CT.patientId);
  const observed = (code: string) =>
    oru!.obx
      .filter((obx) => obx.code.startsWith(code))
      .map((obx) => obx.value)
      .join('\n');
  expect(observed('113014')).toBe(CT.study);
  expect(observed('59776-5')).toContain('right upper lobe <10 mm & unchanged | stable.');
  expect(observed('19005-8')).toContain('Größe unverändert');
  expect(new Set(oru!.obx.map((obx) => obx.status))).toEqual(new Set(['F']));

  await page
    .getByRole('button', { name: /Deliveries/ })
    .first()
    .click();
  const ledger = page.getByRole('region', { name: 'Deliveries' });
  await expect(acknowledgedRows(ledger)).toHaveCount(3, { timeout: 60_000 });
});

test('the site holds the report: the PDF comes back from the archive, clean and readable', async () => {
  const find = await fetch(`${orthanc.dicomwebUrl}/studies/${CT.study}/instances?Modality=DOC&includefield=00080016`, {
    headers: orthanc.headers,
  });
  const documents = ((await find.json()) as Record<string, { Value?: string[] }>[]).filter(
    (instance) => instance['00080016']?.Value?.[0] === '1.2.840.10008.5.1.4.1.1.104.1',
  );
  expect(documents).toHaveLength(1);
  const sop = documents[0]!['00080018']!.Value![0]!;
  const lookup = await fetch(`${orthanc.url}/tools/lookup`, { method: 'POST', headers: orthanc.headers, body: sop });
  const [{ ID }] = (await lookup.json()) as [{ ID: string }];
  const file = join(folder, 'returned.dcm');
  writeFileSync(
    file,
    Buffer.from(await (await fetch(`${orthanc.url}/instances/${ID}/file`, { headers: orthanc.headers })).arrayBuffer()),
  );
  const dump = execFileSync('dcmdump', ['-q', file], { encoding: 'utf8' });
  expect(dump).toContain(CT.study);
  expect(dump).toContain(CT.patientId);
  const pdf = join(folder, 'returned.pdf');
  writeFileSync(
    pdf,
    Buffer.from(await (await fetch(`${orthanc.url}/instances/${ID}/pdf`, { headers: orthanc.headers })).arrayBuffer()),
  );
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
  for (const words of [
    'Stable nodule. Größe unverändert.',
    'right upper lobe <10 mm & unchanged | stable.',
    'Mercy General',
    CT.accession,
  ]) {
    expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
  }
});

test('the folder channel holds PDF, FHIR, HL7 and DICOM, under names without patient data', () => {
  const names = readdirSync(join(folder, 'returned'), { recursive: true, encoding: 'utf8' });
  for (const end of ['.pdf', '.json', '.hl7', '.dcm']) expect(names.some((name) => name.endsWith(end))).toBe(true);
  expect(names.filter((name) => /roe|richard|LIDC/i.test(name))).toEqual([]);
});

test('logs hold no patient data and stdout exactly one line', () => {
  expect(workstation.stdout).toHaveLength(1);
  const said = workstation.stderr.join('\n');
  for (const secret of ['ROE', 'RICHARD', CT.patientId, CT.accession, CT.study, 'nodule', PIN, 'reader-password']) {
    expect(said).not.toContain(secret);
  }
});

test('a delivery that could not leave survives a restart', async ({ page }) => {
  await hl7.stop();
  await enter(page, workstation.url).catch(() => undefined);
  await workstation.stop();
  workstation = await startProgram('workstation', argv, environment);
  await enter(page, workstation.url);
  const next = page.getByRole('button', { name: 'Read next' });
  await expect(next).toBeEnabled({ timeout: 60_000 });
  await next.click();
  await waitForImages(page);
  await writeReport(page, 'Normal ventricles.', 'No acute intracranial abnormality.');
  await sign(page, PIN);
  expect(await workstation.stop()).toBe(0);

  const port = hl7.port;
  hl7 = await startHl7Receiver(port);
  workstation = await startProgram('workstation', argv, environment);
  await expect
    .poll(() => hl7.received().filter((message) => message.accession === MR.accession).length, { timeout: 90_000 })
    .toBe(1);
  expect(readFileSync(join(folder, 'config.json'), 'utf8')).not.toContain(PIN);
});
