import { Button, Group, Modal } from '@mantine/core';

import { closeDialog, useDialog } from '../ui/index.ts';
import { leave } from './reading.ts';

/** Only when the disk or the door refuses: leaving would lose what was typed last. */
export function UnsavedDialog() {
  const isOpen = useDialog(({ open }) => open === 'unsaved');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Your last changes are not saved">
      <p style={{ marginTop: 0 }}>
        They are only in this window. Stay until they are saved, or leave without them; what was saved before is kept.
      </p>
      <Group justify="flex-end" gap="xs">
        <Button onClick={() => void leave()}>Leave without them</Button>
        <Button variant="filled" autoFocus onClick={closeDialog}>
          Stay
        </Button>
      </Group>
    </Modal>
  );
}
