"""What python3-hl7 reads at places of a message, unescaped, as JSON.

usage: hl7_fields.py FILE PLACE…   (a place such as TXA.F12.R1.C1)
"""

import json
import sys

import hl7

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    message = hl7.parse(file.read())
print(json.dumps([message.unescape(str(message[place])) for place in sys.argv[2:]]))
