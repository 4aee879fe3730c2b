/** “1 image”, “2 images”: a count with its noun. `many` where the plural is more than an s. */
export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
