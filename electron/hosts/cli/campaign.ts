import { parseArgs } from 'node:util';

import { err, ok, type Result } from '#shared/kernel/result.ts';

/** Fault and fuzz campaigns (SURFACE). Each lives in tests/campaign/campaign-NAME.ts, which exports `run`. */
const CAMPAIGNS = ['kill', 'deliver', 'fuzz', 'intake', 'claims', 'drafts'] as const;
type CampaignName = (typeof CAMPAIGNS)[number];

export interface CampaignOrder {
  /** The same seed makes the same plan of faults; what the machine does in between is its own. */
  readonly seed: number;
  readonly count: number;
  /** One line for a person, on stderr. */
  readonly say: (line: string) => void;
}

/** What came of a campaign. It failed when anything was lost or doubled. */
export interface CampaignOutcome {
  readonly tried: number;
  readonly survived: number;
  readonly lost: number;
  readonly doubled: number;
  /** More numbers worth printing, by name. */
  readonly details?: Readonly<Record<string, number | string>>;
}

export type Campaign = (order: CampaignOrder) => Promise<CampaignOutcome>;

interface CampaignArguments {
  readonly name: CampaignName;
  readonly seed: number;
  readonly count: number;
  readonly json: boolean;
}

const usage = `campaign ${CAMPAIGNS.join('|')} --seed S --count N [--json]`;

function parseCampaignArguments(argv: readonly string[]): Result<CampaignArguments, string> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { seed: { type: 'string' }, count: { type: 'string' }, json: { type: 'boolean' } },
    });
  } catch (error) {
    return err(error instanceof Error ? (error.message.split('\n')[0] ?? usage) : usage);
  }
  const { positionals, values } = parsed;
  const name = CAMPAIGNS.find((each) => each === positionals[0]);
  if (name === undefined || positionals.length > 1) return err(usage);
  const [seed, count] = [values.seed ?? '1', values.count ?? '20'];
  if (!/^\d{1,9}$/.test(seed)) return err(`--seed must be a whole number, not ${seed}`);
  if (!/^[1-9]\d{0,8}$/.test(count)) return err(`--count must be a whole number above 0, not ${count}`);
  return ok({ name, seed: Number(seed), count: Number(count), json: values.json === true });
}

/** Resolves to the exit code: 0 when nothing was lost or doubled, 1 when something was, 2 for a wrong flag. */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseCampaignArguments(argv);
  if (!parsed.ok) {
    process.stderr.write(`campaign: ${parsed.error}\n`);
    return 2;
  }
  const { name, seed, count, json } = parsed.value;
  const file = new URL(`./campaign-${name}.mjs`, import.meta.url);
  const { run } = (await import(file.href)) as { readonly run: Campaign };
  const outcome = await run({ seed, count, say: (line) => void process.stderr.write(`${line}\n`) });
  const { tried, survived, lost, doubled, details = {} } = outcome;
  const facts = { campaign: name, seed, count, tried, survived, lost, doubled, ...details };
  process.stdout.write(
    json
      ? `${JSON.stringify(facts)}\n`
      : `${Object.entries(facts)
          .map(([fact, value]) => `${fact.padEnd(24)}${value}`)
          .join('\n')}\n`,
  );
  return lost + doubled === 0 ? 0 : 1;
}
