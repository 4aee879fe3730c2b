import { Button } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';

import { CommandButton } from '../commands/index.ts';
import { Corrections } from './Corrections.tsx';
import classes from './dictation.module.css';
import { isListening, useDictation } from './dictation.ts';
import { Doubts } from './Doubts.tsx';
import { answerAsked } from './hear.ts';
import { LevelMeter } from './LevelMeter.tsx';
import { engineWords, useSpeechEngine } from './speech-engine.ts';
import { useStateWords } from './state-words.ts';

/** Who listens, what is heard and what came of it: under the report it goes into. */
export function DictationBar() {
  const state = useDictation((dictation) => dictation.state);
  const isPressed = useDictation(isListening);
  const words = useStateWords();
  const engine = useSpeechEngine(engineWords);
  const isOpen = state.kind !== 'off' && state.kind !== 'unavailable';
  return (
    <div className={classes.bar} data-state={state.kind}>
      <div className={classes.line}>
        <CommandButton id="dictation.toggle" isPressed={isPressed} />
        {state.kind !== 'off' && <span className={classes.state}>{words}</span>}
      </div>
      {state.kind !== 'off' && (
        <div className={classes.line}>
          {isOpen && <LevelMeter />}
          {isOpen && (
            <span className={classes.engine} title="On this machine. Sound leaves it never, and goes with the draft.">
              {engine}
            </span>
          )}
          <CommandButton id="dictation.microphone" icon={<IconMicrophone size={16} aria-hidden />} isIconAlone />
        </div>
      )}
      {isOpen && <Heard />}
      <Doubts />
      <Corrections />
    </div>
  );
}

/** What was heard last; unsure words in grey, numbers and sides large. */
export function Heard() {
  const { partial, outcome, echo, asked } = useDictation();
  return (
    <>
      <div className={classes.heardLine}>
        <div role="status" aria-label="Heard" className={classes.heard}>
          {partial === '' ? (
            <span className={outcome?.isUnderstood === false ? classes.trouble : undefined}>{outcome?.words}</span>
          ) : (
            <span className={classes.partial} data-partial>
              {partial}
            </span>
          )}
        </div>
        {echo.length > 0 && <div className={classes.echo}>{echo.join('  ')}</div>}
      </div>
      {asked !== undefined && (
        <div className={classes.line}>
          <span>Say “confirm”, or press Alt Enter.</span>
          <CommandButton id="dictation.confirm" label="Confirm" hidesKey />
          <Button variant="default" onClick={() => answerAsked(false)}>
            Leave it
          </Button>
        </div>
      )}
    </>
  );
}
