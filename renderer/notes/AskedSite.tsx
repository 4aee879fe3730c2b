import { currentSecond, showMoment, showReaderName } from '../ui/index.ts';
import { useAskedSite, type AskedQuestion } from './asked-site.ts';
import type { Fact } from './group-notes.ts';
import { Origin } from './NoteLine.tsx';
import classes from './notes.module.css';

/** By message: whether the site has it. */
function sendingWords({ acknowledgedAt, notBefore, problem = '' }: NonNullable<AskedQuestion['sending']>): string {
  if (acknowledgedAt !== undefined) return ` · taken by the site ${showMoment(acknowledgedAt, currentSecond())}`;
  return notBefore === undefined
    ? ` · refused by the site (${problem}): ask by phone`
    : ` · not taken yet (${problem})`;
}

/** What the site was asked of this case: open ones with since when, answers that came while it is open. */
export function AskedSite({ facts }: { readonly facts: readonly Fact[] }) {
  const { questions } = useAskedSite();
  // An answer that was there when the case was opened stands among the notes already.
  const shown = questions.filter(
    ({ text, answer }) => !facts.some((fact) => fact.label === text && fact.text === answer?.text),
  );
  if (shown.length === 0) return null;
  return (
    <div className={classes.group}>
      <h3>Asked of the site</h3>
      <ul aria-live="polite">
        {shown.map(({ uuid, text, askedAt, askedBy, sending, answer }) => (
          <li key={uuid}>
            <span className={classes.text}>
              <span className={classes.label}>{text} </span>
              {answer?.text}
            </span>
            {answer === undefined ? (
              <span className={classes.source}>
                asked {showMoment(askedAt, currentSecond())} by {showReaderName(askedBy.name)}, no answer yet
                {sending !== undefined && sendingWords(sending)}
              </span>
            ) : (
              <Origin source={answer.by} at={answer.at} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
