/** One thing a score asks. A choice or several of a list by id, or a number. */
export type ScoreQuestion = {
  readonly id: string;
  readonly label: string;
  /** Asked only where it matters; its answer does not count otherwise. */
  readonly when?: (answers: ScoreAnswers) => boolean;
} & (
  | { readonly kind: 'choice' | 'several'; readonly options: readonly ScoreOption[] }
  | { readonly kind: 'number'; readonly unit: string; readonly min: number; readonly max: number }
);

export interface ScoreOption {
  readonly id: string;
  readonly label: string;
}

/** By question id: an option's id, several of them, or a number. */
export type ScoreAnswers = Readonly<Record<string, string | readonly string[] | number | undefined>>;

export interface ScoreResult {
  /** As the system names it, e.g. `TR4`, `Lung-RADS 4A`, `62 % stenosis`. */
  readonly category: string;
  /** What the system says the category means. */
  readonly meaning: string;
  /** What the system advises; absent where it advises nothing. */
  readonly advice?: string;
  /** What was counted with, in words, e.g. `solid, hypoechoic, 16 mm`. */
  readonly basis: string;
}

/** A published system that makes a category from stated facts. */
export interface Score {
  readonly id: string;
  readonly title: string;
  /** The edition that the figures are from: it goes into the report with every result. */
  readonly version: string;
  /** Where it is published. */
  readonly source: string;
  readonly modalities: readonly string[];
  /** In the exam's text or body part, small letters: one of them makes the score likely to be wanted. */
  readonly exams: readonly string[];
  readonly questions: readonly ScoreQuestion[];
  /** Undefined while an answer that is needed is missing. */
  readonly result: (answers: ScoreAnswers) => ScoreResult | undefined;
}

/** Asked by scores whose limits are of a sex. */
export const SEX_QUESTION: ScoreQuestion = {
  id: 'sex',
  label: 'Sex',
  kind: 'choice',
  options: [
    { id: 'female', label: 'Female' },
    { id: 'male', label: 'Male' },
  ],
};

export const chosen = (answers: ScoreAnswers, id: string): string | undefined => {
  const answer = answers[id];
  return typeof answer === 'string' && answer !== '' ? answer : undefined;
};
export const severalOf = (answers: ScoreAnswers, id: string): readonly string[] => {
  const answer = answers[id];
  return Array.isArray(answer) ? (answer as readonly string[]) : [];
};
export const numberOf = (answers: ScoreAnswers, id: string): number | undefined => {
  const answer = answers[id];
  return typeof answer === 'number' && Number.isFinite(answer) ? answer : undefined;
};

/** The questions that are asked, given what was answered. */
export const askedQuestions = ({ questions }: Score, answers: ScoreAnswers): readonly ScoreQuestion[] =>
  questions.filter(({ when }) => when === undefined || when(answers));

/** The answers in the words of the questions, in their order. */
export function answersInWords(score: Pick<Score, 'questions'>, answers: ScoreAnswers): string {
  return score.questions
    .filter(({ when }) => when === undefined || when(answers))
    .flatMap((question) => {
      if (question.kind === 'number') {
        const number = numberOf(answers, question.id);
        return number === undefined ? [] : [`${question.label.toLowerCase()} ${number} ${question.unit}`.trim()];
      }
      const ids = question.kind === 'several' ? severalOf(answers, question.id) : [chosen(answers, question.id)];
      const labels = question.options.filter(({ id }) => ids.includes(id)).map(({ label }) => label);
      return labels.length === 0 ? [] : [labels.join(' and ').toLowerCase()];
    })
    .join('; ');
}

/** A number out of its range is no answer: the reader is told, nothing is computed from it. */
function withoutAbsurd(score: Score, answers: ScoreAnswers): ScoreAnswers {
  return Object.fromEntries(
    askedQuestions(score, answers).map((question) => {
      const answer = answers[question.id];
      const isAbsurd =
        question.kind === 'number' && typeof answer === 'number' && !(answer >= question.min && answer <= question.max);
      return [question.id, isAbsurd ? undefined : answer];
    }),
  );
}

/** What the score makes of the answers; undefined while one is missing or out of its range. */
export const resultOf = (score: Score, answers: ScoreAnswers): ScoreResult | undefined =>
  score.result(withoutAbsurd(score, answers));

/** As it stands in the report: system, edition, category, what it is based on, and the advice. */
export function scoreSentence({ title, version }: Score, { category, meaning, advice, basis }: ScoreResult): string {
  const first = `${title} (${version}): ${category}, ${meaning} (${basis}).`;
  return advice === undefined ? first : `${first} ${advice}`;
}
