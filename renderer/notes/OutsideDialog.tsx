import { Modal } from '@mantine/core';

import type { OpenCase } from '../bridge/index.ts';
import { closeDialog, ReasonForm, useDialog } from '../ui/index.ts';
import { readOutside } from './outside-order.ts';

/** Looking beyond the order wants a reason, which stands in the audit. */
export function OutsideDialog({ opened }: { readonly opened: OpenCase | undefined }) {
  const isOpen = useDialog(({ open }) => open === 'break-glass');
  return (
    <Modal opened={isOpen && opened !== undefined} onClose={closeDialog} title="Notes of other exams">
      {isOpen && opened !== undefined && (
        <ReasonForm
          intro="What was said of this patient’s other exams is outside this order. Your name and the reason are recorded."
          button="Show them"
          send={(reason) => readOutside(opened, reason)}
        />
      )}
    </Modal>
  );
}
