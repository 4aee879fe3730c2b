/** Makes a switch over a closed union fail to compile when a case is forgotten. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
