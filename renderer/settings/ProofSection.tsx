import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';

import { call, failureWords } from '../bridge/index.ts';
import { raiseAlert, say } from '../ui/index.ts';
import classes from './settings.module.css';

/** By what others check this reader's signatures, and the record of everything done here. */
export function ProofSection() {
  const [keyId, setKeyId] = useState<string>();
  useEffect(() => {
    call('signingKey', {}).then(
      (key) => setKeyId(key.keyId),
      () => setKeyId(undefined),
    );
  }, []);
  const exportAudit = async () => {
    try {
      const answer = await call('exportAudit', {});
      if (answer.status === 'not-written') {
        return raiseAlert(
          'audit',
          'The audit cannot be written: the disk is full, or the PIN has not been entered. Nothing of it is lost.',
        );
      }
      keepFile(answer.fileName, answer.text);
      say('Audit exported. “npm run verify-audit” checks the file.');
    } catch (failure) {
      raiseAlert('audit', `The audit was not exported. ${failureWords(failure)}`);
    }
    return undefined;
  };
  return (
    <section className={classes.about}>
      <h3>Signature and audit</h3>
      <p>
        {keyId === undefined ? 'Your public key is made with your first signature.' : 'Your public key, to compare:'}{' '}
        {keyId !== undefined && <code aria-label="Key thumbprint">{keyId}</code>}
      </p>
      <Button size="compact-sm" onClick={() => void exportAudit()}>
        Export audit
      </Button>
    </section>
  );
}

function keepFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
