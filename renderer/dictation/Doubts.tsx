import { UnstyledButton } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';

import { useReport } from '../report/index.ts';
import { useStore } from 'zustand';

import classes from './dictation.module.css';
import { playUtterance, useDictation } from './dictation.ts';
import { openDoubts, type Doubt } from './doubts.ts';

/** Words that were not heard surely: each is looked at, or fixed, and gone. */
export function Doubts() {
  const doubts = useDictation((state) => state.doubts);
  const keeper = useReport((state) => state.keeper);
  if (keeper === undefined || doubts.length === 0) return null;
  return <DoubtList doubts={doubts} store={keeper.store} />;
}

type DraftStore = NonNullable<ReturnType<typeof useReport.getState>['keeper']>['store'];

function DoubtList({ doubts, store }: { readonly doubts: readonly Doubt[]; readonly store: DraftStore }) {
  const body = useStore(store, (draft) => draft.body);
  const open = openDoubts(doubts, (sectionId) => body.sections.find(({ id }) => id === sectionId)?.text ?? '');
  if (open.length === 0) return null;
  return (
    <ul className={classes.doubts} aria-label="Check these words">
      {open.map((doubt) => (
        <li key={doubt.id}>
          <UnstyledButton className={classes.doubt} onClick={() => passOver(doubt)}>
            Check: {doubt.word}
          </UnstyledButton>
          {doubt.sound !== undefined && <PlayAgain sound={doubt.sound} word={doubt.word} />}
        </li>
      ))}
    </ul>
  );
}

/** The sound of the phrase that held the word, while it is kept. */
function PlayAgain({ sound, word }: { readonly sound: number; readonly word: string }) {
  return (
    <UnstyledButton
      className={classes.doubt}
      aria-label={`Play the phrase with ${word}`}
      onClick={() => playUtterance(sound)}
    >
      <IconPlayerPlay size={14} aria-hidden />
    </UnstyledButton>
  );
}

/** Shows the word in its text; looked at is passed over. */
function passOver({ id, sectionId, word }: Doubt): void {
  useDictation.setState(({ doubts }) => ({ doubts: doubts.filter((one) => one.id !== id) }));
  const box = document.querySelector<HTMLTextAreaElement>(`textarea[data-section-id="${CSS.escape(sectionId)}"]`);
  const at = box?.value.toLowerCase().lastIndexOf(word.toLowerCase()) ?? -1;
  if (box === null || at < 0) return;
  box.focus();
  box.setSelectionRange(at, at + word.length);
}
