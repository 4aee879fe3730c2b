import { Button, Group, Modal } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { NOT_SEEN, PATTERN_SIGNS, type DisplayCheck, type DisplayKind } from '#shared/domain/display-check.ts';

import { closeDialog, useDialog } from '../ui/index.ts';
import { answerByKey, NO_ANSWERS, questionOf, ROOMS, type CheckSteps } from './check-steps.ts';
import classes from './displays.module.css';
import { keepCheck, kindHere, useDisplays } from './displays.ts';
import { drawDigits, drawPattern, PATTERN } from './pattern.ts';

type Verdict = Pick<DisplayCheck, 'outcome' | 'reasons' | 'seen' | 'of'>;

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', NOT_SEEN];
const ROOM_WORDS = { dark: 'Dark', dim: 'Dim', bright: 'Bright' } as const;

/** The check of the display this window stands on: a pattern, three questions, answers by keys. */
export function DisplayCheckDialog() {
  const isOpen = useDialog(({ open }) => open === 'display-check');
  return (
    <Modal opened={isOpen} onClose={closeDialog} title="Display check" size="auto" transitionProps={{ duration: 0 }}>
      {isOpen && <CheckBody />}
    </Modal>
  );
}

function CheckBody() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [digits] = useState(drawDigits);
  const [kind, setKind] = useState<DisplayKind>(() => kindHere(useDisplays.getState()));
  const [steps, setSteps] = useState(NO_ANSWERS);
  const [verdict, setVerdict] = useState<Verdict>();
  const question = questionOf(steps);
  useLayoutEffect(() => {
    if (canvas.current) drawPattern(canvas.current, digits, kind);
  }, [digits, kind]);

  const press = (key: string) => setSteps((before) => answerByKey(before, key));
  const changeKind = () => setKind((before) => (before === 'grey' ? 'colour' : 'grey'));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.toLowerCase() === 'g') changeKind();
      else press(event.key);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    const { typed, isEven, ambient } = steps;
    if (isEven === undefined || ambient === undefined) return;
    void keepCheck({ kind, drawn: digits, typed, isEven, ambient }).then(setVerdict);
  }, [steps, kind, digits]);

  return (
    <div className={classes.check}>
      <canvas
        ref={canvas}
        width={PATTERN.width}
        height={PATTERN.height}
        className={classes.pattern}
        role="img"
        aria-label="Pattern: digits of low contrast on dark, middle and bright grey, and a ramp from black to white"
      />
      {question === 'done' ? (
        <Outcome verdict={verdict} />
      ) : (
        <Questions steps={steps} kind={kind} press={press} changeKind={changeKind} />
      )}
    </div>
  );
}

function Questions({
  steps,
  kind,
  press,
  changeKind,
}: {
  readonly steps: CheckSteps;
  readonly kind: DisplayKind;
  readonly press: (key: string) => void;
  readonly changeKind: () => void;
}) {
  const question = questionOf(steps);
  return (
    <>
      <p role="status" className={classes.question}>
        {question === 'digits' &&
          `Type the ${PATTERN_SIGNS.length} digits from left to right, ${NOT_SEEN} for one you do not see: ${steps.typed}`}
        {question === 'ramp' && 'Do the steps of the ramp look even, without stains, bands or a tint? Y or N'}
        {question === 'room' && 'How is the room lit? 1 dark, 2 dim, 3 bright'}
      </p>
      <Group gap="xs">
        {question === 'digits' &&
          DIGITS.map((key) => (
            <Button key={key} size="xs" variant="default" onClick={() => press(key)}>
              {key === NOT_SEEN ? 'Not seen' : key}
            </Button>
          ))}
        {question === 'ramp' && (
          <>
            <Button size="xs" variant="default" onClick={() => press('y')}>
              Yes
            </Button>
            <Button size="xs" variant="default" onClick={() => press('n')}>
              No
            </Button>
          </>
        )}
        {question === 'room' &&
          ROOMS.map((room, at) => (
            <Button key={room} size="xs" variant="default" onClick={() => press(String(at + 1))}>
              {ROOM_WORDS[room]}
            </Button>
          ))}
        <Button size="xs" variant="default" onClick={() => press('Backspace')}>
          Back
        </Button>
        <Button size="xs" variant="default" aria-pressed={kind === 'grey'} onClick={changeKind}>
          {kind === 'grey' ? 'Grey display (G)' : 'Colour display (G)'}
        </Button>
      </Group>
    </>
  );
}

function Outcome({ verdict }: { readonly verdict: Verdict | undefined }) {
  const words =
    verdict === undefined
      ? 'Storing the check…'
      : verdict.outcome === 'passed'
        ? `This display passed: ${verdict.seen} of ${verdict.of} digits seen. Kept with the shift.`
        : `Not for diagnosis on this display: ${verdict.reasons.join(', ')}. Kept with the shift.`;
  return (
    <>
      <p role="status" className={classes.question}>
        {words}
      </p>
      <Group>
        <Button size="xs" data-autofocus onClick={closeDialog}>
          Close
        </Button>
      </Group>
    </>
  );
}
