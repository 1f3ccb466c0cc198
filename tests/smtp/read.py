"""Reads mails as a mail program does, with the library of Python, and says what is in them."""

import email
import email.policy
import json
import sys


def told(path):
    raw = open(path, "rb").read()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    return {
        "headers": {name.lower(): str(value) for name, value in mail.items()},
        "from": [[address.display_name, address.addr_spec] for address in mail["from"].addresses],
        "kind": mail.get_content_type(),
        "parts": [{"kind": part.get_content_type(), "text": part.get_content(), "encoding": part["content-transfer-encoding"]} for part in parts],
        "defects": [str(defect) for part in mail.walk() for defect in part.defects],
        "longest": max(len(line) for line in raw.split(b"\n")),
        "ascii": raw.isascii(),
    }


print(json.dumps([told(path) for path in sys.argv[1:]]))
