/** How often each content is linked, and what all contents take of the disk: linked twice it lies there once. */
export interface ContentCount {
  add(content: string, path: string, bytes: number): void;
  remove(content: string, path: string): void;
  /** Its bytes are damaged: nothing may be linked to it any more. */
  drop(content: string): void;
  /** Where the content already lies. */
  pathOf(content: string): string | undefined;
  totalBytes(): number;
}

export function createContentCount(): ContentCount {
  const places = new Map<string, { readonly paths: Set<string>; readonly bytes: number }>();
  let total = 0;
  return {
    add(content, path, bytes) {
      const known = places.get(content);
      if (known !== undefined) {
        known.paths.add(path);
        return;
      }
      places.set(content, { paths: new Set([path]), bytes });
      total += bytes;
    },
    remove(content, path) {
      const known = places.get(content);
      if (known === undefined) return;
      known.paths.delete(path);
      if (known.paths.size > 0) return;
      places.delete(content);
      total -= known.bytes;
    },
    drop(content) {
      total -= places.get(content)?.bytes ?? 0;
      places.delete(content);
    },
    pathOf: (content) => places.get(content)?.paths.values().next().value,
    totalBytes: () => total,
  };
}
