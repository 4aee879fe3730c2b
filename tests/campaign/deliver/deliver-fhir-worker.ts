import { createServer, type ServerResponse } from 'node:http';

import { createDice } from './dice.ts';
import { openJournal, type JournalLine } from './journal.ts';

/**
 * A FHIR server of another make: 409, 412 and 503 for no good reason, 500 after it has stored, slow answers, and a search that finds what is new only
 * after a while. Arguments: port, journal, seed.
 */
const [port = '', file = '', seed = ''] = process.argv.slice(2);

interface Stored extends JournalLine {
  readonly resourceId: string;
}
interface Report {
  readonly resourceType: string;
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
}

const INDEXED_AFTER_MS = 300;
const journal = openJournal<Stored>(file);
const dice = createDice(Number(seed));
const stored = new Map(journal.lines().map((line) => [line.id, { ...line, indexedAt: 0 }]));

const uuidOf = ({ identifier }: Report): string => identifier?.[0]?.value ?? '';
const asResource = ({ id, resourceId }: Stored) => ({
  resourceType: 'DiagnosticReport',
  id: resourceId,
  identifier: [{ system: 'urn:overread:report', value: id }],
});

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
}
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };

function create(body: string, isConditional: boolean, response: ServerResponse): void {
  const mood = dice.next();
  if (mood < 0.03) return say(response, 409, outcome);
  if (mood < 0.06) return say(response, 412, outcome);
  if (mood < 0.1) return say(response, 503, outcome);
  const id = uuidOf(JSON.parse(body) as Report);
  const known = isConditional ? stored.get(id) : undefined;
  const line = known ?? { id, what: 'filed' as const, resourceId: `dr-${stored.size + 1}` };
  journal.write({ ...line, what: known === undefined ? 'filed' : 'repeat' });
  if (known === undefined) stored.set(id, { ...line, indexedAt: Date.now() + INDEXED_AFTER_MS });
  if (mood < 0.14) return say(response, 500, outcome);
  const answer = () => say(response, known === undefined ? 201 : 200, asResource(line));
  if (mood < 0.2) setTimeout(answer, dice.between(500, 3000));
  else answer();
}

function search(url: URL, response: ServerResponse): void {
  const wanted = url.searchParams.get('identifier')?.split('|')[1];
  const isReport = url.pathname.endsWith('/DiagnosticReport');
  const found = [...stored.values()].filter(
    ({ id, indexedAt }) => isReport && id === wanted && indexedAt <= Date.now(),
  );
  say(response, 200, {
    resourceType: 'Bundle',
    type: 'searchset',
    entry: found.map((line) => ({ resource: asResource(line) })),
  });
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('error', () => undefined);
  request.on('end', () => {
    const url = new URL(request.url ?? '/', 'http://site');
    if (request.method !== 'POST') return search(url, response);
    create(Buffer.concat(chunks).toString('utf8'), request.headers['if-none-exist'] !== undefined, response);
  });
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
