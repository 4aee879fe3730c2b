/** Blanks for control characters other than tabulator and line ends: no FHIR string holds them, and no number consists of them. */
export const withoutControls = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ');
