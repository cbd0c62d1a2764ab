"""An editor, as far as the YAML language server can tell: it opens files, asks what stands at a
place, and is told what is wrong. JSON-RPC over pipes, framed as the protocol has it
(https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/)."""

import json
import os
import pathlib
import select
import shutil
import subprocess
import time

ROOT = pathlib.Path(__file__).parents[2]
FOLDER = pathlib.Path(os.environ.get("BURSAR_EDITOR", ROOT / "build" / "editor"))
SERVER = FOLDER / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SETTINGS = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
}


def absent():
    """Why there is no language server here, or None. Nothing is fetched unless that is asked."""
    if os.environ.get("BURSAR_FETCH"):
        subprocess.run([ROOT / "setup", "editor"], check=True, stdout=subprocess.DEVNULL)
    if not shutil.which("node"):
        return "no node here"
    return None if SERVER.exists() else f"no language server in {FOLDER}: ./setup editor"


class Editor:
    """One language server, and the files that are open in it."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["node", SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.unread = b""
        self.asked = 0
        self.problems = {}
        self.opened = 0
        markup = ["markdown", "plaintext"]
        self.ask("initialize", {
            "processId": os.getpid(),
            "rootUri": None,
            "capabilities": {
                "textDocument": {
                    "hover": {"contentFormat": markup},
                    "completion": {"completionItem": {"documentationFormat": markup,
                                                      "snippetSupport": True}},
                    "publishDiagnostics": {},
                },
                "workspace": {"configuration": True},
            },
        })
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.asked and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"])
                return message["result"]

    def bytes_until(self, is_enough, seconds=60):
        until = time.monotonic() + seconds
        while not is_enough():
            if not select.select([self.process.stdout], [], [], until - time.monotonic())[0]:
                raise RuntimeError("the language server says nothing")
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                raise RuntimeError("the language server has ended")
            self.unread += more

    def receive(self):
        """The next message; what the server asks or reports on the way is dealt with."""
        self.bytes_until(lambda: b"\r\n\r\n" in self.unread)
        head, _, rest = self.unread.partition(b"\r\n\r\n")
        size = int(head.split(b"Content-Length:")[1].split(b"\r\n")[0])
        self.bytes_until(lambda: len(self.unread) >= len(head) + 4 + size)
        rest = self.unread[len(head) + 4:]
        self.unread = rest[size:]
        message = json.loads(rest[:size])
        if message.get("method") == "textDocument/publishDiagnostics":
            self.problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            sections = message["params"]["items"]
            self.send({"id": message["id"],
                       "result": [SETTINGS.get(one.get("section"), {}) for one in sections]})
        elif "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def open(self, folder, text):
        """Opens a text as a new file of a folder; gives its address and what is wrong with it."""
        self.opened += 1
        uri = (pathlib.Path(folder) / f"opened-{self.opened}.yaml").as_uri()
        self.tell("textDocument/didOpen", {
            "textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
        while uri not in self.problems:
            self.receive()
        return uri, self.problems[uri]

    def at(self, method, uri, line, column):
        return self.ask(f"textDocument/{method}", {
            "textDocument": {"uri": uri}, "position": {"line": line, "character": column}})

    def close(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(timeout=20)
        self.process.stdin.close()
        self.process.stdout.close()
