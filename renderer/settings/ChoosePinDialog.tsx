import { Modal } from '@mantine/core';

import { closeDialog, openDialog, useDialog } from '../ui/index.ts';
import { PinForm } from './PinForm.tsx';

/** First run: a PIN must stand before the first signature. */
export function ChoosePinDialog() {
  const isOpen = useDialog(({ open }) => open === 'choose-pin');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Choose a PIN">
      <p style={{ marginTop: 0 }}>
        The PIN is your signature on this workstation, and unlocks it. Then signing goes on.
      </p>
      {isOpen && <PinForm hasPin={false} onSet={() => openDialog('sign')} />}
    </Modal>
  );
}
