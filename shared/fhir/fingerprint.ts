/** FNV-1a over UTF-16 units, twice with different offsets: 64 bits, to know the same text again. No secret is safe behind it. */
export function fingerprint(text: string): string {
  const run = (offset: number) => {
    let hash = offset;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  return run(0x811c9dc5) + run(0x050c5d1f);
}
