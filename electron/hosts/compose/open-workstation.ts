/** A running workstation, whichever host shows it. */
export interface OpenWorkstation {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}
export async function openWorkstation(): Promise<OpenWorkstation> {
  throw new Error('not yet');
}
