import { Modal } from '@mantine/core';

import { closeDialog, useDialog } from '../ui/index.ts';
import type { CommandGroup } from './command.ts';
import classes from './commands.module.css';
import { Keys } from './KeyHint.tsx';
import { sheetLines } from './sheet-lines.ts';
import { useCommandTable } from './table.ts';

const GROUPS: readonly CommandGroup[] = ['Everywhere', 'Worklist', 'Reading', 'Viewer'];

/** Every key there is, from the same table that answers it. */
export function ShortcutSheet() {
  const isOpen = useDialog(({ open }) => open === 'shortcuts');
  const commands = useCommandTable((state) => state.commands);
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Keyboard shortcuts" size="min(92rem, 98vw)" yOffset="1vh">
      <div className={classes.sheet}>
        {GROUPS.map((group) => {
          const listed = commands.filter((command) => command.group === group && command.keys.length > 0);
          if (listed.length === 0) return null;
          return (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {sheetLines(listed).map((line) => (
                  <div key={line.title}>
                    <dt>{line.title}</dt>
                    <dd>
                      {line.keys.map((keys, place) => (
                        <span key={keys}>
                          {place > 0 && (line.isRow ? ' to ' : ' or ')}
                          <Keys keys={keys} />
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Modal>
  );
}
