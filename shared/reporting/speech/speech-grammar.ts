import { spokenOptions } from './field-phrases.ts';
import { jsgfOf, wordsIn } from './jsgf.ts';
import { otherPhonesOf, phonesOf } from './phones.ts';
import { rulesAt } from './place-rules.ts';
import type { SpeechGrammar, SpeechPlace } from './speech.ts';
import { VALUE_WORDS } from './value-words.ts';

const PLAIN: ReadonlySet<string> = new Set('a an the of in with and or to side sides sided'.split(' '));
/** What may be picked of a list counts as values of one group. */
function valueWords({ template, sectionId }: SpeechPlace): SpeechGrammar['values'] {
  const fields = template.sections.filter(({ id }) => id === sectionId).flatMap((section) => section.fields);
  const picked = fields.map((field) =>
    [...spokenOptions(field).keys()].flatMap((way) => way.split(' ')).filter((word) => !PLAIN.has(word)),
  );
  return [...VALUE_WORDS, ...picked.filter((words) => words.length > 0)];
}

/**
 * What is listened for where the caret is: commands, ways about the report, names and values of the section's fields,
 * macros, normal phrases, and in free text the sentences and findings of the exam. Nothing else competes.
 */
export function grammarFor(place: SpeechPlace): SpeechGrammar {
  const rules = rulesAt(place);
  const words = [...wordsIn(rules)].map((word) => {
    const otherPhones = otherPhonesOf(word);
    return { word, phones: phonesOf(word), ...(otherPhones === undefined ? {} : { otherPhones }) };
  });
  return { jsgf: jsgfOf(rules), words, values: valueWords(place) };
}
