import type { Layout } from 'react-resizable-panels';

const KEY = 'overread.reading-layout';

/** Panel widths per window width class: a wide monitor and a laptop are arranged differently. Holds no patient data. */
const keyFor = (width: number): string => `${KEY}.${width >= 1920 ? 'wide' : 'narrow'}`;

export function readLayout(storage: Pick<Storage, 'getItem'>, width: number): Layout | undefined {
  try {
    const raw: unknown = JSON.parse(storage.getItem(keyFor(width)) ?? 'null');
    if (typeof raw !== 'object' || raw === null) return undefined;
    const sizes = Object.entries(raw).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
    const names = sizes.map(([name]) => name).sort();
    return names.join() === 'notes,report,viewer' ? Object.fromEntries(sizes) : undefined;
  } catch {
    return undefined;
  }
}

export function keepLayout(storage: Pick<Storage, 'setItem'>, width: number, layout: Layout): void {
  storage.setItem(keyFor(width), JSON.stringify(layout));
}
