import { Modal, SegmentedControl } from '@mantine/core';

import { closeDialog, useDialog } from '../ui/index.ts';
import { LIGHTS, setLight, TEXT_SIZES, useLight } from './light.ts';
import { PinForm } from './PinForm.tsx';
import { ProofSection } from './ProofSection.tsx';
import { useSession } from './session.ts';
import classes from './settings.module.css';

const LIGHT_WORDS = { dark: 'Dark', dim: 'Dim', light: 'Light' } as const;

export function SettingsDialog() {
  const isOpen = useDialog(({ open }) => open === 'settings');
  const session = useSession((state) => state.session);
  const { light, textSize } = useLight();
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Settings" size="lg">
      <div className={classes.sections}>
        <section>
          <h3>Light</h3>
          <SegmentedControl
            aria-label="Light"
            value={light}
            onChange={(value) => setLight({ light: LIGHTS.find((known) => known === value) ?? 'dark' })}
            data={LIGHTS.map((value) => ({ value, label: LIGHT_WORDS[value] }))}
          />
          <h3>Text size</h3>
          <SegmentedControl
            aria-label="Text size"
            value={String(textSize)}
            onChange={(value) => setLight({ textSize: TEXT_SIZES.find((size) => String(size) === value) ?? 100 })}
            data={TEXT_SIZES.map((size) => ({ value: String(size), label: `${size} %` }))}
          />
        </section>
        <section>
          <h3>PIN</h3>
          {isOpen && <PinForm hasPin={session?.hasPin ?? false} />}
        </section>
        {isOpen && <ProofSection />}
        <section className={classes.about}>
          <h3>About Overread</h3>
          <p>
            Version {session?.version ?? 'unknown'}, {session?.host === 'electron' ? 'desktop' : 'browser'} host, hub{' '}
            {session?.hub === 'remote' ? 'of the group' : 'on this workstation'}.
          </p>
          <p>
            Not cleared for primary diagnosis by itself: use it for that only where the clearance and the display check
            of your place of work allow it. It is no archive and no billing system.
          </p>
        </section>
      </div>
    </Modal>
  );
}
