/** Something that one of several programs on one database may do at a time. */
export interface Turn {
  /** Undefined: another has it, or nobody can be asked. */
  tryTake(): Promise<HeldTurn | undefined>;
  close(): Promise<void>;
}

export interface HeldTurn {
  /** Resolves when it is no longer held for certain: another may have it from now on. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/** Where nobody else can be: it is always ours. */
export const alwaysOurs: Turn = {
  tryTake: async () => ({ lost: new Promise(() => undefined), release: async () => undefined }),
  close: async () => undefined,
};
