import type { MentionedPrior } from './mentioned-priors.ts';
import type { ToldFact } from './notes.ts';
import type { Exam } from './order.ts';
import { likenessTo } from './prior-relevance.ts';
import type { Prior } from './reading-task.ts';

/** Something that was before this exam: an earlier exam, its report, a procedure, or an exam that only a text speaks of. */
export interface TimelineEntry<Fact extends ToldFact = ToldFact> {
  /** ISO day or its beginning (`2024-03`); undefined where nobody says when. */
  readonly date: string | undefined;
  readonly title: string;
  readonly kind: 'exam' | 'procedure' | 'mentioned';
  /** Where it was, when not at the order's own site. */
  readonly siteName: string | undefined;
  /** Of an exam: what is here of it. */
  readonly isPictured: boolean;
  readonly isReported: boolean;
  /** The report's text, or the procedure as it was told. */
  readonly fact: Fact | undefined;
  /** Who speaks of an exam that is not here. */
  readonly mentionedBy: string | undefined;
  /** Of an exam: why it is worth comparing with, or not. */
  readonly why: string | undefined;
  /** The one to compare with first. */
  readonly isFirst: boolean;
}

export interface Before<Fact extends ToldFact> {
  readonly exam: Exam;
  readonly priors: readonly (Omit<Prior, 'studyInstanceUid' | 'at'> & {
    readonly studyInstanceUid?: string;
    readonly at?: { readonly siteName: string };
  })[];
  /** Prior reports and procedures. */
  readonly facts: readonly Fact[];
  readonly mentioned: readonly MentionedPrior[];
}

type Drawn<Fact extends ToldFact> = TimelineEntry<Fact> & { readonly weight: number };

/** ONE line of time, newest first, what has no date last; a report stands with its exam where the two name each other. */
export function patientTimeline<Fact extends ToldFact>(before: Before<Fact>): readonly TimelineEntry<Fact>[] {
  const { exam, priors, facts, mentioned } = before;
  const reports = new Set(facts.filter(({ kind }) => kind === 'prior-report'));
  const exams = priors.map((prior): Drawn<Fact> => {
    const report = prior.hasReport ? reportOf(prior, reports) : undefined;
    if (report !== undefined) reports.delete(report);
    const isPictured = prior.studyInstanceUid !== undefined;
    const siteName = prior.at?.siteName;
    return { ...examEntry(exam, prior, report), siteName, isPictured, isReported: prior.hasReport };
  });
  const alone = [...reports].map((report): Drawn<Fact> => {
    const date = dayOf(report);
    const told = { description: report.label, ...(date === undefined ? {} : { date }) };
    return { ...examEntry(exam, told, report), isPictured: false, isReported: true };
  });
  const compared = [...exams, ...alone];
  const first = compared.toSorted((one, other) => other.weight - one.weight || byDate(one, other))[0];
  const others = [
    ...facts.filter(({ kind }) => kind === 'procedure').map(procedureEntry),
    ...mentioned.map((mention) => mentionedEntry<Fact>(mention)),
  ];
  const told = compared.map(({ weight, ...entry }, place) => ({
    ...entry,
    isFirst: weight > 0 && compared[place] === first,
  }));
  return [...told, ...others].toSorted(byDate);
}

const NOTHING = {
  siteName: undefined,
  isPictured: false,
  isReported: false,
  fact: undefined,
  mentionedBy: undefined,
  isFirst: false,
};

function examEntry<Fact extends ToldFact>(
  exam: Exam,
  { description, modality, date }: Pick<Prior, 'description' | 'modality' | 'date'>,
  fact: Fact | undefined,
): Drawn<Fact> {
  const { weight, why } = likenessTo({ exam }, { description, ...(modality === undefined ? {} : { modality }) });
  return { ...NOTHING, kind: 'exam', title: description, date, fact, why, weight };
}

const procedureEntry = <Fact extends ToldFact>(fact: Fact): TimelineEntry<Fact> => ({
  ...NOTHING,
  kind: 'procedure',
  title: fact.label === '' ? fact.text : fact.label,
  date: dayOf(fact),
  fact,
  why: undefined,
});

const mentionedEntry = <Fact extends ToldFact>({ quote, meanings, source }: MentionedPrior): TimelineEntry<Fact> => ({
  ...NOTHING,
  kind: 'mentioned',
  title: quote,
  date: meanings[0],
  mentionedBy: source,
  why: undefined,
});

function reportOf<Fact extends ToldFact>(prior: Before<Fact>['priors'][number], reports: ReadonlySet<Fact>) {
  const all = [...reports];
  const named = all.find(
    ({ studyInstanceUid }) => studyInstanceUid !== undefined && studyInstanceUid === prior.studyInstanceUid,
  );
  if (named !== undefined) return named;
  const ofDay = all.filter(
    (each) => prior.date !== undefined && dayOf(each) === prior.date && each.studyInstanceUid === undefined,
  );
  const isTitled = ({ label }: Fact) => label.toLowerCase().includes(prior.description.toLowerCase());
  return ofDay.find(isTitled);
}

const dayOf = ({ at }: ToldFact): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString().slice(0, 10);

const byDate = (one: { readonly date: string | undefined }, other: { readonly date: string | undefined }): number =>
  (other.date ?? '').localeCompare(one.date ?? '');
