"""An independent HL7 receiver (python3-hl7): acknowledges every message and writes what it parsed as JSON lines.

usage: hl7_receiver.py PORT FOLDER   (prints "listening" when it does)
"""

import asyncio
import json
import pathlib
import sys

import hl7
import hl7.mllp


def facts(message):
    """What the peer itself reads in the message: not our own parser."""
    obx = [
        {
            "type": str(segment[2]),
            "code": str(segment[3]),
            "value": message.unescape(str(segment[5])),
            "status": str(segment[11]) if len(segment) > 11 else "",
        }
        for segment in message.segments("OBX")
    ]
    obr = message.segment("OBR")
    return {
        "type": str(message["MSH.F9"]),
        "controlId": str(message["MSH.F10"]),
        "version": str(message["MSH.F12"]),
        "patientId": str(message["PID.F3"]),
        "patientName": str(message["PID.F5"]),
        "accession": str(obr[18]),
        "resultStatus": str(obr[25]),
        "obx": obx,
    }


async def serve(port, folder):
    out = pathlib.Path(folder)
    count = 0

    async def converse(reader, writer):
        nonlocal count
        try:
            while True:
                message = await reader.readmessage()
                count += 1
                (out / f"{count:04d}.hl7").write_text(str(message), encoding="utf-8", newline="")
                (out / f"{count:04d}.json").write_text(json.dumps(facts(message)), encoding="utf-8")
                writer.writemessage(message.create_ack("AA"))
                await writer.drain()
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    async with await hl7.mllp.start_hl7_server(
        converse, host="127.0.0.1", port=port, encoding="utf-8", limit=16 << 20
    ) as server:
        print("listening", flush=True)
        await server.serve_forever()


asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
