/**
 * Which drawn element shows which row. A row keeps its element. Where most are new, as after a key typed into the search, they take over the
 * elements of those that left: that costs the browser half of making them anew. A few are made anew: an element taken from the end of the
 * list to its head would have React move all others. `isHeld` tells elements that must not become another row's: one with the focus
 * would bring it to another patient.
 */
export function assignSlots(
  before: ReadonlyMap<string, number>,
  drawn: readonly string[],
  isHeld: (id: string) => boolean,
): ReadonlyMap<string, number> {
  const shown = new Set(drawn);
  const come = drawn.filter((id) => !before.has(id)).length;
  const areMostNew = come > drawn.length / 2;
  const free = (areMostNew ? [...before] : []).flatMap(([id, slot]) => (shown.has(id) || isHeld(id) ? [] : [slot]));
  let next = Math.max(-1, ...before.values()) + 1;
  return new Map(drawn.map((id) => [id, before.get(id) ?? free.shift() ?? next++]));
}

/** Remembers who stands where from one drawing to the next; asked twice for the same rows it answers the same. */
export function createSlots(
  elementId: (id: string) => string,
): (drawn: readonly string[]) => ReadonlyMap<string, number> {
  let slots: ReadonlyMap<string, number> = new Map();
  const hasFocus = (id: string) => document.getElementById(elementId(id))?.contains(document.activeElement) === true;
  return (drawn) => {
    slots = assignSlots(slots, drawn, hasFocus);
    return slots;
  };
}
