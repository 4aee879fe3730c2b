/** Character sets a message may be written in (MSH-18, table 0211). */
export const ORU_CHARSETS = ['UNICODE UTF-8', '8859/1', '8859/15', 'ASCII'] as const;
export type OruCharset = (typeof ORU_CHARSETS)[number];

export const ORU_VERSIONS = ['2.5.1', '2.3.1'] as const;
export const ORU_CONTENTS = ['text-and-pdf', 'text', 'pdf'] as const;
/** `together`: a section's lines in one FT. `one-each`: a TX for every line, for receivers that know no line ends in a value. */
export const ORU_LINES = ['together', 'one-each'] as const;

/** `also-coded`: what the report holds as data (dates, sides, coded fields, entries of groups) in an OBX each, behind the text. */
export const ORU_VALUES = ['also-coded', 'in-text'] as const;

/** How one site wants its results. What differs between sites is data, not code. */
export interface OruFormat {
  readonly version: (typeof ORU_VERSIONS)[number];
  readonly charset: OruCharset;
  readonly content: (typeof ORU_CONTENTS)[number];
  readonly lines: (typeof ORU_LINES)[number];
  readonly values: (typeof ORU_VALUES)[number];
  /** Longest OBX-5 text in characters before escaping; what is longer goes on in the next OBX of the same identifier. */
  readonly longestText: number;
  /** Fields written from a pattern instead of our own value, by position: `{"MSH-5": "RIS", "OBR-18": "", "ZRP-1": "{accession}"}`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Identifier of an OBX (OBX-3) by its code with us: `{"59776-5": "GDT^Findings^L"}`. */
  readonly codes: Readonly<Record<string, string>>;
}

export const USUAL_ORU_FORMAT: OruFormat = {
  version: '2.5.1',
  charset: 'UNICODE UTF-8',
  content: 'text-and-pdf',
  lines: 'together',
  values: 'also-coded',
  // HL7 v2.5.1 gives FT 65536 characters; escapes may double a text.
  longestText: 32_000,
  fields: {},
  codes: {},
};
