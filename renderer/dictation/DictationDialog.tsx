import { Modal, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';

import { CommandButton, useSpokenCommands } from '../commands/index.ts';
import { closeDialog, useDialog } from '../ui/index.ts';
import classes from './dictation.module.css';
import { chooseMicrophone, isListening, useDictation } from './dictation.ts';
import { LevelMeter } from './LevelMeter.tsx';
import { listMicrophones, rememberedMicrophone, type MicrophoneChoice } from './microphone.ts';
import { ModelForm } from './ModelForm.tsx';
import { useStateWords } from './state-words.ts';
import { WordsForm } from './WordsForm.tsx';

export function DictationDialog() {
  const isOpen = useDialog(({ open }) => open === 'dictation');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Microphone" size="lg">
      {isOpen && <MicrophoneForm />}
    </Modal>
  );
}

/** Which microphone, whether it hears, and what can be said. */
function MicrophoneForm() {
  const { microphoneLabel } = useDictation();
  const words = useStateWords();
  const isPressed = useDictation(isListening);
  const microphones = useMicrophones();
  const [chosen, setChosen] = useState(rememberedMicrophone() ?? '');
  const isKnown = chosen === '' || microphones.some(({ id }) => id === chosen);
  return (
    <div className={classes.dialog}>
      <NativeSelect
        label="Microphone"
        value={chosen}
        data={[
          { value: '', label: 'As the system says' },
          ...(isKnown ? [] : [{ value: chosen, label: 'The one chosen before, not plugged in' }]),
          ...microphones.map(({ id, label }) => ({ value: id, label })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setChosen(value);
          chooseMicrophone(value === '' ? undefined : value);
        }}
      />
      <div className={classes.line}>
        <CommandButton id="dictation.toggle" label="Try it" isPressed={isPressed} />
        <CommandButton id="dictation.check" />
        <CommandButton id="dictation.connect" />
        <span className={classes.state}>{words}</span>
      </div>
      {microphoneLabel !== '' && <p className={classes.engine}>Hears now: {microphoneLabel}</p>}
      <LevelMeter />
      <ModelForm />
      <WordsForm />
      <h3>What can be said</h3>
      <SpokenList />
    </div>
  );
}

function SpokenList() {
  const commands = useSpokenCommands();
  return (
    <ul className={classes.spoken} tabIndex={0} aria-label="What can be said">
      {commands.map(({ id, title, phrases }) => (
        <li key={id}>
          {title}: {(phrases ?? []).map((phrase) => `“${phrase}”`).join(', ')}
        </li>
      ))}
    </ul>
  );
}

/** Those plugged in now; follows what is plugged in and out. */
function useMicrophones(): readonly MicrophoneChoice[] {
  const [microphones, setMicrophones] = useState<readonly MicrophoneChoice[]>([]);
  const kind = useDictation(({ state }) => state.kind);
  useEffect(() => {
    let isOver = false;
    const look = () =>
      void listMicrophones().then(
        (found) => {
          if (!isOver) setMicrophones(found);
        },
        () => undefined,
      );
    look();
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', look);
    return () => {
      isOver = true;
      devices?.removeEventListener('devicechange', look);
    };
    // Names are told only once the microphone was allowed.
  }, [kind]);
  return microphones;
}
