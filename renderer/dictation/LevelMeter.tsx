import classes from './dictation.module.css';
import { useDictation } from './dictation.ts';
import { soundTrouble } from './state-words.ts';

const QUIETEST_DB = -60;
const share = (db: number): number => Math.round(Math.min(1, Math.max(0, 1 - db / QUIETEST_DB)) * 100);

/** How loud the microphone hears, and what is wrong with it, never only by colour. */
export function LevelMeter() {
  const meter = useDictation((state) => state.meter);
  if (meter === undefined) return null;
  const trouble = soundTrouble(meter);
  const level = share(meter.peakDb);
  return (
    <div className={classes.meterLine}>
      <div
        role="meter"
        aria-label="Microphone level"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={level}
        className={classes.meter}
        data-trouble={trouble !== undefined}
      >
        <div className={classes.level} style={{ width: `${level}%` }} />
      </div>
      {trouble !== undefined && <span className={classes.trouble}>{trouble}</span>}
    </div>
  );
}
