import { countOf } from '#shared/kernel/count-of.ts';

import type { Complaint } from '../complaint.ts';
import type { CheckFacts, SeriesSeen } from './check-facts.ts';

const named = ({ number, description }: SeriesSeen): string =>
  [number === undefined ? 'series' : `series ${number}`, description === undefined ? '' : `(${description})`]
    .filter((part) => part !== '')
    .join(' ');
const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const images = (count: number): string => countOf(count, 'image');

/** Series of the exam that were never on screen, and images of the others that were scrolled past. Scouts do not count. */
export function checkUnseenImages({ study }: CheckFacts): Complaint[] {
  const series = (study.series ?? []).filter(({ isScout, images: count }) => !isScout && count > 0);
  const unread = series.filter(({ seen }) => seen === 0);
  const begun = series.filter(({ seen, images: count }) => seen > 0 && seen < count);
  return [
    ...(unread.length === 0
      ? []
      : [
          {
            code: 'series-unread',
            severity: 'warn' as const,
            quote: listed(unread.map(named)),
            message: `${capital(unread.map((one) => `${named(one)}, ${images(one.images)}`).join('; '))}: never on screen.`,
            fix: 'Open each of them, or sign knowing that they were not read.',
          },
        ]),
    ...(begun.length === 0
      ? []
      : [
          {
            code: 'images-unseen',
            severity: 'warn' as const,
            quote: listed(begun.map(named)),
            message: `${begun.map((one) => `${one.images - one.seen} of ${images(one.images)} of ${named(one)}`).join('; ')} not shown.`,
            fix: 'Scroll through: the bar beside the image shows which were not seen.',
          },
        ]),
  ];
}
