interface Failing {
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Workers started before they are needed: the first image of a case must not wait for one to load. */
export interface SpareWorkers<Worker> {
  /** One that never saw another case; started now when there is no spare one. */
  take(): Worker;
  /** Starts what is missing. */
  fill(): void;
}

export function createSpareWorkers<Worker extends Failing>(
  count: () => number,
  start: () => Worker,
): SpareWorkers<Worker> {
  const spare: Worker[] = [];
  return {
    take: () => spare.shift() ?? start(),
    fill() {
      while (spare.length < count()) {
        const worker = start();
        // One that cannot even start is not given out; who takes it sees to its errors from then on.
        worker.onerror = () => {
          const place = spare.indexOf(worker);
          if (place >= 0) spare.splice(place, 1);
        };
        spare.push(worker);
      }
    },
  };
}
