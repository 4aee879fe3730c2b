import { mkdirSync } from 'node:fs';

import { writePart10 } from '#electron/adapters/dicom-objects/write-part10.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';
import type { KeyImage } from '#shared/reporting/report.ts';
import { writeOrthancConfig } from '#tests/support/orthanc.ts';

import { keyImageOf } from './reports.ts';
import { supervise, type Supervised } from './supervised.ts';

const USER = { user: 'reader', password: 'reader-password' } as const;
const PAGE = 1000;

export interface OrthancPeer extends Supervised {
  readonly auth: typeof USER;
  /** One image in the study the report is about. */
  storeStudy(signed: SignedReport): Promise<void>;
  /** SOP Instance UIDs it holds beside the images, in the order they came. */
  objects(): Promise<readonly string[]>;
}

/** A real Orthanc on a port and in a folder of its own, which outlive it. */
export function createOrthancPeer(folder: string, port: number): OrthancPeer {
  mkdirSync(folder, { recursive: true });
  const config = writeOrthancConfig({ folder, port, ...USER });
  const url = `http://127.0.0.1:${port}`;
  const headers = { Authorization: `Basic ${Buffer.from(`${USER.user}:${USER.password}`).toString('base64')}` };
  const images = new Set<string>();
  const isUp = () =>
    fetch(`${url}/system`, { headers }).then(
      ({ ok }) => ok,
      () => false,
    );
  const ask = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, { headers });
    if (!answer.ok) throw new Error(`Orthanc: ${answer.status} for ${path}`);
    return answer.json();
  };
  return {
    ...supervise('orthanc', '/usr/sbin/Orthanc', [config], isUp),
    auth: USER,
    async storeStudy(signed) {
      const image = keyImageOf(signed.studyInstanceUids[0] ?? '');
      images.add(image.sopInstanceUid);
      const body = imageOf(signed, image);
      const answer = await fetch(`${url}/instances`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`Orthanc refused an image: ${answer.status}`);
    },
    async objects() {
      const uids = new Map<string, string>();
      for (let since = 0, page = PAGE; page === PAGE; since += PAGE) {
        const found = (await ask(`/instances?expand&since=${since}&limit=${PAGE}`)) as {
          readonly ID: string;
          readonly MainDicomTags: { readonly SOPInstanceUID: string };
        }[];
        for (const { ID, MainDicomTags } of found) uids.set(ID, MainDicomTags.SOPInstanceUID);
        page = found.length;
      }
      const inOrder: string[] = [];
      for (let since = 0, isDone = false; !isDone;) {
        const answer = (await ask(`/changes?since=${since}&limit=${PAGE}`)) as {
          readonly Changes: { readonly ChangeType: string; readonly ID: string }[];
          readonly Done: boolean;
          readonly Last: number;
        };
        for (const { ChangeType, ID } of answer.Changes) {
          if (ChangeType === 'NewInstance') inOrder.push(uids.get(ID) ?? '');
        }
        [since, isDone] = [answer.Last, answer.Done];
      }
      return inOrder.filter((uid) => !images.has(uid));
    },
  };
}

function imageOf({ task }: SignedReport, image: KeyImage): Uint8Array<ArrayBuffer> {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid } = image;
  const part10 = writePart10({
    sopClassUid,
    sopInstanceUid,
    elements: [
      { tag: '00080016', vr: 'UI', value: sopClassUid },
      { tag: '00080018', vr: 'UI', value: sopInstanceUid },
      { tag: '00080050', vr: 'SH', value: task.accessionNumber ?? '' },
      { tag: '00080060', vr: 'CS', value: 'OT' },
      { tag: '00100010', vr: 'PN', value: task.patient.name },
      { tag: '00100020', vr: 'LO', value: task.patient.mrn },
      { tag: '0020000D', vr: 'UI', value: studyInstanceUid },
      { tag: '0020000E', vr: 'UI', value: seriesInstanceUid },
    ],
  });
  return new Uint8Array(part10);
}
