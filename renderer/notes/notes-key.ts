/** The case whose notes stand on screen; undefined while none do. Signing compares it with the viewer's and the report's. */
let shownKey: string | undefined;

export function setNotesContextKey(key: string | undefined): void {
  shownKey = key;
}

export const notesContextKey = (): string | undefined => shownKey;
