import type { Delivery } from '#shared/domain/delivery.ts';
import { dicomUidOf, messageControlIdOf, type DicomPart } from '#shared/reporting/stable-ids.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

import type { JournalLine } from './journal.ts';

/** What one peer says it got: stable ids in the order they were filed first, and how often it saw one again. */
export interface PeerAccount {
  readonly channelIndex: number;
  readonly filed: readonly string[];
  readonly repeats: number;
}

export interface ChannelVerdict {
  /** Reports the peer does not have. */
  readonly lost: number;
  /** Reports the peer has filed more than once, and what it has that we never sent. */
  readonly doubled: number;
  /** Reports of one patient filed against the order of signing; versions of one reading among them. */
  readonly outOfOrder: number;
  readonly versionsOutOfOrder: number;
  /** Deliveries whose ledger and peer say different things. */
  readonly disagreements: number;
  readonly repeats: number;
}

export const fromJournal = (channelIndex: number, lines: readonly JournalLine[]): PeerAccount => ({
  channelIndex,
  filed: lines.filter(({ what }) => what === 'filed').map(({ id }) => id),
  repeats: lines.filter(({ what }) => what === 'repeat').length,
});

/** A report is filed with the last of its objects; an object that came twice, or is of no report, stands for itself. */
export function fromArchive(
  channelIndex: number,
  objects: readonly string[],
  reports: readonly SignedReport[],
): PeerAccount {
  const ownerOf = new Map(
    reports.flatMap((report) => partsOf(report).map((part) => [dicomUidOf(report.reportUuid, part), report] as const)),
  );
  const seen = new Set<string>();
  const filed = objects.flatMap((uid) => {
    const report = ownerOf.get(uid);
    if (report === undefined || seen.has(uid)) return [uid, uid];
    seen.add(uid);
    return partsOf(report).every((part) => seen.has(dicomUidOf(report.reportUuid, part))) ? [report.reportUuid] : [];
  });
  return { channelIndex, filed, repeats: 0 };
}

const partsOf = ({ body }: SignedReport): readonly DicomPart[] =>
  body.keyImages === undefined ? ['pdf', 'text-report'] : ['pdf', 'text-report', 'key-images'];

/** The id by which a channel's peer knows a report. */
export function stableIdOf(channel: Delivery['channel'], channelIndex: number, { reportUuid }: SignedReport): string {
  switch (channel) {
    case 'hl7':
      return messageControlIdOf(reportUuid, channelIndex);
    case 'stow':
    case 'fhir':
    case 'folder':
    case 'inbox':
      return reportUuid;
    case 'mail':
      return `${reportUuid}.${channelIndex}@overread.invalid`;
    default:
      return channel satisfies never;
  }
}

/** Peer against ledger, report by report. `handled`: deliveries a person sent again after a refusal, whose place in the line was given up. */
export function judge(
  reports: readonly SignedReport[],
  channel: Delivery['channel'],
  account: PeerAccount,
  ledger: ReadonlyMap<string, Delivery>,
  handled: ReadonlySet<string>,
): ChannelVerdict {
  const { channelIndex, filed, repeats } = account;
  const times = new Map<string, number>();
  for (const id of filed) times.set(id, (times.get(id) ?? 0) + 1);
  const expected = new Map(reports.map((report) => [stableIdOf(channel, channelIndex, report), report]));
  let [lost, doubled, disagreements] = [0, 0, 0];
  for (const [id, { reportUuid }] of expected) {
    const count = times.get(id) ?? 0;
    if (count === 0) lost += 1;
    if (count > 1) doubled += 1;
    if ((ledger.get(`${reportUuid}/${channelIndex}`)?.state === 'accepted') !== count > 0) disagreements += 1;
  }
  for (const id of times.keys()) if (!expected.has(id)) doubled += 1;
  const arrivals = [...new Set(filed)].flatMap((id) => expected.get(id) ?? []);
  // Later versions of a refused report wait for it, while other reports of the patient do not.
  const outOfLine = reports.filter(({ reportUuid }) => handled.has(`${reportUuid}/${channelIndex}`));
  const inLine = arrivals.filter(
    ({ taskId, signedAt }) => !outOfLine.some((each) => each.taskId === taskId && each.signedAt <= signedAt),
  );
  return {
    lost,
    doubled,
    disagreements,
    repeats,
    outOfOrder: countInversions(inLine, ({ task }) => task.patient.id),
    versionsOutOfOrder: countInversions(arrivals, ({ taskId }) => taskId),
  };
}

/** Reports that came after one of the same kin that was signed later. */
function countInversions(arrivals: readonly SignedReport[], kinOf: (report: SignedReport) => string): number {
  const latest = new Map<string, number>();
  let inversions = 0;
  for (const report of arrivals) {
    const before = latest.get(kinOf(report)) ?? Number.NEGATIVE_INFINITY;
    if (report.signedAt < before) inversions += 1;
    latest.set(kinOf(report), Math.max(before, report.signedAt));
  }
  return inversions;
}
