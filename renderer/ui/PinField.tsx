import { TextInput } from '@mantine/core';

import classes from './PinField.module.css';

/**
 * A PIN, hidden while typed. Not `type="password"`: a browser would offer to store it, and it would lose the textbox role
 * others script against; the dots come from the style instead.
 */
export function PinField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (pin: string) => void;
  readonly error?: string | undefined;
  readonly hasFocusFirst?: boolean;
  /** Readable while it is chosen, so that a slip is seen; hidden ever after. */
  readonly isChosen?: boolean;
  readonly description?: string | undefined;
}) {
  return (
    <TextInput
      label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      error={props.error}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      maxLength={200}
      autoFocus={props.hasFocusFirst === true}
      description={props.description}
      classNames={{ input: props.isChosen === true ? '' : (classes.pin ?? '') }}
    />
  );
}
