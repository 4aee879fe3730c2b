import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { parseMrrt } from '#electron/adapters/mrrt/parse-mrrt.ts';
import { listenForCallouts, type CalloutListener } from '#tests/support/callout-listener.ts';
import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';
import { readFirst } from '#tests/support/read-case.ts';

let door: FakeDoor;
let listener: CalloutListener;

test.beforeEach(async () => {
  listener = await listenForCallouts();
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
  await listener.stop();
});

/** Everything that runs or fetches in HTML, in each place where a template has words of its own. */
function hostileTemplate(address: string): string {
  const evil = `<img src="${address}/img" onerror="window.ran=1"><svg onload="window.ran=1"></svg><iframe src="${address}/frame"></iframe>`;
  const letters = evil.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${letters}</title>
<meta name="dcterms.title" content="Hostile ${letters}"><meta name="dcterms.identifier" content="hostile">
<meta name="dcterms.type" content="IMAGE_REPORT_TEMPLATE">
<meta http-equiv="refresh" content="0;url=${address}/refresh"><base href="${address}/base/">
<link rel="stylesheet" href="${address}/css"><style>@import url(${address}/import); body { background: url(${address}/style) }</style>
<script src="${address}/script"></script><script>window.ran=1; fetch('${address}/fetch')</script>
<script type="text/xml"><template_attributes></template_attributes></script></head>
<body onload="window.ran=1">
<section data-section-name="Findings" onclick="window.ran=1"><p>Plain words ${evil}</p><p>${letters}</p>
<label for="a">Size ${letters}</label><input id="a" type="text" value="${letters}" onfocus="window.ran=1">
<label for="b">Kind</label><select id="b"><option>${letters}</option><option>other</option></select>
<form action="${address}/form"><input type="image" src="${address}/button"></form><object data="${address}/object"></object></section>
<section data-section-name="Impression"><p><a href="javascript:window.ran=1">press</a></p></section></body></html>`;
}

const published = (): readonly string[] =>
  lacks('testdata')
    ? []
    : readdirSync(join(TESTDATA, 'mrrt'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.html'))
        .map((name) => readFileSync(join(TESTDATA, 'mrrt', name), 'utf8'));

test('no template runs anything or calls out, a hostile one or any that was published', async ({ page }) => {
  test.setTimeout(300_000);
  const origin = new URL(door.url).origin;
  const outside: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin: of } = new URL(request.url());
    if (protocol.startsWith('http') && of !== origin) outside.push(of);
  });
  page.on('dialog', (dialog) => {
    outside.push('dialog');
    void dialog.dismiss();
  });
  const all = [hostileTemplate(listener.address), ...published()];
  const templates = all.flatMap((html) => parseMrrt(html).template ?? []);
  expect(templates.map(({ id }) => id)).toContain('hostile');
  door.world.templates = templates;
  await readFirst(page, door.url);
  const report = page.getByRole('region', { name: 'Report' });
  const choice = report.getByRole('combobox', { name: 'Template' });
  for (const { id } of templates) {
    await choice.selectOption({ value: id });
    await expect(choice).toHaveValue(id);
    await expect(report.getByRole('textbox').first()).toBeVisible();
    // Its fields and words, by the pointer and by keys.
    await report.getByRole('textbox').first().click();
    await page.keyboard.press('Tab');
  }
  await choice.selectOption({ value: 'hostile' });
  // What is hostile stands there as letters.
  await expect(report).toContainText('onerror="window.ran=1"');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(listener.heard).toEqual([]);
  expect(outside).toEqual([]);
});
