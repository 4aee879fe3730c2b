/** A start that cannot go on, for a reason the user can mend: one line, exit 2. */
export class StartRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartRefusal';
  }
}
