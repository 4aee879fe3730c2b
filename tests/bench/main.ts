import { benchLine } from './line.ts';
import { benchContext } from './context.ts';
import { benchMemory } from './memory.ts';
import { benchDeliver } from './deliver.ts';
import { benchIntake } from './intake.ts';
import { benchOpen } from './open.ts';
import { benchRecovery } from './recovery.ts';
import { benchReport } from './report.ts';
import { benchScroll } from './scroll.ts';
import { benchSpeech } from './speech.ts';
import { benchWorklist } from './worklist.ts';

/** Benchmarks by name; each takes the rest of the command line and answers an exit code. */
const BENCHMARKS: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  context: benchContext,
  intake: benchIntake,
  line: benchLine,
  memory: benchMemory,
  open: benchOpen,
  deliver: benchDeliver,
  recovery: benchRecovery,
  report: benchReport,
  scroll: benchScroll,
  speech: benchSpeech,
  worklist: benchWorklist,
};

/** `bench -- NAME… [--json FILE] [options of the benchmark]`: runs them one after the other. */
export async function main(argv: readonly string[]): Promise<number> {
  const firstOption = argv.findIndex((argument) => argument.startsWith('-'));
  const names = firstOption < 0 ? argv : argv.slice(0, firstOption);
  const options = firstOption < 0 ? [] : argv.slice(firstOption);
  const unknown = names.find((name) => BENCHMARKS[name] === undefined);
  if (unknown !== undefined || names.length === 0) {
    const problem = unknown === undefined ? 'no benchmark named' : `no benchmark is called ${unknown}`;
    process.stderr.write(`bench: ${problem}; there are: ${Object.keys(BENCHMARKS).join(', ')}\n`);
    return 2;
  }
  for (const name of names) {
    const code = (await BENCHMARKS[name]?.(options)) ?? 2;
    if (code !== 0) return code;
  }
  return 0;
}
