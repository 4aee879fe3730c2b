import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadConfig } from '#electron/hosts/config/load-config.ts';
import { USUAL_ORU_FORMAT } from '#shared/hl7/oru-format.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overread-returns-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function returnsOf(...channels: unknown[]) {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify({ sites: [{ id: 'a', name: 'A', return: channels }] }));
  const loaded = loadConfig(path, { TOKEN: 't-1', SMTP_PASSWORD: 'p-1' });
  return loaded.ok ? loaded.value.sites[0]?.returns : loaded.error;
}
const hl7 = (more: object) => ({ hl7: { host: 'ris', port: 2575, ...more } });

describe('return channels in the configuration', () => {
  it('take certificates from files beside the configuration', () => {
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder, `${name}.pem`), `${name}-pem\n`);
    const tls = { ca: { file: 'ca.pem' }, certificate: { file: 'cert.pem' }, key: { file: 'key.pem' } };
    expect(returnsOf(hl7({ tls: { ...tls, serverName: 'ris.example' } }))).toEqual([
      {
        kind: 'hl7',
        host: 'ris',
        port: 2575,
        tls: { ca: 'ca-pem', certificate: 'cert-pem', key: 'key-pem', serverName: 'ris.example' },
      },
    ]);
  });

  it('complete a site’s own HL7 format with the usual one', () => {
    const own = { version: '2.3.1', charset: '8859/1', content: 'text', lines: 'one-each', fields: { 'MSH-5': 'RIS' } };
    expect(returnsOf(hl7(own))).toMatchObject([{ format: { ...USUAL_ORU_FORMAT, ...own } }]);
  });

  it('take credentials and the manner of a FHIR server, and a mail server', () => {
    const server = { host: 'mx', port: 587, auth: { basic: { user: 'u', password: { env: 'SMTP_PASSWORD' } } } };
    expect(
      returnsOf(
        { fhir: { url: 'https://ehr.example/fhir', auth: { bearer: { env: 'TOKEN' } }, as: 'document' } },
        { mail: { to: ['desk@a.example'], from: 'overread@group.example', server } },
      ),
    ).toEqual([
      { kind: 'fhir', url: 'https://ehr.example/fhir', auth: { bearer: 't-1' }, as: 'document' },
      {
        kind: 'mail',
        to: ['desk@a.example'],
        from: 'overread@group.example',
        server: { host: 'mx', port: 587, security: 'starttls', auth: { user: 'u', password: 'p-1' } },
      },
    ]);
  });

  it.each([
    ['the stable id of a message', hl7({ fields: { 'MSH-10': 'x' } }), /MSH-10 is no field/],
    ['a position that is none', hl7({ fields: { 'OBR-18-2': 'x' } }), /OBR-18-2 is no field/],
    ['a fact nobody has', hl7({ fields: { 'OBR-18': '{mood}' } }), /\{mood\} is no fact/],
    ['a certificate without its key', hl7({ tls: { certificate: { env: 'TOKEN' } } }), /certificate and key/],
    ['an address that is none', { mail: { to: ['desk'], from: 'a@b', server: { host: 'mx', port: 25 } } }, /return/],
  ])('refuse %s', (_what, channel, message) => {
    expect(returnsOf(channel)).toMatch(message);
  });
});
