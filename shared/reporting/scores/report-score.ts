import { textOfRole } from '../plain-sections.ts';
import type { ReportBody, ReportScore, ScoreInput } from '../report.ts';
import {
  askedQuestions,
  chosen,
  numberOf,
  scoreSentence,
  severalOf,
  type Score,
  type ScoreAnswers,
  type ScoreResult,
} from './score.ts';

/** What was asked, answered and made of it, as data: enough to work the result out again with the same edition. */
export function reportScore(score: Score, answers: ScoreAnswers, result: ScoreResult): ReportScore {
  return {
    system: score.id,
    title: score.title,
    version: score.version,
    source: score.source,
    category: result.category,
    meaning: result.meaning,
    ...(result.advice === undefined ? {} : { advice: result.advice }),
    sentence: scoreSentence(score, result),
    inputs: askedQuestions(score, answers).flatMap((question): ScoreInput[] => {
      const { id, label } = question;
      if (question.kind === 'number') {
        const answer = numberOf(answers, id);
        return answer === undefined ? [] : [{ id, label, number: answer, unit: question.unit }];
      }
      const codes = question.kind === 'several' ? severalOf(answers, id) : [chosen(answers, id) ?? ''];
      const options = question.options.filter((option) => codes.includes(option.id));
      return options.length === 0 ? [] : [{ id, label, choices: options.map((option) => ({ ...option })) }];
    }),
  };
}

const isSame = (one: ReportScore, other: ReportScore): boolean =>
  one.system === other.system && one.sentence === other.sentence;

/** The score goes with the report; the very same one only once. */
export const addScore =
  (score: ReportScore) =>
  (body: ReportBody): ReportBody =>
    body.scores?.some((each) => isSame(each, score)) === true
      ? body
      : { ...body, scores: [...(body.scores ?? []), score] };

/** The score goes, and its sentence too where it still stands as it was written. */
export const removeScore =
  (score: ReportScore) =>
  (body: ReportBody): ReportBody => {
    const { scores = [], ...rest } = body;
    const others = scores.filter((each) => !isSame(each, score));
    const sections = body.sections.map((section) => {
      const lines = section.text.split('\n');
      const at = lines.findIndex((line) => line.trim() === score.sentence);
      return at < 0 ? section : { ...section, text: lines.toSpliced(at, 1).join('\n') };
    });
    return { ...rest, sections, ...(others.length === 0 ? {} : { scores: others }) };
  };

/** Does the report's text say what the stored score says: its system and its category? */
export function isScoreSaid({ title, category }: ReportScore, body: ReportBody): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');
  const said = plain([textOfRole(body, 'impression'), textOfRole(body, 'findings')].join('\n'));
  return said.includes(plain(title)) && said.includes(plain(category));
}
