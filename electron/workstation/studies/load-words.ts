import { ArchiveError } from '#electron/ports/site-archive.ts';

type Code = ArchiveError['code'] | 'internal';

export const loadFailure = (error: unknown): Code => (error instanceof ArchiveError ? error.code : 'internal');

/** These may pass by themselves; the others need a person. */
export const mayPass = (code: Code): boolean =>
  code === 'unreachable' || code === 'stalled' || code === 'bad-answer' || code === 'cancelled';

const REASONS: Readonly<Record<Code, string>> = {
  unreachable: 'The line to the site was lost',
  stalled: 'The site has stopped sending',
  'bad-answer': 'The site sent something else than these images',
  unauthorised: 'The site refuses our credentials',
  'not-found': 'The site does not have these images',
  refused: 'The site refuses to send these images',
  cancelled: 'The site broke off',
  internal: 'Loading failed',
};

/** What a reader sees while the images are asked for again. */
export const askingAgain = (code: Code, attempt: number, attempts: number): string =>
  `${REASONS[code]}; asking again (${attempt} of ${attempts}).`;

/** What stands in place of an image that did not come. */
export const whyAbsent = (code: Code): string =>
  code === 'internal' ? 'loading this image failed' : `the site did not send this image (${code})`;
