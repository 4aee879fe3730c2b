import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

import { showKeys } from './keys.ts';
import { Keys } from './KeyHint.tsx';
import { useCommandTable } from './table.ts';

/** A button that does what the table says, and shows the key that does the same (LOOK 5). */
export function CommandButton(props: {
  readonly id: string;
  /** Where the table's title is too long for the place. */
  readonly label?: string;
  readonly icon?: ReactNode;
  readonly variant?: ButtonProps['variant'];
  readonly isDisabled?: boolean;
  /** For what stays on until it is pressed again. */
  readonly isPressed?: boolean;
  readonly hidesKey?: boolean;
  /** Only the icon is drawn; the words stand in its name and under the pointer. */
  readonly isIconAlone?: boolean;
}) {
  const command = useCommandTable(({ commands }) => commands.find(({ id }) => id === props.id));
  if (command === undefined) return null;
  const label = props.label ?? command.title;
  const keys = command.keys[0];
  const isKeyDrawn = keys !== undefined && props.hidesKey !== true && props.isIconAlone !== true;
  const title = keys === undefined ? command.title : `${command.title} (${showKeys(keys, false)})`;
  return (
    <Button
      data-command={command.id}
      variant={props.variant ?? 'default'}
      disabled={props.isDisabled === true}
      aria-pressed={props.isPressed}
      leftSection={props.isIconAlone === true ? undefined : props.icon}
      rightSection={isKeyDrawn ? <Keys keys={keys} /> : undefined}
      aria-label={label}
      aria-keyshortcuts={command.keys.join(' ').replaceAll('Mod', 'Control') || undefined}
      title={isKeyDrawn ? undefined : title}
      onClick={() => command.run()}
    >
      {props.isIconAlone === true ? props.icon : label}
    </Button>
  );
}
