"""A site's HL7 engine by python3-hl7 that is in a bad mood: files each message once by MSH-10, on disk before it answers.

usage: deliver_hl7_peer.py PORT JOURNAL SEED   (prints "listening" when it does)
"""

import asyncio
import json
import os
import random
import sys

import hl7
import hl7.mllp


def known_ids(path):
    if not os.path.exists(path):
        return set()
    with open(path, encoding="utf-8") as lines:
        return {line["id"] for line in map(json.loads, lines) if line["what"] == "filed"}


async def serve(port, path, seed):
    known = known_ids(path)
    journal = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    dice = random.Random(seed)

    def write(control_id, what):
        os.write(journal, (json.dumps({"id": control_id, "what": what}) + "\n").encode())
        os.fsync(journal)

    def file(control_id):
        write(control_id, "repeat" if control_id in known else "filed")
        known.add(control_id)

    def passing(message):
        ack = message.create_ack("AE")
        ack.append(error(message))
        return ack

    def error(message):
        return message.create_segment([message.create_field([part]) for part in ["ERR", "", "", "207", "E"]])

    async def converse(reader, writer):
        try:
            while True:
                message = await reader.readmessage()
                control_id = str(message["MSH.F10"])
                mood = dice.random()
                if mood < 0.04:
                    write(control_id, "refused")
                    writer.writemessage(message.create_ack("AE" if mood < 0.02 else "AR"))
                elif mood < 0.08:
                    write(control_id, "refused")
                    writer.writemessage(passing(message))
                elif mood < 0.11:
                    continue
                else:
                    file(control_id)
                    if mood < 0.14:
                        continue
                    if mood < 0.17:
                        await asyncio.sleep(dice.random() * 2)
                    writer.writemessage(message.create_ack("AA"))
                    if mood < 0.22:
                        writer.writemessage(message.create_ack("AA"))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, hl7.HL7Exception):
            pass
        finally:
            writer.close()

    async with await hl7.mllp.start_hl7_server(
        converse, host="127.0.0.1", port=port, encoding="utf-8", limit=16 << 20
    ) as server:
        print("listening", flush=True)
        await server.serve_forever()


asyncio.run(serve(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
