/** The workstation's own scheme: standard and secure, so that the page has an origin, workers and fetch. */
export const SCHEME = 'overread';
export const ORIGIN = `${SCHEME}://workstation`;

/** True for addresses of our own door only. */
export function isOwnAddress(address: string): boolean {
  try {
    const { protocol, host } = new URL(address);
    return protocol === `${SCHEME}:` && host === 'workstation';
  } catch {
    return false;
  }
}
