import { SMTPServer } from 'smtp-server';

import { createDice } from './dice.ts';
import { openJournal } from './journal.ts';

/** A mail server that is now and then too busy. Arguments: port, journal, seed. */
const [port = '', file = '', seed = ''] = process.argv.slice(2);
const journal = openJournal(file);
const dice = createDice(Number(seed));

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    let text = '';
    stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    stream.on('end', () => {
      const id = /^Message-ID: <(.*)>/im.exec(text)?.[1] ?? '';
      if (dice.chance(0.04)) {
        journal.write({ id, what: 'refused' });
        return done(Object.assign(new Error('busy'), { responseCode: 451 }));
      }
      journal.write({ id, what: journal.has(id) ? 'repeat' : 'filed' });
      done();
    });
  },
});
server.on('error', () => undefined);
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
