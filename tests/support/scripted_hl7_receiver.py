"""An independent HL7 receiver (python3-hl7) that answers each message as it is told.

usage: scripted_hl7_receiver.py [--tls CERTIFICATE KEY CA] PORT FOLDER ANSWER…   (prints "listening" when it does)
With --tls it speaks TLS and asks for a certificate signed by CA.
ANSWER for the first, second … message: AA AE AR CR, silent (keeps the connection, says nothing), drop (closes it), garbage. The last repeats.
"""

import asyncio
import pathlib
import ssl
import sys

import hl7
import hl7.mllp


async def serve(port, folder, answers, tls):
    out = pathlib.Path(folder)
    count = 0
    open_now = 0

    async def converse(reader, writer):
        nonlocal count, open_now
        open_now += 1
        try:
            while True:
                message = await reader.readmessage()
                answer = answers[min(count, len(answers) - 1)]
                count += 1
                (out / f"{count:04d}.hl7").write_text(str(message), encoding="utf-8", newline="")
                (out / f"{count:04d}.open").write_text(str(open_now))
                print("received", flush=True)
                if answer == "drop":
                    return
                if answer == "silent":
                    continue
                if answer == "garbage":
                    writer.writeblock(b"this is no message")
                else:
                    writer.writemessage(message.create_ack(answer))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            open_now -= 1
            writer.close()

    async with await hl7.mllp.start_hl7_server(
        converse, host="127.0.0.1", port=port, encoding="utf-8", limit=16 << 20, ssl=tls
    ) as server:
        print("listening", flush=True)
        await server.serve_forever()


def mutual(certificate, key, authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.load_verify_locations(authority)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


arguments = sys.argv[1:]
tls = None
if arguments[0] == "--tls":
    tls = mutual(*arguments[1:4])
    arguments = arguments[4:]
asyncio.run(serve(int(arguments[0]), arguments[1], arguments[2:], tls))
