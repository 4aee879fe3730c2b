import { afterEach, expect, it, vi } from 'vitest';

import { addAlert, clearAlert, raiseAlert, say, sayNews, useMessages } from '#renderer/ui/messages.ts';

afterEach(() => {
  vi.restoreAllMocks();
});
const shown = () => {
  const { status, news } = useMessages.getState();
  return [status, news];
};

it('keeps what an act came to when news arrives, and the news until it can have been read', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1_000_000);
  say('Signed. 3 deliveries under way.');
  sayNews('STAT has arrived: CT head.');
  expect(shown()).toEqual(['Signed. 3 deliveries under way.', 'STAT has arrived: CT head.']);
  now.mockReturnValue(1_002_000);
  say('Back on the worklist.');
  expect(shown()).toEqual(['Back on the worklist.', 'STAT has arrived: CT head.']);
  now.mockReturnValue(1_020_000);
  say('Case opened.');
  expect(shown()).toEqual(['Case opened.', '']);
});

it('keeps alerts of one kind beside each other, the newest three, each once, and clears them together', () => {
  const texts = () => [...useMessages.getState().alerts.values()];
  raiseAlert('claim', 'The claim was lost.');
  addAlert('viewer', 'One.');
  addAlert('viewer', 'Two.');
  addAlert('viewer', 'One.');
  expect(texts()).toEqual(['The claim was lost.', 'One.', 'Two.']);
  addAlert('viewer', 'Three.');
  addAlert('viewer', 'Four.');
  expect(texts()).toEqual(['The claim was lost.', 'Two.', 'Three.', 'Four.']);
  clearAlert('viewer');
  expect(texts()).toEqual(['The claim was lost.']);
});
