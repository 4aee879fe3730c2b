const LONGEST_NAME_BYTES = 255;
const LONGEST_PATH_CHARACTERS = 1000;
const DEEPEST = 32;

/** Control characters, separators of any system, and what Windows takes for a drive, a stream or a pattern. */
// oxlint-disable-next-line no-control-regex -- control characters are what is sought
const REFUSED = /[\u0000-\u001f\u007f/\\]/;
const REFUSED_ON_WINDOWS = /[<>:"|?*]|[. ]$/;

/** Whether a file may be kept under this path: only plain names, each a step down. */
export function isSafePath(path: readonly string[], platform: NodeJS.Platform): boolean {
  if (path.length === 0 || path.length > DEEPEST || path.join('/').length > LONGEST_PATH_CHARACTERS) return false;
  return path.every((name) => {
    if (name === '' || name === '.' || name === '..' || Buffer.byteLength(name) > LONGEST_NAME_BYTES) return false;
    return !REFUSED.test(name) && !(platform === 'win32' && REFUSED_ON_WINDOWS.test(name));
  });
}

/** A folder name close to what the reader dropped, whatever it was. */
export function folderNameOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[ .]+|[ .]+$/g, '')
    .slice(0, 60)
    .trim();
  return plain === '' ? 'Dropped files' : plain;
}
