import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';

import { Palette, ShortcutSheet } from '../commands/index.ts';
import { AskSiteDialog, CriticalBoard, CriticalDialog, RecommendDialog } from '../critical/index.ts';
import { DictationDialog, DictationLine } from '../dictation/index.ts';
import { DisplayCheckDialog, DisplayDue } from '../displays/index.ts';
import { ImagesWindow } from '../images-window/index.ts';
import { ReadingScreen, useReading } from '../reading/index.ts';
import {
  DiscrepancyDialog,
  HistoryDialog,
  MacrosDialog,
  ScoresDialog,
  UndoBar,
  WaitingDialog,
} from '../report/index.ts';
import { LockScreen, SettingsDialog, useLight, useSession } from '../settings/index.ts';
import { SupportDialog } from '../support/index.ts';
import { ErrorBoundary, MessageBar, showReaderName, theme } from '../ui/index.ts';
import { ShiftBoardDialog } from '../shift/index.ts';
import { ReasonDialogs, WhyDialog, WorklistScreen } from '../worklist/index.ts';
import classes from './app.module.css';
import { useLink } from './link.ts';

/** The main window. */
export function App() {
  return (
    <Frame>
      <Screens />
    </Frame>
  );
}

/** The window on another display. */
export function ImagesApp() {
  return (
    <Frame>
      <ImagesWindow />
    </Frame>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const light = useLight((state) => state.light);
  return (
    <MantineProvider theme={theme} forceColorScheme={light === 'light' ? 'light' : 'dark'}>
      <ErrorBoundary what="This window" kept="Drafts are saved on the workstation.">
        {children}
      </ErrorBoundary>
    </MantineProvider>
  );
}

function Screens() {
  const session = useSession((state) => state.session);
  const refusal = useSession((state) => state.refusal);
  const opened = useReading((state) => state.opened);
  const isLinkLost = useLink(({ state }) => state === 'lost');
  if (session === undefined) {
    return (
      <main className={classes.start}>
        {refusal === undefined ? <p>Starting Overread…</p> : <p role="alert">{refusal}</p>}
      </main>
    );
  }
  return (
    <>
      <div className={classes.app} data-locked={session.locked} inert={session.locked}>
        <div className={classes.screens}>
          {opened === undefined && <WorklistScreen />}
          <ReadingScreen opened={opened} isBlank={isLinkLost || session.locked} />
        </div>
        <MessageBar>
          <DisplayDue />
          <UndoBar />
          <DictationLine />
        </MessageBar>
        {!session.locked && (
          <>
            <Palette />
            <ShortcutSheet />
            <SettingsDialog />
            <WaitingDialog />
            <DiscrepancyDialog />
            <MacrosDialog />
            <HistoryDialog />
            <ScoresDialog />
            <DictationDialog />
            <WhyDialog />
            <CriticalDialog opened={opened} />
            <RecommendDialog opened={opened} />
            <AskSiteDialog opened={opened} />
            <CriticalBoard />
            <SupportDialog />
            <ReasonDialogs />
            <ShiftBoardDialog />
            <DisplayCheckDialog />
          </>
        )}
      </div>
      {session.locked && <LockScreen readerName={showReaderName(session.readerName)} />}
    </>
  );
}
