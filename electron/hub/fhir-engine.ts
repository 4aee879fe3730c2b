/*
 * @medplum/core names `WebSocket` while it loads, which Node 20 does not have. A static import would run before any
 * statement of ours in a bundle (imports of packages come first), so it is imported when the name is there.
 */
globalThis.WebSocket ??= class {} as never;

export const {
  convertToSearchableTokens,
  evalFhirPathTyped,
  getSearchParameterDetails,
  getSearchParameters,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  toTypedValue,
  validateResource,
} = await import('@medplum/core');
