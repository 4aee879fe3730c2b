/** wRVU by exam type, valid from a day on. */
export interface WrvuTable {
  /** ISO date. */
  readonly from: string;
  readonly values: Readonly<Record<string, number>>;
}

/**
 * What is paid, kept by date: an exam is worth what the table of its day says, also when it is looked at again years later. A new year is a
 * new table here. 2026 is 2025 × 0.975 (DOMAIN 8); types that DOMAIN does not name have the value of their nearest neighbour.
 */
export const WRVU_TABLES: readonly WrvuTable[] = [
  {
    from: '2026-01-01',
    values: {
      'ct-head': 0.83,
      'cta-head': 1.71,
      'cta-neck': 1.71,
      'ct-c-spine': 0.98,
      'ct-chest': 1.05,
      'ct-chest-with': 1.13,
      'cta-chest': 1.77,
      'cta-coronary': 2.34,
      'ct-abdomen': 1.7,
      'ct-abdomen-with': 1.77,
      'cta-abdomen': 2.15,
      'ct-other': 0.98,
      'mr-brain': 1.44,
      'mr-brain-with': 2.23,
      'mr-lumbar': 1.44,
      'mr-joint': 1.32,
      'mr-other': 1.44,
      'us-duplex': 0.68,
      'us-abdomen': 0.79,
      'us-limited': 0.58,
      'xr-chest': 0.21,
      'xr-other': 0.18,
      mammography: 0.74,
      'bone-scan': 0.84,
      'pet-ct': 2.44,
      other: 0.83,
    },
  },
];
