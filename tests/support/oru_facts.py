"""What python3-hl7 reads in an ORU: prints JSON. usage: oru_facts.py FILE"""

import json
import sys

import hl7

message = hl7.parse(open(sys.argv[1], encoding="utf-8", newline="").read())


def text(segment, field):
    return message.unescape(str(segment[field])) if len(segment) > field else ""


obr = message.segment("OBR")
print(
    json.dumps(
        {
            "type": str(message.segment("MSH")[9]),
            "controlId": str(message["MSH.F10"]),
            "version": str(message["MSH.F12"]),
            "charset": str(message["MSH.F18"]),
            "mrn": str(message["PID.F3.R1.C1"]),
            "name": [message.unescape(str(message[f"PID.F5.R1.C{n}"])) for n in range(1, 6)],
            "birthDate": str(message["PID.F7"]),
            "sex": str(message["PID.F8"]),
            "accession": text(obr, 18),
            "status": text(obr, 25),
            "obx": [[text(s, 2), str(s[3]), str(s[4]), text(s, 5), text(s, 11)] for s in message.segments("OBX")],
        }
    )
)
