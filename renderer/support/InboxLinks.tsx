import { Button } from '@mantine/core';

import { showMoment, useClock } from '../ui/index.ts';
import { inviteSite, newCode, revokeLink, useSupport, type Desk } from './support.ts';
import classes from './support.module.css';

const STATE_WORDS = {
  'code-waiting': 'code told, not used yet',
  'in-use': 'open in a browser',
  'needs-code': 'needs a new code',
  dead: 'too many wrong codes: make a new link',
} as const;

/** Who may read their reports on our page: links and codes, told once. */
export function InboxLinks({ inbox }: { readonly inbox: Desk['inbox'] }) {
  const minute = useClock(({ now }) => Math.floor(now / 60_000) * 60_000);
  const told = useSupport((state) => state.told);
  return (
    <>
      {told !== undefined && (
        <p role="status" className={classes.told}>
          For {told.siteName}, shown once: code <strong>{told.code}</strong>, to be told by phone.
          {told.url !== undefined && (
            <>
              {' '}
              Link, to be sent: <code>{told.url}</code>
            </>
          )}
        </p>
      )}
      <ul className={classes.list}>
        {inbox.links.map((link) => (
          <li key={link.id} className={classes.head}>
            <span>
              {link.siteName}: {STATE_WORDS[link.state]}, until {showMoment(link.expiresAt, minute)}
            </span>
            {link.codeAskedAt !== undefined && <strong>asked for a code {showMoment(link.codeAskedAt, minute)}</strong>}
            {link.state !== 'dead' && (
              <Button aria-label={`New code for ${link.siteName}`} onClick={() => void newCode(link.id, link.siteName)}>
                New code
              </Button>
            )}
            <Button aria-label={`Take back the link of ${link.siteName}`} onClick={() => void revokeLink(link.id)}>
              Take back
            </Button>
          </li>
        ))}
      </ul>
      <div className={classes.inline}>
        {inbox.sites.map(({ siteId, siteName }) => (
          <Button key={siteId} onClick={() => void inviteSite(siteId, siteName)}>
            New link for {siteName}
          </Button>
        ))}
      </div>
    </>
  );
}
