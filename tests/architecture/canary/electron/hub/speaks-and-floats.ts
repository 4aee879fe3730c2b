export function broken(work: () => Promise<void>, kind: 'a' | 'b'): number {
  console.log('said');
  work();
  const anything: any = kind;
  switch (kind) {
    case 'a':
      return anything;
  }
  return 0;
}
