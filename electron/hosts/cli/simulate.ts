import { parseArgs } from 'node:util';

import { err, ok, type Result } from '#shared/kernel/result.ts';
import { POLICY_NAMES, type PolicyName } from '#shared/simulator/policies.ts';
import { runSimulation, type Simulation, type SimulationRequest } from '#shared/simulator/run-simulation.ts';
import { simulationTable } from '#shared/simulator/simulation-table.ts';

interface SimulateArguments extends SimulationRequest {
  readonly json: boolean;
}

const USAGE = `simulate --readers N --sites N --hours H --seed S --policy ${POLICY_NAMES.join('|')}|all [--seeds N] [--load L] [--json]`;

/** Flag, its default, least and most: an honest night of the machine's size, and an end. */
const NUMBERS = {
  readers: { standard: '12', least: 1, most: 200 },
  sites: { standard: '40', least: 1, most: 1000 },
  hours: { standard: '12', least: 1, most: 72 },
  seed: { standard: '1', least: 0, most: 1_000_000_000 },
  seeds: { standard: '1', least: 1, most: 1000 },
} as const;

export function parseSimulateArguments(argv: readonly string[]): Result<SimulateArguments, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        readers: { type: 'string' },
        sites: { type: 'string' },
        hours: { type: 'string' },
        seed: { type: 'string' },
        seeds: { type: 'string' },
        load: { type: 'string' },
        policy: { type: 'string', default: 'all' },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return err(error instanceof Error ? (error.message.split('\n')[0] ?? USAGE) : USAGE);
  }
  const numbers: Record<string, number> = {};
  for (const [flag, { standard, least, most }] of Object.entries(NUMBERS)) {
    const text = values[flag as keyof typeof NUMBERS] ?? standard;
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      return err(`--${flag} must be a whole number from ${least} to ${most}, not ${text}`);
    numbers[flag] = number;
  }
  const { load } = values;
  if (load !== undefined && (!/^\d*\.?\d+$/.test(load) || Number(load) < 0.05 || Number(load) > 2))
    return err(`--load must be a number from 0.05 to 2, not ${load}`);
  const policies = policiesNamed(values.policy);
  if (policies === undefined) return err(`--policy must be ${POLICY_NAMES.join(', ')} or all, not ${values.policy}`);
  return ok({
    readers: numbers['readers'] ?? 0,
    sites: numbers['sites'] ?? 0,
    hours: numbers['hours'] ?? 0,
    seed: numbers['seed'] ?? 0,
    seeds: numbers['seeds'] ?? 1,
    policies,
    json: values.json,
    ...(load === undefined ? {} : { load: Number(load) }),
  });
}

function policiesNamed(text: string): readonly PolicyName[] | undefined {
  if (text === 'all') return POLICY_NAMES;
  const name = POLICY_NAMES.find((each) => each === text);
  return name === undefined ? undefined : [name];
}

/** The numbers as they are; rounding is for the table. */
function asJson({ readers, sites, hours, seed, seeds }: SimulateArguments, simulation: Simulation): string {
  const { nights, policies, lowerBound } = simulation;
  const [first] = nights;
  return `${JSON.stringify({
    readers,
    sites,
    hours,
    seed,
    seeds,
    load: first !== undefined && seeds === 1 ? first.load : nights.reduce((sum, { load }) => sum + load, 0) / seeds,
    policies,
    lowerBound,
    nights,
  })}\n`;
}

/** A night, simulated (SURFACE). */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseSimulateArguments(argv);
  if (!parsed.ok) {
    process.stderr.write(`simulate: ${parsed.error}\n`);
    return 2;
  }
  const { json, ...request } = parsed.value;
  const simulation = runSimulation(request);
  process.stdout.write(json ? asJson(parsed.value, simulation) : simulationTable(simulation));
  return 0;
}
