import { toIso, type EpochMs } from '../kernel/clock.ts';
import type { SiteId } from './identifiers.ts';
import { PRIVILEGES, type Licence, type Privilege, type Radiologist, type SitePrivilege } from './radiologist.ts';
import type { ReadingTask } from './reading-task.ts';
import { regionName } from './regions.ts';

/** What one reader may do with one reading at one moment. */
export interface Eligibility {
  /** The site's privilege as it stands today; `final` where no site restricts the reader. */
  readonly privilege: Privilege;
  /** Why they may not read it, in words; empty when they may. */
  readonly refusals: readonly string[];
  /** What they should know though they may: a downgrade, a check that could not be made. */
  readonly remarks: readonly string[];
}

type Asked = Pick<
  ReadingTask,
  'siteId' | 'siteName' | 'exam' | 'readType' | 'subspecialty' | 'earlierReaders' | 'priority'
>;

/** Site privilege, licence, subspecialty, modality, read type and conflict, each refusal in words of its own. */
export function eligibilityOf(
  reader: Radiologist,
  task: Asked,
  { region, now }: { readonly region: string | undefined; readonly now: EpochMs },
): Eligibility {
  return eligibilityOn(reader, task, region, dayOf(now));
}

/** Whether anything of a site's may be shown to this reader: a privilege there, be it to look, and a licence for its region. */
export function mayLookAt(
  reader: Radiologist,
  siteId: SiteId,
  { region, now }: { readonly region: string | undefined; readonly now: EpochMs },
): boolean {
  const { privilege } = privilegeAt(reader.privileges, siteId, dayOf(now));
  return privilege !== 'none' && licenceRefusals(reader.licences, region, dayOf(now)).length === 0;
}

/** ISO day, UTC. */
export const dayOf = (now: EpochMs): string => toIso(now).slice(0, 10);

/** The same for many readings of one day. */
export function eligibilityOn(reader: Radiologist, task: Asked, region: string | undefined, day: string): Eligibility {
  const { privilege, downgraded } = privilegeAt(reader.privileges, task.siteId, day);
  return {
    privilege,
    refusals: [
      ...privilegeRefusals(task, privilege, downgraded),
      ...licenceRefusals(reader.licences, region, day),
      ...modalityRefusals(reader, task),
      ...subspecialtyRefusals(reader, task),
      ...readTypeRefusals(reader, task),
      ...conflictRefusals(reader, task),
    ],
    remarks: [
      ...(privilege === 'preliminary'
        ? [
            `${task.siteName} lets you sign preliminary reports only${downgraded === undefined ? '' : `: ${downgraded}`}`,
          ]
        : []),
      ...(reader.licences.length > 0 && region === undefined
        ? [`licence not checked: no region is configured for ${task.siteName}`]
        : []),
    ],
  };
}

/** ISO days compare as text; a licence holds from its first day up to and including its last. */
function licenceRefusals(licences: readonly Licence[], region: string | undefined, day: string): readonly string[] {
  if (licences.length === 0 || region === undefined) return [];
  const ofRegion = licences.filter((licence) => licence.region === region);
  if (ofRegion.some(({ from, until }) => (from ?? '') <= day && until >= day)) return [];
  const name = regionName(region);
  const next = ofRegion
    .flatMap(({ from, until }) => (from !== undefined && from > day && until >= from ? [from] : []))
    .toSorted()[0];
  if (next !== undefined) return [`not licensed for ${name} until ${next}`];
  const ended = ofRegion
    .map(({ until }) => until)
    .toSorted()
    .at(-1);
  return ended === undefined ? [`not licensed for ${name}`] : [`licence for ${name} ended ${ended}`];
}

function privilegeAt(
  privileges: readonly SitePrivilege[] | undefined,
  siteId: SiteId,
  day: string,
): { readonly privilege: Privilege; readonly downgraded?: string } {
  if (privileges === undefined) return { privilege: 'final' };
  let best: { privilege: Privilege; downgraded?: string } = { privilege: 'none' };
  for (const { siteId: at, level, until, afterwards = 'view' } of privileges) {
    if (at !== siteId) continue;
    const hasEnded = until !== undefined && until < day;
    const left = hasEnded && rank(afterwards) < rank(level) ? afterwards : level;
    if (rank(left) <= rank(best.privilege) && best.downgraded !== undefined) continue;
    if (rank(left) < rank(best.privilege)) continue;
    best = {
      privilege: left,
      ...(left === level ? {} : { downgraded: `your ${level} privilege ended ${until ?? ''}` }),
    };
  }
  return best;
}

const rank = (privilege: Privilege): number => PRIVILEGES.indexOf(privilege);

function privilegeRefusals(
  { siteName }: Asked,
  privilege: Privilege,
  downgraded: string | undefined,
): readonly string[] {
  const since = downgraded === undefined ? '' : `: ${downgraded}`;
  if (privilege === 'none') return [`no privilege at ${siteName}${since}`];
  return privilege === 'view' ? [`${siteName} lets you look, not report${since}`] : [];
}

function modalityRefusals({ modalities }: Radiologist, { exam }: Asked): readonly string[] {
  if (modalities === undefined || exam.modality === undefined || modalities.includes(exam.modality)) return [];
  return [`${exam.modality} is not among the modalities you read`];
}

function subspecialtyRefusals({ subspecialties }: Radiologist, { subspecialty }: Asked): readonly string[] {
  if (subspecialty === undefined || subspecialties.includes(subspecialty)) return [];
  return [`the order asks for a ${subspecialty} reader`];
}

function readTypeRefusals({ readTypes }: Radiologist, { readType = 'final' }: Asked): readonly string[] {
  return readTypes === undefined || readTypes.includes(readType) ? [] : [`you do no ${READ_TYPE_WORDS[readType]}`];
}

const READ_TYPE_WORDS = {
  final: 'final readings',
  preliminary: 'preliminary readings',
  'double-reading': 'double readings',
  'second-opinion': 'second opinions',
} as const;

/** A second pair of eyes is worth nothing when it is the first. */
function conflictRefusals(reader: Radiologist, { readType, earlierReaders }: Asked): readonly string[] {
  const isSecond = readType === 'double-reading' || readType === 'second-opinion';
  return isSecond && earlierReaders?.includes(reader.id) === true
    ? [
        `you gave the first reading: a ${readType === 'double-reading' ? 'double reading' : 'second opinion'} is another reader's`,
      ]
    : [];
}
