import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { call, failureWords, nativeHost, type Answer } from '../bridge/index.ts';
import { closeDialog, useDialog } from '../ui/index.ts';
import { loadWorklist } from './worklist.ts';
import classes from './worklist.module.css';

export function ImportDialog() {
  const isOpen = useDialog(({ open }) => open === 'import-folder');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Import folder" size="lg">
      {isOpen && <ImportForm />}
    </Modal>
  );
}

type Outcome = Answer<'importFolder'>;

function ImportForm() {
  const [path, setPath] = useState('');
  const [error, setError] = useState<string>();
  const [isImporting, setIsImporting] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const { chooseFolder } = nativeHost();
  const importPath = async () => {
    if (path.trim() === '') return setError('Type the path of a folder on this workstation.');
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
    void importPath();
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
          data-autofocus
          style={{ flex: 1 }}
        />
        {chooseFolder !== undefined && (
          <Button onClick={() => void chooseFolder().then((chosen) => chosen !== undefined && setPath(chosen))}>
            Choose…
          </Button>
        )}
      </Group>
      {outcome?.status === 'imported' && <ImportResult folder={outcome.folder} />}
      <Group justify="flex-end" gap="xs">
        <Button onClick={closeDialog}>{outcome?.status === 'imported' ? 'Done' : 'Cancel'}</Button>
        <Button type="submit" variant="filled" loading={isImporting}>
          Import
        </Button>
      </Group>
    </form>
  );
}

function ImportResult({ folder }: { readonly folder: Extract<Outcome, { status: 'imported' }>['folder'] }) {
  return (
    <div>
      <p role="status">
        {folder.siteName}: {folder.studies} {folder.studies === 1 ? 'study' : 'studies'} with {folder.instances} images
        from {folder.files} files.
      </p>
      {folder.problems.length > 0 && (
        <>
          <p>{folder.problems.length} files were left out:</p>
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
