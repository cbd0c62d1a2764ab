"""A man in the middle: takes requests, writes them down, and hands them to a simulator.

The Host header goes through as it came, because it is signed."""

import collections
import http.client
import http.server
import threading
import urllib.parse

# `headers` is in the order of the wire, names as they were written. `size` is how large the
# watched file was when the request came. `answer` is None when the connection was cut.
Exchange = collections.namedtuple("Exchange", "method path headers body size status answer")


class Recorder:
    def __init__(self, endpoint, watched=None):
        self.exchanges = []
        recorder, upstream = self, urllib.parse.urlsplit(endpoint).netloc

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def do_POST(self):
                size = watched.stat().st_size if watched and watched.exists() else 0
                headers = self.headers.items()
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                onward = http.client.HTTPConnection(upstream, timeout=30)
                status, answer = None, None
                try:
                    onward.request("POST", self.path, body, dict(headers))
                    reply = onward.getresponse()
                    status, answer = reply.status, reply.read()
                    self.give_back(reply, answer)
                except http.client.HTTPException:
                    self.close_connection = True
                finally:
                    onward.close()
                    recorder.exchanges.append(
                        Exchange(self.command, self.path, headers, body, size, status, answer)
                    )

            def give_back(self, reply, answer):
                self.send_response_only(reply.status)
                for name in ("Content-Type", "Date", "x-amzn-RequestId"):
                    self.send_header(name, reply.headers[name])
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
