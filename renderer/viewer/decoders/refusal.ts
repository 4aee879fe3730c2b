/** Well-formed perhaps, but nothing here can decode it; any other error means the frame is corrupt. */
export class Unsupported extends Error {}
