import { z } from 'zod';

import { CRITICAL_LEVELS, NO_CRITICAL_RULES, type CriticalRules } from '#shared/domain/critical-result.ts';
import { INBOX_RULES, type InboxRules } from '#shared/domain/inbox-link.ts';
import { WEEKDAYS } from '#shared/domain/on-call.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is HH:MM');

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const contactSchema = z.strictObject({
  name: z.string().min(1),
  role: z.string().min(1),
  phone: z.string().min(3),
  hours: z
    .strictObject({
      from: clockTime,
      to: clockTime.describe('Not after `from`: over midnight'),
      days: z.array(z.enum(WEEKDAYS)).min(1).optional().describe('Every day unless named'),
    })
    .optional()
    .describe('Day and night unless given'),
});

/** How a site wants to hear of critical results (DOMAIN 4). */
export const criticalSchema = z
  .strictObject({
    windowMinutes: z
      .partialRecord(z.enum(CRITICAL_LEVELS), z.int().min(1).max(100_000))
      .default({})
      .describe('By when someone must have confirmed: red 60, orange 360, yellow 4320 unless given'),
    escalation: z
      .array(contactSchema)
      .default([])
      .describe('Whom to call, first to last; who is off duty is passed over, after the last it begins again'),
    timeZone: z.string().refine(isTimeZone, 'no such time zone').default('UTC').describe('IANA, e.g. America/New_York'),
  })
  .optional();

/** How long links and sessions of a site's inbox page last. */
export const siteInboxSchema = z
  .strictObject({
    linkDays: z.int().min(1).max(365).default(INBOX_RULES.linkDays),
    sessionMinutes: z.int().min(5).max(1440).default(INBOX_RULES.sessionMinutes),
  })
  .optional();

/** Where the inbox pages of the sites are served, by the program that runs the gateway. */
export const inboxSchema = z
  .strictObject({
    listen: z.int().min(0).max(65_535),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('What the sites type: the address of the proxy in front, which adds TLS. Loopback only without it'),
  })
  .optional();

export const toCriticalRules = (critical: z.output<typeof criticalSchema>): CriticalRules => {
  if (critical === undefined) return NO_CRITICAL_RULES;
  return {
    windowMinutes: critical.windowMinutes as CriticalRules['windowMinutes'],
    timeZone: critical.timeZone,
    escalation: critical.escalation.map(({ hours, ...contact }) => ({
      ...contact,
      ...(hours === undefined
        ? {}
        : { hours: { from: hours.from, to: hours.to, ...(hours.days === undefined ? {} : { days: hours.days }) } }),
    })),
  };
};

export const toInboxRules = (inbox: z.output<typeof siteInboxSchema>): InboxRules => inbox ?? INBOX_RULES;
