import { Modal, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';

import { closeDialog, useDialog } from '../ui/index.ts';
import type { Command } from './command.ts';
import classes from './commands.module.css';
import { Keys } from './KeyHint.tsx';
import { useCommandTable } from './table.ts';

/** Every word typed must occur in the title or the group. */
function findCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const text = `${command.title} ${command.group}`.toLowerCase();
    return command.id !== 'palette.open' && command.when() && words.every((word) => text.includes(word));
  });
}

/** Any command by its words (Ctrl/Cmd+K). */
export function Palette() {
  const isOpen = useDialog(({ open }) => open === 'palette');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Commands" size="md">
      {isOpen && <PaletteList />}
    </Modal>
  );
}

function PaletteList() {
  const commands = useCommandTable((state) => state.commands);
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const found = findCommands(commands, typed);
  const active = found[Math.min(index, found.length - 1)];
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    closeDialog();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (Math.min(index, found.length - 1) + step + found.length) % Math.max(found.length, 1);
      setIndex(next);
      document.getElementById(`palette-${found[next]?.id}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(active);
    }
  };
  return (
    <>
      <TextInput
        role="combobox"
        aria-label="Search commands"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={active === undefined ? undefined : `palette-${active.id}`}
        placeholder="Type what you want to do"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
        autoComplete="off"
        autoFocus
      />
      <div id="palette-list" role="listbox" aria-label="Commands" className={classes.list} tabIndex={-1}>
        {found.map((command) => (
          <div
            key={command.id}
            id={`palette-${command.id}`}
            role="option"
            aria-selected={command === active}
            className={classes.option}
            onClick={() => run(command)}
          >
            <span>{command.title}</span>
            {command.keys[0] !== undefined && <Keys keys={command.keys[0]} />}
          </div>
        ))}
      </div>
      {found.length === 0 && <p>No command has these words.</p>}
    </>
  );
}
