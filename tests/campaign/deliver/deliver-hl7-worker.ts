import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';

import { createDice } from './dice.ts';
import { openJournal } from './journal.ts';

/** A second HL7 engine, of another make and behind mutual TLS, in the same bad mood. Arguments: port, journal, seed, certificate, key, authority. */
const [port = '', file = '', seed = '', certificate = '', key = '', authority = ''] = process.argv.slice(2);
// @medplum/core looks for it when it is loaded; Node 20 has none.
globalThis.WebSocket ??= class {} as unknown as typeof WebSocket;
const { Hl7Connection } = await import('@medplum/hl7');

const journal = openJournal(file);
const dice = createDice(Number(seed));

type Connection = InstanceType<typeof Hl7Connection>;
/** Of the core package that this library brings along. */
type Message = Parameters<Connection['send']>[0];

function attend(connection: Connection, message: Message): void {
  const id = message.getSegment('MSH')?.getField(10)?.toString() ?? '';
  const mood = dice.next();
  if (mood < 0.04) {
    journal.write({ id, what: 'refused' });
    connection.send(message.buildAck({ ackCode: mood < 0.02 ? 'AE' : 'AR' }));
    return;
  }
  if (mood < 0.07) return;
  journal.write({ id, what: journal.has(id) ? 'repeat' : 'filed' });
  if (mood < 0.1) return;
  const ack = () => {
    if (!connection.isClosed()) connection.send(message.buildAck());
  };
  if (mood < 0.13) setTimeout(ack, dice.between(200, 2000));
  else ack();
  if (mood > 0.96) ack();
}

const server = createServer(
  {
    cert: readFileSync(certificate),
    key: readFileSync(key),
    ca: readFileSync(authority),
    requestCert: true,
    rejectUnauthorized: true,
  },
  (socket) => {
    socket.on('error', () => undefined);
    const connection = new Hl7Connection(socket);
    connection.addEventListener('message', ({ message }) => attend(connection, message));
    connection.addEventListener('error', () => undefined);
  },
);
server.on('tlsClientError', () => undefined);
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
