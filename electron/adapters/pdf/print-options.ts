import type { ReportPaper } from '#shared/domain/site.ts';

/** What a print needs beside the signed report. */
export interface PrintOptions extends Partial<ReportPaper> {
  /** What the signature is over, and the signature: printed as a code, and carried inside the file. */
  readonly proof?: { readonly canonical: string; readonly signature: string };
}

/** The files inside the PDF by which anyone can check it. */
export const CARRIED = {
  canonical: 'signed-report.json',
  signature: 'signature.jws',
  /** How it was printed: with it and the signed report the same print is made again, and compared. */
  presentation: 'print.json',
} as const;

/** Changes when the same report would be printed otherwise than before. */
const LAYOUT = 2;

export const presentationText = ({ size = 'A4', letterhead, logo }: PrintOptions): string =>
  JSON.stringify({
    layout: LAYOUT,
    size,
    ...(letterhead === undefined ? {} : { letterhead }),
    ...(logo === undefined ? {} : { logo: Buffer.from(logo).toString('base64') }),
  });

/** Undefined for what no version of this program has written; another layout than ours cannot be printed again. */
export function readPresentation(text: string): Omit<PrintOptions, 'proof'> | 'another-layout' | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { layout, size, letterhead, logo } = value as Record<string, unknown>;
  if (typeof layout !== 'number') return undefined;
  if (layout !== LAYOUT) return 'another-layout';
  if (size !== 'A4' && size !== 'LETTER') return undefined;
  const isLines = Array.isArray(letterhead) && letterhead.every((line) => typeof line === 'string');
  return {
    size,
    ...(isLines ? { letterhead: letterhead as string[] } : {}),
    ...(typeof logo === 'string' ? { logo: new Uint8Array(Buffer.from(logo, 'base64')) } : {}),
  };
}
