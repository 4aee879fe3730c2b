import type { ArchiveAbilities } from '#electron/ports/site-archive.ts';

/** Where an archive's abilities outlive the program. */
export interface AbilityMemory {
  read(): Partial<ArchiveAbilities> | undefined;
  write(abilities: ArchiveAbilities): void;
}

export const NO_MEMORY: AbilityMemory = { read: () => undefined, write: () => undefined };

/** Until found otherwise an archive is taken to do all of PS3.18. */
const STANDARD: ArchiveAbilities = {
  accept: 'as-stored',
  givesSeries: true,
  givesInstances: true,
  metadata: 'wado',
};

export interface Abilities {
  readonly now: () => ArchiveAbilities;
  /** Said when an answer has shown it. */
  learn(found: Partial<ArchiveAbilities>): void;
}

export function createAbilities(memory: AbilityMemory): Abilities {
  let abilities: ArchiveAbilities = { ...STANDARD, ...memory.read() };
  return {
    now: () => abilities,
    learn(found) {
      const next = { ...abilities, ...found };
      if (JSON.stringify(next) === JSON.stringify(abilities)) return;
      abilities = next;
      memory.write(next);
    },
  };
}
