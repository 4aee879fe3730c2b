import { jsgfOf, wordsIn } from './jsgf.ts';
import { phonesOf } from './phones.ts';
import { rulesAt } from './place-rules.ts';
import type { SpeechGrammar, SpeechPlace } from './speech.ts';

/**
 * What is listened for where the caret is: commands, ways about the report, names and values of the section's fields,
 * macros, normal phrases, and in free text the sentences and findings of the exam. Nothing else competes.
 */
export function grammarFor(place: SpeechPlace): SpeechGrammar {
  const rules = rulesAt(place);
  const words = [...wordsIn(rules)].map((word) => ({ word, phones: phonesOf(word) }));
  return { jsgf: jsgfOf(rules), words };
}
