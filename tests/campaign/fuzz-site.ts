import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One order on a site's FHIR server, each part as it will be sent, sound or not. */
export interface SiteCase {
  readonly id: string;
  readonly request: unknown;
  readonly patient: unknown;
  /** By type, what a search for the patient gives. */
  readonly related: Readonly<Record<string, readonly unknown[]>>;
}

/** Looks in which an order is shown, as a server does whose poll reaches back some time. */
const SHOWN_LOOKS = 3;

/** A site's FHIR server that shows the cases handed to it in the next looks, all at once, and their records whenever they are asked for. */
export async function openFuzzSite() {
  let waiting: SiteCase[] = [];
  let recent: (readonly SiteCase[])[] = [];
  const shown = new Map<string, SiteCase>();
  let looks = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site.test');
    const [type = '', id] = url.pathname.split('/').filter((part) => part !== '');
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/fhir+json' });
      response.end(JSON.stringify(body));
    };
    const bundle = (resources: readonly unknown[]) => {
      const entry = resources.map((resource) => ({ resource }));
      send(200, { resourceType: 'Bundle', type: 'searchset', entry });
    };
    // A look that wants one order only asks whether anybody is there.
    if (type === 'ServiceRequest' && url.searchParams.get('_count') === '1') return bundle([]);
    if (type === 'ServiceRequest') {
      for (const each of waiting) shown.set(each.id, each);
      recent = [...recent.slice(1 - SHOWN_LOOKS), waiting];
      waiting = [];
      looks += 1;
      return bundle(recent.flat().map((each) => each.request));
    }
    const asked = id ?? url.searchParams.get('patient')?.replace('Patient/', '') ?? '';
    const found = shown.get(asked);
    if (type === 'Patient') return found === undefined ? send(404, {}) : send(200, found.patient);
    return bundle(found?.related[type] ?? []);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (each: SiteCase) => void waiting.push(each),
    waiting: () => waiting.length,
    looks: () => looks,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

const concept = (text: string) => ({ coding: [{ system: 'urn:x', code: 'x', display: text }], text });

/** A sound order as a site's server has it; mutations begin from it. */
export function soundCase(id: string, accession: string): SiteCase {
  const subject = { reference: `Patient/${id}`, display: 'Fuzz, Ann' };
  const meta = { versionId: '1', lastUpdated: '2026-11-21T02:00:00Z' };
  return {
    id,
    request: {
      resourceType: 'ServiceRequest',
      id,
      meta,
      identifier: [{ type: { coding: [{ code: 'ACSN' }] }, system: 'urn:site:accession', value: accession }],
      status: 'active',
      intent: 'order',
      priority: 'urgent',
      code: concept('CT head without contrast'),
      subject,
      authoredOn: '2026-11-21T02:00:00Z',
      reasonCode: [concept('Fall, headache')],
      note: [{ text: 'Fell from a ladder' }],
      bodySite: [concept('Head')],
    },
    patient: {
      resourceType: 'Patient',
      id,
      identifier: [{ type: { coding: [{ code: 'MR' }] }, value: `${accession}M` }],
      name: [{ use: 'official', family: 'Fuzz', given: ['Ann'] }],
      gender: 'female',
      birthDate: '1950-01-01',
    },
    related: {},
  };
}
