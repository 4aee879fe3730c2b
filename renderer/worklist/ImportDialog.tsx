import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';

import { countOf } from '#shared/kernel/count-of.ts';

import { call, failureWords, nativeHost, type Answer } from '../bridge/index.ts';
import { closeDialog, useDialog } from '../ui/index.ts';
import { cancelDropped, importChosen, isImportingDropped, useDroppedImport } from './import-dropped.ts';
import { loadWorklist } from './worklist.ts';
import classes from './worklist.module.css';

export function ImportDialog() {
  const isOpen = useDialog(({ open }) => open === 'import-folder');
  return (
    <Modal opened={isOpen} onClose={leaveDialog} title="Import folder" size="lg">
      {isOpen && <ImportForm />}
    </Modal>
  );
}

/** Closing ends an import of dropped files: what has come of it is dropped again. */
function leaveDialog(): void {
  cancelDropped();
  closeDialog();
}

type Outcome = Answer<'importFolder'>;

function ImportForm() {
  const [path, setPath] = useState('');
  const [error, setError] = useState<string>();
  const [isImporting, setIsImporting] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const dropped = useDroppedImport();
  const isBusy = isImporting || isImportingDropped(dropped);
  const shell = nativeHost();
  const importPath = async () => {
    if (path.trim() === '') return setError('Type the path of a folder on this workstation.');
    cancelDropped();
    setError(undefined);
    setOutcome(undefined);
    setIsImporting(true);
    try {
      const answer = await call('importFolder', { path: path.trim() });
      setOutcome(answer);
      if (answer.status === 'refused') setError(answer.reason);
      await loadWorklist();
    } catch (failure) {
      setError(failureWords(failure));
    } finally {
      setIsImporting(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) void importPath();
  };
  return (
    <form onSubmit={onSubmit} className={classes.import}>
      <p>A folder of DICOM files, such as a disc, becomes a site of its own; its studies go on the worklist.</p>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label="Folder path"
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          error={error}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          style={{ flex: 1 }}
        />
        {shell === undefined ? (
          <ChooseFolder isDisabled={isBusy} onChosen={() => setOutcome(undefined)} />
        ) : (
          <Button onClick={() => void shell.chooseFolder().then((chosen) => chosen !== null && setPath(chosen))}>
            Choose folder…
          </Button>
        )}
      </Group>
      <DroppedProgress />
      {outcome?.status === 'imported' && <ImportResult folder={outcome.folder} />}
      <Group justify="flex-end" gap="xs">
        <Button onClick={leaveDialog}>
          {outcome?.status === 'imported' || dropped.phase === 'imported' ? 'Done' : 'Cancel'}
        </Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          Import
        </Button>
      </Group>
    </form>
  );
}

/** A browser gives no path, but the files of a folder one has chosen. */
function ChooseFolder(props: { readonly isDisabled: boolean; readonly onChosen: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={(node) => {
          if (node !== null) node.webkitdirectory = true;
          input.current = node;
        }}
        type="file"
        multiple
        hidden
        aria-label="Folder to import"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          props.onChosen();
          void importChosen(files);
        }}
      />
      <Button disabled={props.isDisabled} onClick={() => input.current?.click()}>
        Choose folder…
      </Button>
    </>
  );
}

function DroppedProgress() {
  const dropped = useDroppedImport();
  switch (dropped.phase) {
    case 'none':
      return null;
    case 'looking':
      return <p role="status">Looking through the folder…</p>;
    case 'bringing':
      return (
        <>
          <p role="status">
            {dropped.name}: {dropped.done} of {dropped.total} files brought here.
          </p>
          <progress value={dropped.done} max={dropped.total} aria-label="Files brought here" />
        </>
      );
    case 'importing':
      return <p role="status">{dropped.name}: all files are here; they are being read.</p>;
    case 'imported':
      return <ImportResult folder={dropped.folder} />;
    case 'failed':
      return <p role="alert">{dropped.text}</p>;
  }
}

function ImportResult({ folder }: { readonly folder: Extract<Outcome, { status: 'imported' }>['folder'] }) {
  return (
    <div>
      <p role="status">
        {folder.siteName}: {countOf(folder.studies, 'study', 'studies')} with {countOf(folder.instances, 'image')} from{' '}
        {countOf(folder.files, 'file')}.
      </p>
      {folder.problems.length > 0 && (
        <>
          <p>{folder.problems.length === 1 ? '1 file was' : `${folder.problems.length} files were`} left out:</p>
          <ul className={classes.problems} tabIndex={0} aria-label="Files left out">
            {folder.problems.map((problem) => (
              <li key={problem.file}>
                <strong>{problem.file}</strong>: {problem.reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
