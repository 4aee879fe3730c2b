import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Communication, Observation, Patient, Task } from 'fhir/r4';
import { afterEach, describe, expect, it } from 'vitest';

import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { createQuestionSender } from '#electron/gateway/critical/send-questions.ts';
import { answerHl7 } from '#electron/gateway/intake/answer-hl7.ts';
import type { AccessionNumber, PatientId, SiteId, TaskId } from '#shared/domain/identifiers.ts';
import { WAITS_FOR_ANSWER } from '#shared/domain/site-question.ts';
import type { Site } from '#shared/domain/site.ts';
import { askQuestion, readOpenQuestions, readQuestions } from '#shared/fhir/question-on-hub.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { freePort } from '#tests/support/free-port.ts';
import { sendWithPython } from '#tests/support/hl7-peer.ts';
import { createManualTime } from '#tests/support/manual-time.ts';
import { createMemoryFhir } from '#tests/support/memory-fhir.ts';
import { lacks } from '#tests/support/peers.ts';
import { NIGHT, readingTask } from '#tests/support/reading-tasks.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const UUID = '0f4c1a52-7c61-4a3e-9f0e-0f6f3d0a1b2c';
const ASKED = 'Since when?\nWhich side | arm & leg?';

const support = (script: string): string => fileURLToPath(new URL(`../support/${script}`, import.meta.url));

/** Both ends of the site are python3-hl7: it takes the question as it is told, and sends the answer. */
describe.skipIf(lacks('python3-hl7'))('a question to a site by HL7 message', () => {
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function asked(answers: readonly string[], more: Partial<Site> = {}) {
    const [folder, port] = [tempFolder(), await freePort()];
    const child = spawn('/usr/bin/python3', [support('scripted_hl7_receiver.py'), String(port), folder, ...answers], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    stops.push(async () => {
      child.kill('SIGTERM');
      await exited;
    });
    await once(child.stdout, 'data');
    const time = createManualTime(NIGHT);
    const fhir = createMemoryFhir({ clock: time.clock });
    const site: Site = {
      id: 'mercy' as SiteId,
      name: 'Mercy General',
      orders: { unordered: 'ignore', hl7ListenPort: 0 },
      returns: [{ kind: 'hl7', host: '127.0.0.1', port, takesQuestions: true }],
      turnaroundMinutes: {},
      ...more,
    };
    const patient = await fhir.create<Patient>({ resourceType: 'Patient' });
    const base = readingTask('a');
    const reading = {
      ...base,
      id: '' as TaskId,
      version: '',
      patient: { ...base.patient, id: (patient.id ?? '') as PatientId },
    };
    const task = await fhir.create<Task>(readingTaskToFhir(reading));
    const question = {
      id: '',
      version: '',
      uuid: UUID,
      taskId: (task.id ?? '') as TaskId,
      siteId: site.id,
      siteName: site.name,
      accessionNumber: 'A-a' as AccessionNumber,
      patientId: patient.id ?? '',
      patientName: base.patient.name,
      examText: base.exam.text,
      text: ASKED,
      askedAt: NIGHT,
      askedBy: { id: 'dr-lee', name: 'Lee^Dana' },
    };
    await askQuestion(fhir, question);
    const audited: string[] = [];
    const sender = () =>
      createQuestionSender({
        fhir,
        sites: () => [site],
        sendMllp,
        clock: time.clock,
        timer: time.timer,
        log: silentLog,
        audit: { record: ({ act, outcome = 'done' }) => void audited.push(`${act} ${outcome}`) },
      });
    const raw = (n: number): string => readFileSync(join(folder, `000${n}.hl7`), 'utf8');
    const count = () => [1, 2, 3, 4].filter((n) => existsSync(join(folder, `000${n}.hl7`))).length;
    /** What python3-hl7 reads at these places, unescaped. */
    const fields = (n: number, ...places: string[]): string[] =>
      JSON.parse(
        execFileSync('/usr/bin/python3', [support('hl7_fields.py'), join(folder, `000${n}.hl7`), ...places], {
          encoding: 'utf8',
        }),
      ) as string[];
    const open = async () => (await readOpenQuestions(fhir))[0];
    const pauses = async () => {
      const held = readingTaskFromFhir(await fhir.read<Task>('Task', task.id ?? ''));
      return held.ok ? (held.value.pauses ?? []) : [];
    };
    return { time, fhir, site, sender, raw, count, fields, open, pauses, audited };
  }

  /** The site's interface engine sends its answer where its orders go. */
  async function answered({ fhir, site, time }: Awaited<ReturnType<typeof asked>>, segments: readonly string[]) {
    let sent = 0;
    const reception = { fhir, clock: time.clock, log: silentLog, nextControlId: () => `C${(sent += 1)}` };
    const listener = await listenMllp({
      port: 0,
      log: silentLog,
      onMessage: (bytes) => answerHl7(bytes, site, reception),
    });
    stops.push(() => listener.close());
    return sendWithPython(listener.port, segments);
  }

  it('goes as MDM^T02 with its number and the accession number, is acknowledged once, and stays open for the answer', async () => {
    const rig = await asked(['AA']);
    const sender = rig.sender();
    await sender.look();
    await sender.look();
    expect(rig.count()).toBe(1);
    expect(
      rig.fields(
        1,
        'MSH.F9.R1.C1',
        'MSH.F9.R1.C2',
        'PID.F3.R1.C1',
        'PID.F5.R1.C1',
        'TXA.F12.R1.C1',
        'TXA.F15',
        'OBX.F5',
      ),
    ).toEqual(['MDM', 'T02', 'M-a', 'Doe', UUID, 'A-a', ASKED.replace('\n', '\r')]);
    expect((await rig.open())?.sending).toEqual({ attempts: 1, acknowledgedAt: NIGHT });
    expect(rig.audited).toEqual(['question.sent done']);
    expect(await rig.pauses()).toMatchObject([{ from: NIGHT, reason: WAITS_FOR_ANSWER }]);
  });

  it('is sent again, the same under the same number, until the site has taken it, also by a program started anew', async () => {
    const rig = await asked(['drop', 'garbage', 'AA']);
    await rig.sender().look();
    expect((await rig.open())?.sending).toMatchObject({ attempts: 1, problem: 'hl7-closed' });
    await rig.sender().look();
    expect(rig.count()).toBe(1);
    for (let attempt = 2; attempt <= 3; attempt += 1) {
      await rig.time.advance(MINUTE_MS);
      await rig.sender().look();
    }
    expect(rig.count()).toBe(3);
    expect([rig.raw(2), rig.raw(3)]).toEqual([rig.raw(1), rig.raw(1)]);
    expect((await rig.open())?.sending).toMatchObject({ attempts: 3, acknowledgedAt: rig.time.clock.now() });
    expect(rig.audited).toEqual(['question.sent failed', 'question.sent failed', 'question.sent done']);
  });

  it('that the site refuses is left to a person and not sent again', async () => {
    const rig = await asked(['AR']);
    await rig.sender().look();
    await rig.time.advance(60 * MINUTE_MS);
    await rig.sender().look();
    expect(rig.count()).toBe(1);
    const sending = (await rig.open())?.sending;
    expect(sending).toEqual({ attempts: 1, problem: 'hl7-AR' });
  });

  it('does not go to a site that does not take them so, nor to one with a FHIR server', async () => {
    const rig = await asked(['AA'], { orders: { unordered: 'ignore', fhirUrl: 'http://127.0.0.1:1/fhir' } });
    await rig.sender().look();
    const [channel] = rig.site.returns;
    const silent = await asked(['AA'], {
      returns: [{ ...(channel as { kind: 'hl7'; host: string; port: number }), takesQuestions: false }],
    });
    await silent.sender().look();
    expect([rig.count(), silent.count()]).toEqual([0, 0]);
  });

  const pid = 'PID|1||M-a^^^MERCY^MR||Doe^Jane||19520304|F';
  const head = (type: string) => `MSH|^~\\&|HIS|MERCY|||20261121221000||${type}|77|P|2.5.1`;
  it.each<[string, readonly string[], string, string]>([
    [
      'as a document addendum that names the question as its parent (TXA-13)',
      [
        head('MDM^T06^MDM_T02'),
        'EVN|T06|20261121221000',
        pid,
        'PV1|1|I',
        `TXA|1|CN|TX|20261121221000|||||77^Kim^Ann|||ADD-1^HIS|${UUID}^OVERREAD||||AU||AV`,
        'OBX|1|FT|ANS^Answer^L||Since 01:10\\.br\\at home||||||F',
      ],
      'Since 01:10\nat home',
      'Ann Kim',
    ],
    [
      'as a result whose order names it as parent (OBR-29)',
      [
        head('ORU^R01^ORU_R01'),
        pid,
        `OBR|1||A-a|ANS^Answer^L|||20261121221000||||||||||||||||||F||||${UUID}&OVERREAD`,
        'OBX|1|TX|1^Answer^L||Right arm||||||F',
        'NTE|1||told by the ambulance',
      ],
      'Right arm\ntold by the ambulance',
      'MERCY',
    ],
    [
      'as an order message whose parent it is (ORC-8), refused or not',
      [head('ORM^O01'), pid, `ORC|SC|A-a||||||^${UUID}&OVERREAD`, 'OBR|1|A-a||X^X^L', 'NTE|1||Patient cannot be asked'],
      'Patient cannot be asked',
      'MERCY',
    ],
  ])('is answered %s: beside the images, the clock going on', async (_how, segments, text, by) => {
    const rig = await asked(['AA']);
    await rig.sender().look();
    await rig.time.advance(10 * MINUTE_MS);
    expect(await answered(rig, segments)).toContain('MSA|AA|77');
    expect(await rig.open()).toBeUndefined();
    const [question] = await readQuestions(rig.fhir, 0 as EpochMs);
    expect(question?.answer).toEqual({ text, by, at: rig.time.clock.now() });
    const [note, ...others] = rig.fhir.all<Observation>('Observation');
    expect([note?.code.text, note?.valueString, others]).toEqual([ASKED, text, []]);
    expect(await rig.pauses()).toMatchObject([{ from: NIGHT, until: rig.time.clock.now() }]);
    // Told again it is the same answer, and no order or report came of it.
    expect(await answered(rig, segments)).toContain('MSA|AA|77');
    expect(rig.fhir.all('Observation')).toHaveLength(1);
    expect([rig.fhir.all('DiagnosticReport'), rig.fhir.all('Task').length]).toEqual([[], 1]);
    expect(rig.fhir.all<Communication>('Communication')).toHaveLength(1);
  });

  it('is not answered by what names another question, or another site’s', async () => {
    const rig = await asked(['AA']);
    const foreign = UUID.replace('0f4c', 'ffff');
    const document = (parent: string) => [
      head('MDM^T06^MDM_T02'),
      'EVN|T06|20261121221000',
      pid,
      'PV1|1|I',
      `TXA|1|CN|TX|20261121221000||||||||ADD-1^HIS|${parent}^OVERREAD||||AU||AV`,
      'OBX|1|TX|ANS^Answer^L||A letter||||||F',
    ];
    expect(await answered(rig, document(foreign))).toContain('MSA|AA|77');
    const other = { ...rig, site: { ...rig.site, id: 'lex' as SiteId } };
    await answered(other, document(UUID));
    expect((await rig.open())?.text).toBe(ASKED);
  });
});
