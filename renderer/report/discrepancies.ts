import { create } from 'zustand';

import { call, type Answer } from '../bridge/index.ts';
import { clearAlert, raiseAlert } from '../ui/index.ts';

type Notices = Answer<'discrepancies'>['notices'];

export const useDiscrepancies = create<{ readonly notices: Notices }>()(() => ({ notices: [] }));

/** Asked for with the list: a first reader learns of it without looking. */
export async function loadDiscrepancies(): Promise<void> {
  try {
    const { notices } = await call('discrepancies', {});
    useDiscrepancies.setState({ notices });
    const major = notices.filter(({ category }) => category !== 'agreed').length;
    if (major === 0) clearAlert('discrepancies');
    else {
      raiseAlert(
        'discrepancies',
        `${major} final ${major === 1 ? 'report differs' : 'reports differ'} from your preliminary one${major === 1 ? '' : 's'}: see "Differences from my preliminary reports".`,
      );
    }
  } catch {
    // The list says by itself that the hub does not answer.
  }
}
