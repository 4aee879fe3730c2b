import { allFields } from '#shared/reporting/report.ts';
import { caseWords } from '#shared/reporting/speech/case-words.ts';
import type { OwnWord } from '#shared/reporting/speech/speech.ts';

import { call, type OpenCase } from '../bridge/index.ts';
import { useReport } from '../report/index.ts';
import { namesOfCase, useOwnWords } from './own-words.ts';
import { isModelUsed, useSpeechEngine } from './speech-engine.ts';

/** Words of the order first, then of the template, of what the patient was examined for before, and of the site. */
function wordsOf(opened: OpenCase): readonly string[] {
  const { row, notes, priors, template } = opened;
  const sections = template.sections.flatMap((section) => [
    section.title,
    section.defaultText,
    ...(section.groups ?? []).map(({ label }) => label),
    ...allFields(section).flatMap(({ label, options = [] }) => [label, ...options.map((option) => option.label)]),
  ]);
  return caseWords({
    texts: [
      row.reason ?? '',
      row.exam.text,
      ...sections,
      ...priors.map(({ description }) => description),
      ...notes.facts.map(({ text }) => text),
      row.siteName,
    ],
    without: namesOfCase(),
  });
}

/** Also the most that the door takes. */
const MOST_PHRASES = 300;

let told: { readonly opened: OpenCase; readonly own: readonly OwnWord[] } | undefined;

/** The model of this machine learns the words of the reader and of each case that is opened, where it can be told any. */
export function followCaseWords(): void {
  const look = () => {
    const { opened } = useReport.getState();
    const choice = useSpeechEngine.getState();
    const canBeTold = isModelUsed(choice) && choice.model.status === 'ready' && choice.model.canBeBiased;
    const own = useOwnWords.getState().words;
    if (opened === undefined || !canBeTold || (opened === told?.opened && own === told.own)) return;
    told = { opened, own };
    const phrases = [...new Set([...own.map(({ written }) => written.toLowerCase()), ...wordsOf(opened)])];
    // A case whose words were not told is heard all the same.
    call('biasSpeech', { phrases: phrases.slice(0, MOST_PHRASES) }).catch(() => undefined);
  };
  useReport.subscribe(look);
  useSpeechEngine.subscribe(look);
  useOwnWords.subscribe(look);
}
