import { Button, Group, NativeSelect, Progress, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';

import { failureWords, nativeHost } from '../bridge/index.ts';
import classes from './dictation.module.css';
import { chooseEngine } from './dictation.ts';
import { modelWords } from './model-words.ts';
import { changeModel, engineWords, useSpeechEngine, type SpeechEngine } from './speech-engine.ts';

/** How often a copy under way is looked at. */
const LOOK_MS = 300;

const ENGINES: readonly { readonly value: SpeechEngine; readonly label: string }[] = [
  { value: 'grammar', label: 'Grammar engine: commands, fields and phrases' },
  { value: 'model', label: 'Model of this machine beside it: free text too' },
  { value: 'off', label: 'Nothing: dictation is off' },
];

/** What hears, and the model that the reader brings along. */
export function ModelForm() {
  const { chosen, model } = useSpeechEngine();
  const words = useSpeechEngine(engineWords);
  const [failure, setFailure] = useState<string>();
  const isMoving = model.status === 'copying' || model.status === 'opening';
  const change = (what: Parameters<typeof changeModel>[0]) => {
    changeModel(what).then(
      () => setFailure(undefined),
      (error: unknown) => setFailure(failureWords(error)),
    );
  };
  useEffect(() => change({ kind: 'look' }), []);
  useEffect(() => {
    if (!isMoving) return;
    const looking = setInterval(() => change({ kind: 'look' }), LOOK_MS);
    return () => clearInterval(looking);
  }, [isMoving]);
  return (
    <>
      <NativeSelect
        label="What hears"
        value={chosen}
        data={ENGINES}
        onChange={(event) => chooseEngine(event.currentTarget.value as SpeechEngine)}
        description={`Now: ${words}. Sound never leaves this machine.`}
      />
      <FolderForm isMoving={isMoving} onChosen={(path) => change({ kind: 'install', path })} />
      <p role="status" aria-label="Speech model">
        {failure ?? modelWords(model)}
      </p>
      {model.status === 'copying' && (
        <Progress
          value={(100 * model.doneBytes) / Math.max(1, model.totalBytes)}
          aria-label="Copied of the speech model"
        />
      )}
      <Group gap="xs" className={classes.line}>
        {model.status === 'copying' && <Button onClick={() => change({ kind: 'pause' })}>Stop copying</Button>}
        {model.status === 'half-copied' && <Button onClick={() => change({ kind: 'resume' })}>Go on copying</Button>}
        {model.status !== 'none' && <Button onClick={() => change({ kind: 'remove' })}>Remove model</Button>}
      </Group>
    </>
  );
}

function FolderForm(props: { readonly isMoving: boolean; readonly onChosen: (path: string) => void }) {
  const [path, setPath] = useState('');
  const shell = nativeHost();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() !== '') props.onChosen(path.trim());
  };
  return (
    <form onSubmit={onSubmit}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label="Folder of a speech model"
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          style={{ flex: 1 }}
        />
        {shell !== undefined && (
          <Button onClick={() => void shell.chooseFolder().then((chosen) => chosen !== null && setPath(chosen))}>
            Choose folder…
          </Button>
        )}
        <Button type="submit" disabled={props.isMoving}>
          Install
        </Button>
      </Group>
    </form>
  );
}
