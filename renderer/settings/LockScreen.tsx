import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';

import { call, failureWords } from '../bridge/index.ts';
import { PinField } from '../ui/index.ts';
import { loadSession } from './session.ts';
import classes from './settings.module.css';

const REFUSALS = {
  'wrong-pin': 'That is not the PIN.',
  wait: 'Too many wrong PINs. Wait a moment, then try again.',
} as const;

/** Covers everything; what is behind keeps its text but is neither seen nor reached. */
export function LockScreen({ readerName }: { readonly readerName: string }) {
  const [pin, setPin] = useState('');
  const [error, setError] = useState<string>();
  const unlock = async () => {
    try {
      const { status } = await call('unlock', { pin });
      setPin('');
      if (status === 'unlocked') await loadSession();
      else setError(REFUSALS[status]);
    } catch (failure) {
      setError(failureWords(failure));
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void unlock();
  };
  return (
    <main className={classes.lock}>
      <form onSubmit={onSubmit} className={classes.lockForm} aria-label="Locked">
        <h1>
          <IconLock size={20} aria-hidden /> Locked
        </h1>
        <p>{readerName}. What you typed is kept.</p>
        <PinField label="PIN" value={pin} onChange={setPin} error={error} hasFocusFirst />
        <Button type="submit" variant="filled">
          Unlock
        </Button>
      </form>
    </main>
  );
}
