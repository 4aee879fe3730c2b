import { absentOrganCalledNormal, absentOrgans } from './absent-organs.ts';

/** A text that stands behind a short name: `.nl` and Tab write it into the report. */
export interface Macro {
  /** Without the dot: letters, digits and hyphens. */
  readonly name: string;
  readonly text: string;
}

export const MACRO_NAME = /^[a-z0-9][a-z0-9-]{0,29}$/i;
export const MOST_MACROS = 300;
export const LONGEST_MACRO = 5_000;

/** What a macro may ask about the case. What is not known stays in braces: the checks then say that it was left to be filled in. */
export interface MacroFacts {
  readonly age?: string;
  readonly sex?: string;
  readonly priorDate?: string;
  readonly measurement?: string;
  /** Everything that tells of operations: reason, notes, the report so far. */
  readonly history: readonly string[];
}

const VARIABLES = {
  age: 'age',
  sex: 'sex',
  'prior date': 'priorDate',
  measurement: 'measurement',
} as const satisfies Record<string, keyof MacroFacts>;
export const MACRO_VARIABLES = Object.keys(VARIABLES);

export interface ExpandedMacro {
  readonly text: string;
  /** Organs that are gone: sentences that call them normal were left out. */
  readonly leftOut: readonly string[];
}

export function expandMacro({ text }: Macro, facts: MacroFacts): ExpandedMacro {
  const filled = text.replaceAll(/\{([a-z ]+)\}/gi, (whole, name: string) => {
    const key = Object.entries(VARIABLES).find(([known]) => known === name.trim().toLowerCase())?.[1];
    return (key === undefined ? undefined : facts[key]) ?? whole;
  });
  const absent = absentOrgans(facts.history);
  const leftOut: string[] = [];
  const lines = filled.split('\n').flatMap((line) => {
    const kept = line.split(/(?<=[.;!?])\s+/).filter((sentence) => {
      const organ = absentOrganCalledNormal(sentence, absent);
      if (organ !== undefined) leftOut.push(organ.name);
      return organ === undefined;
    });
    return kept.length === 0 && line !== '' ? [] : [kept.join(' ')];
  });
  return { text: lines.join('\n'), leftOut: [...new Set(leftOut)] };
}

/** The macro whose `.name` ends where the caret stands; names are not case sensitive. */
export function macroBefore(
  text: string,
  caret: number,
  macros: readonly Macro[],
): { readonly macro: Macro; readonly start: number } | undefined {
  const typed = /(?:^|\s)\.([a-z0-9][a-z0-9-]*)$/i.exec(text.slice(0, caret));
  const name = typed?.[1]?.toLowerCase();
  const macro = macros.find((one) => one.name.toLowerCase() === name);
  return name === undefined || macro === undefined ? undefined : { macro, start: caret - name.length - 1 };
}
