import { Button, Group, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { call, failureWords } from '../bridge/index.ts';
import { PinField, say } from '../ui/index.ts';
import { loadSession } from './session.ts';

export const SHORTEST_PIN = 4;

/** Chooses or changes the PIN that unlocks and signs. */
export function PinForm(props: { readonly hasPin: boolean }) {
  const [current, setCurrent] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<{ readonly field: 'current' | 'pin' | 'again'; readonly text: string }>();
  const choose = async () => {
    if (pin.length < SHORTEST_PIN) return setError({ field: 'pin', text: `At least ${SHORTEST_PIN} characters.` });
    if (pin !== again) return setError({ field: 'again', text: 'The two are not the same.' });
    try {
      const { status } = await call('setPin', { pin, ...(props.hasPin ? { currentPin: current } : {}) });
      if (status === 'wrong-pin') return setError({ field: 'current', text: 'That is not the current PIN.' });
      setError(undefined);
      setCurrent('');
      setPin('');
      setAgain('');
      await loadSession();
      say('PIN set.');
    } catch (failure) {
      setError({ field: 'pin', text: failureWords(failure) });
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void choose();
  };
  const errorOf = (field: string) => (error?.field === field ? error.text : undefined);
  return (
    <form onSubmit={onSubmit} aria-label={props.hasPin ? 'Change PIN' : 'Choose PIN'}>
      <Stack gap="xs">
        {props.hasPin && (
          <PinField label="Current PIN" value={current} onChange={setCurrent} error={errorOf('current')} />
        )}
        <PinField label="New PIN" value={pin} onChange={setPin} error={errorOf('pin')} hasFocusFirst={!props.hasPin} />
        <PinField label="New PIN again" value={again} onChange={setAgain} error={errorOf('again')} />
        <Group justify="flex-end">
          <Button type="submit" variant={props.hasPin ? 'default' : 'filled'}>
            Set PIN
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
