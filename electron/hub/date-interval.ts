const DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

export interface Interval {
  /** First and last millisecond that the text can mean. */
  readonly low: number;
  readonly high: number;
}

/** A FHIR date of any precision as the interval it stands for (R4 3.1.1.4.7); without a zone it is taken as UTC. */
export function intervalOfDate(text: string): Interval | undefined {
  const parts = DATE.exec(text);
  if (parts === null) return undefined;
  const [, year = '', month, day, hour, minute, second, fraction, zone] = parts;
  const low = Date.parse(
    `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '0').padEnd(3, '0').slice(0, 3)}${zone ?? 'Z'}`,
  );
  if (Number.isNaN(low)) return undefined;
  const first = new Date(low);
  // Date.parse rolls 31 April over to 1 May.
  if (day !== undefined && hour === undefined && first.getUTCDate() !== Number(day)) return undefined;
  if (month === undefined) return { low, high: Date.UTC(first.getUTCFullYear() + 1, 0, 1) - 1 };
  if (day === undefined) return { low, high: Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1) - 1 };
  if (hour === undefined) return { low, high: low + 86_400_000 - 1 };
  if (second === undefined) return { low, high: low + 60_000 - 1 };
  return { low, high: fraction === undefined ? low + 999 : low };
}
