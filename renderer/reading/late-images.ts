import { call } from '../bridge/index.ts';
import { raiseAlert } from '../ui/index.ts';
import { checkIdentityAgain } from './identity.ts';
import { useReading } from './reading.ts';
import { takeLateImages } from './viewer-slot.tsx';

/** More has come of a study: said where it is being read; the list says it of one that is signed. */
export function noteLateImages(studyInstanceUid: string, count: number): void {
  const { opened } = useReading.getState();
  const isOpen = opened?.studies.some((study) => study.studyInstanceUid === studyInstanceUid);
  if (opened === undefined || isOpen !== true) return;
  void checkIdentityAgain(opened.taskId);
  void takeLateImages(studyInstanceUid);
  const what = count === 1 ? 'One image' : `${count} images`;
  raiseAlert('late', `${what} came after this case was opened, marked “New” in the series list. Look before you sign.`);
}

/** Tells the workstation which images were painted; not told, they count as not looked at, which is safe. */
export function tellSeen(studyInstanceUid: string, sopInstanceUids: readonly string[]): void {
  call('imagesSeen', { studyInstanceUid, sopInstanceUids: [...sopInstanceUids] }).catch(() => undefined);
}
