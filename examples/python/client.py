"""The client under test: a GET with a time limit for each try, and up to three tries."""
import http.client
import time


def get(host, port, timeout=0.2, tries=3, on_retry=lambda: None):
    """Returns the status."""
    for left in reversed(range(tries)):
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        except OSError:
            if left == 0:
                raise
            on_retry()
            time.sleep(0.02)
        finally:
            connection.close()
