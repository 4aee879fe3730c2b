/**
 * The order to show. Rows move to their true place at once, except the one under the pointer or the focus: it stays where
 * it is, the others flow around it, until it is left. If it has gone from the list it stays as well, so that a click or
 * Enter never lands on another patient.
 */
export function holdOrder(
  shown: readonly string[],
  next: readonly string[],
  held: ReadonlySet<string>,
): readonly string[] {
  const pinned = [...held]
    .map((id) => ({ id, place: shown.indexOf(id) }))
    .filter(({ place }) => place >= 0)
    .toSorted((a, b) => a.place - b.place);
  if (pinned.length === 0) return next;
  const order = next.filter((id) => !held.has(id));
  for (const { id, place } of pinned) order.splice(Math.min(place, order.length), 0, id);
  return order;
}
