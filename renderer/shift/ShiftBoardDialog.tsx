import { Modal, Tabs } from '@mantine/core';
import { useEffect } from 'react';

import { closeDialog, useDialog } from '../ui/index.ts';
import { loadBoard, minutesWords, useBoard } from './board.ts';
import { Breaches } from './Breaches.tsx';
import { Forecast } from './Forecast.tsx';
import { Interruptions } from './Interruptions.tsx';
import { Ledger } from './Ledger.tsx';
import { Readers } from './Readers.tsx';
import { RulesTab } from './RulesTab.tsx';
import classes from './shift.module.css';

const REFRESH_MS = 10_000;

/** How the shift stands; every reader sees the same of everyone. */
export function ShiftBoardDialog() {
  const isOpen = useDialog(({ open }) => open === 'board');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Shift board" size="78rem">
      {isOpen && <BoardBody />}
    </Modal>
  );
}

function BoardBody() {
  const { board, trouble } = useBoard();
  useEffect(() => {
    void loadBoard();
    const timer = setInterval(() => void loadBoard(), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  if (board === undefined) return trouble === undefined ? <p>Asking for the board…</p> : <p role="alert">{trouble}</p>;
  return (
    <div className={classes.board}>
      {trouble !== undefined && <p role="alert">As last seen. {trouble}</p>}
      <dl className={classes.figures}>
        <Figure name="Waiting" value={`${board.readingsWaiting} readings`} />
        <Figure name="Reading time waiting" value={minutesWords(board.minutesWaiting)} />
        <Figure name="About to breach" value={String(board.breaches.length)} />
        <Figure name="On shift" value={String(board.readers.filter(({ isOnShift }) => isOnShift).length)} />
      </dl>
      <Tabs defaultValue="now" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="now">Readers and hours</Tabs.Tab>
          <Tabs.Tab value="ahead">Breaches and forecast</Tabs.Tab>
          <Tabs.Tab value="ledger">Fairness ledger</Tabs.Tab>
          <Tabs.Tab value="rules">Rules</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="now" className={classes.tab ?? ''}>
          <Interruptions board={board} />
          <Readers board={board} />
        </Tabs.Panel>
        <Tabs.Panel value="ahead" className={classes.tab ?? ''}>
          <Breaches board={board} />
          <Forecast board={board} />
        </Tabs.Panel>
        <Tabs.Panel value="ledger" className={classes.tab ?? ''}>
          <Ledger board={board} />
        </Tabs.Panel>
        <Tabs.Panel value="rules" className={classes.tab ?? ''}>
          <RulesTab />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
