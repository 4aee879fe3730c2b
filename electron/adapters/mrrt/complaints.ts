/** What is not as MRRT asks, or was left out on import; `line` is 1-based in the file. */
export interface TemplateComplaint {
  readonly line: number;
  readonly message: string;
}

const MAX_COMPLAINTS = 200;

export function collectComplaints() {
  const found: TemplateComplaint[] = [];
  return {
    add(line: number, message: string): void {
      if (found.length < MAX_COMPLAINTS) found.push({ line, message });
    },
    sorted: (): TemplateComplaint[] => found.toSorted((left, right) => left.line - right.line),
  };
}
export type Complaints = ReturnType<typeof collectComplaints>;
