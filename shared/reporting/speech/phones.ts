export const phonesOf = (word: string): string => word;
