/** PS3.5 DA in UTC. */
export const demoDate = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
/** PS3.5 TM in UTC, whole seconds. */
export const demoTime = (at: number): string => new Date(at).toISOString().slice(11, 19).replaceAll(':', '');
