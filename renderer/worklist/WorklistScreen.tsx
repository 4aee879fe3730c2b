import { Button } from '@mantine/core';
import { IconFolderPlus, IconHelp, IconSend, IconSettings, IconShieldOff } from '@tabler/icons-react';
import { useEffect } from 'react';

import { countOf } from '#shared/kernel/count-of.ts';

import { CommandButton } from '../commands/index.ts';
import { CriticalButton } from '../critical/index.ts';
import {
  countOpen,
  countWithAPerson,
  DeliveryPanel,
  loadDeliveries,
  showDeliveries,
  useDeliveries,
} from '../delivery/index.ts';
import { AllowNotices, NoticeCount } from '../notices/index.ts';
import { useSession } from '../settings/index.ts';
import { showReaderName } from '../ui/index.ts';
import { EmptyList } from './EmptyList.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { ListTabs } from './ListTabs.tsx';
import { loadLists } from './lists.ts';
import { SaveListDialog } from './SaveListDialog.tsx';
import { SiteTroubles } from './SiteTroubles.tsx';
import { focusRow, loadWorklist, pointAt, useWorklist } from './worklist.ts';
import classes from './worklist.module.css';
import { WorklistGrid } from './WorklistGrid.tsx';

export function WorklistScreen() {
  const isEmpty = useWorklist((state) => state.order.length === 0);
  useEffect(() => {
    focusReadNext();
    void loadWorklist();
    void loadLists();
    void loadDeliveries();
    return () => {
      pointAt(undefined);
      focusRow(undefined);
    };
  }, []);
  return (
    <main className={classes.screen}>
      <Header />
      <ListTabs />
      <FilterBar />
      <SiteTroubles />
      <div className={classes.body}>
        <WorklistGrid />
        {isEmpty && <EmptyList />}
      </div>
      <DeliveryPanel />
      <ImportDialog />
      <SaveListDialog />
    </main>
  );
}

/** Coming back from a case, one key reads the next. */
function focusReadNext(): void {
  document.querySelector<HTMLElement>('button[data-command="worklist.read-next"]')?.focus();
}

function Header() {
  const session = useSession((state) => state.session);
  const sites = session?.sites ?? [];
  return (
    <header className={classes.header}>
      <h1>Overread</h1>
      <span>{showReaderName(session?.readerName ?? '')}</span>
      <span title={sites.map(({ name }) => name).join(', ')}>{countOf(sites.length, 'site')}</span>
      {session?.demo === true && <span className={classes.quiet}>Demonstration data</span>}
      {session?.isProtected === false && (
        <span
          className={classes.unprotected}
          title="Nothing protects what is stored on this machine until a PIN is set."
        >
          <IconShieldOff size={16} aria-hidden /> No PIN yet
        </span>
      )}
      <span className={classes.headerActions}>
        <NoticeCount />
        <AllowNotices />
        <CommandButton id="palette.open" label="Commands" />
        <CriticalButton />
        <CommandButton id="support.open" label="Support" hidesKey />
        <DeliveriesButton />
        <CommandButton id="worklist.import" icon={<IconFolderPlus size={16} aria-hidden />} isIconAlone />
        <CommandButton id="settings.open" icon={<IconSettings size={16} aria-hidden />} isIconAlone />
        <CommandButton id="shortcuts.open" label="Help" icon={<IconHelp size={16} aria-hidden />} isIconAlone />
      </span>
    </header>
  );
}

function DeliveriesButton() {
  const open = useDeliveries(countOpen);
  const withAPerson = useDeliveries(countWithAPerson);
  const words = withAPerson > 0 ? `${withAPerson} need a person` : open > 0 ? `${open} under way` : 'none waiting';
  return (
    <Button
      leftSection={<IconSend size={16} aria-hidden />}
      className={classes.deliveries ?? ''}
      data-trouble={withAPerson > 0}
      onClick={showDeliveries}
    >
      Deliveries: {words}
    </Button>
  );
}
