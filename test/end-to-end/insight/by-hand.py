"""Sends the packets that `loopfw diff -r json` reports, with nothing of loopfw: namespaces by ip(8), rules by iptables-restore or nft -f.

    by-hand.py DIFF.json --interface eth0=192.0.2.10/24 [--interface …] [--most N]

Each packet goes through two worlds of its own, with the rules before and after. The paths of the rules in the document begin at the working
folder. Prints a line for each packet that was otherwise, and last the counts as JSON. Needs root; all namespaces are removed at the end.
"""

import argparse
import contextlib
import ctypes
import errno
import ipaddress
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000
IP_RECVERR, IPV6_RECVERR = 11, 25
# Longer than loopfw's own clients wait: an answer takes a millisecond.
WAIT = 0.6
OUTCOMES = {
    errno.ECONNREFUSED: "refused",
    errno.EHOSTUNREACH: "unreachable",
    errno.ENETUNREACH: "unreachable",
    errno.ENOPROTOOPT: "unreachable",
    errno.EPERM: "denied",
    errno.EACCES: "denied",
    errno.ECONNRESET: "reset",
}


def run(*command, ns=None, text=None):
    full = ["ip", "netns", "exec", ns, *command] if ns else list(command)
    done = subprocess.run(full, input=text, text=True, capture_output=True, timeout=20)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(full)}: {done.stderr.strip()}")


@contextlib.contextmanager
def inside(ns):
    """Sockets that are opened here belong to the namespace."""
    own = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    other = os.open(f"/run/netns/{ns}", os.O_RDONLY)
    try:
        if LIBC.setns(other, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        yield
    finally:
        LIBC.setns(own, CLONE_NEWNET)
        os.close(own)
        os.close(other)


class Hand:
    """One world with the machines that a packet needs."""

    def __init__(self, interfaces, prefix):
        self.interfaces = interfaces
        self.prefix = prefix
        self.namespaces = []
        self.sockets = []
        self.machines = {}

    def make(self, name):
        ns = f"{self.prefix}-{name}"
        run("ip", "netns", "add", ns)
        self.namespaces.append(ns)
        for key in ["all", "default"]:
            for setting in ["accept_dad=0", "disable_ipv6=0"]:
                run("sysctl", "-qw", f"net.ipv6.conf.{key}.{setting}", ns=ns)
        run("ip", "link", "set", "lo", "up", ns=ns)
        return ns

    def build(self, ends):
        """ends: pairs of an interface and an address outside of it."""
        self.world = self.make("world")
        for name in self.interfaces:
            self.machines[name] = self.make(name)
            run("ip", "link", "add", name, "netns", self.world, "type", "veth", "peer", "name", "cable", "netns", self.machines[name])
            run("ip", "link", "set", name, "up", ns=self.world)
            run("ip", "link", "set", "cable", "up", ns=self.machines[name])
            for address in self.interfaces[name]:
                run("ip", "address", "add", address, "dev", name, "nodad", ns=self.world)
        for name, address in dict.fromkeys(ends):
            self.add_machine(name, address)
        if len(self.interfaces) > 1:
            run("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1", ns=self.world)

    def add_machine(self, name, address):
        """A machine at the other end of the cable has one address, and the world as its gateway."""
        machine, version = self.machines[name], ipaddress.ip_address(address).version
        length, family = (32, "-4") if version == 4 else (128, "-6")
        nodad = ["nodad"] if version == 6 else []
        run("ip", "address", "add", f"{address}/{length}", "dev", "cable", *nodad, ns=machine)
        run("ip", family, "route", "replace", f"{address}/{length}", "dev", name, ns=self.world)
        for own in self.interfaces[name]:
            gateway = own.split("/")[0]
            if ipaddress.ip_address(gateway).version == version:
                run("ip", family, "route", "replace", f"{gateway}/{length}", "dev", "cable", ns=machine)
                run("ip", family, "route", "replace", "default", "via", gateway, "dev", "cable", "onlink", ns=machine)
                return

    def load(self, files):
        for path in files:
            with open(path) as file:
                text = file.read()
            if not text.lstrip().startswith(("*", "#")) or not any(line.startswith("*") for line in text.splitlines()):
                run("nft", "-f", "-", ns=self.world, text=text)
            else:
                # iptables-save and ip6tables-save look the same: IPv6 is named in their first line, or by the file's name.
                is_ipv6 = "ip6tables-save" in text or path.endswith(".v6")
                run("ip6tables-restore" if is_ipv6 else "iptables-restore", ns=self.world, text=text)

    def serve(self, ns, protocol, address, port):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with inside(ns):
            server = socket.socket(family, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((address, port))
        self.sockets.append(server)
        if protocol == "tcp":
            server.listen()
            return
        server.settimeout(WAIT * 2)

        def answer():
            with contextlib.suppress(OSError):
                data, client = server.recvfrom(1500)
                server.sendto(data, client)

        threading.Thread(target=answer, daemon=True).start()

    def end(self):
        for each in self.sockets:
            each.close()
        for ns in self.namespaces:
            subprocess.run(["ip", "netns", "delete", ns], capture_output=True)


def ask(ns, packet):
    """What a client sees."""
    family = socket.AF_INET6 if ":" in packet["to"] else socket.AF_INET
    kinds = {"tcp": (socket.SOCK_STREAM, 0), "udp": (socket.SOCK_DGRAM, 0), "icmp": (socket.SOCK_RAW, 58 if family == socket.AF_INET6 else 1)}
    with inside(ns):
        client = socket.socket(family, *kinds[packet["protocol"]])
    with client:
        client.settimeout(WAIT)
        if packet["protocol"] != "tcp":
            level, option = (41, IPV6_RECVERR) if family == socket.AF_INET6 else (0, IP_RECVERR)
            client.setsockopt(level, option, 1)
        try:
            client.bind((packet["from"], packet["clientPort"] or 0))
            client.connect((packet["to"], packet["port"] or 0))
            if packet["protocol"] == "tcp":
                return "connected"
            if packet["protocol"] == "udp":
                client.send(b"loopfw")
                client.recv(1500)
                return "connected"
            return ping(client, family)
        except (socket.timeout, TimeoutError):
            return "timeout"
        except OSError as error:
            return OUTCOMES.get(error.errno, errno.errorcode.get(error.errno, str(error)))


def ping(client, family):
    request, reply = (128, 129) if family == socket.AF_INET6 else (8, 0)
    body = struct.pack("!BBHHH", request, 0, 0, 77, 1) + b"loopfw"
    words = struct.unpack(f"!{len(body) // 2}H", body)
    total = sum(words)
    total = (total >> 16) + (total & 0xFFFF)
    checksum = ~(total + (total >> 16)) & 0xFFFF
    client.send(body[:2] + struct.pack("!H", checksum) + body[4:])
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        answer = client.recv(1500)
        start = 0 if family == socket.AF_INET6 else (answer[0] & 15) * 4
        if answer[start] == reply:
            return "connected"
    return "timeout"


def send(packet, fate, files, interfaces, prefix):
    hand = Hand(interfaces, prefix)
    try:
        ends = [(packet[via], packet[address]) for via, address in [("inInterface", "from"), ("outInterface", "to")] if packet[via]]
        # A machine to which rules translate the request is there if its server is.
        target = find_target(packet, fate, interfaces) if packet["listens"] else None
        if target is not None and target[0] is not None:
            ends.append(target[:2])
        hand.build(ends)
        if packet["listens"]:
            hand.serve(hand.machines[packet["outInterface"]] if packet["outInterface"] else hand.world, packet["protocol"], packet["to"], packet["port"])
            if target is not None:
                via, address, port = target
                hand.serve(hand.machines[via] if via else hand.world, packet["protocol"], address, port)
        hand.load(files)
        return ask(hand.machines[packet["inInterface"]] if packet["inInterface"] else hand.world, packet)
    finally:
        hand.end()


def find_target(packet, fate, interfaces):
    """Where rules translate the request: the interface, the address and the port. None: nowhere else."""
    rewritten = fate["rewrittenTo"]
    if rewritten is None or packet["port"] is None:
        return None
    address, port = rewritten["destination"].rsplit(":", 1)
    address = address.strip("[]")
    if (address, int(port)) == (packet["to"], packet["port"]):
        return None
    for name, own in interfaces.items():
        for each in map(ipaddress.ip_interface, own):
            if str(each.ip) == address:
                return (None, address, int(port))
            if ipaddress.ip_address(address) in each.network:
                return (name, address, int(port))
    return (None if ipaddress.ip_address(address).is_loopback else packet["outInterface"], address, int(port))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("diff")
    parser.add_argument("--interface", action="append", default=[])
    parser.add_argument("--most", type=int, default=10_000)
    options = parser.parse_args()
    interfaces = {}
    for text in options.interface:
        name, address = text.split("=")
        interfaces.setdefault(name, []).append(address)
    with open(options.diff) as file:
        diff = json.load(file)
    counts = {"packets": 0, "same": 0}
    for place, change in enumerate(diff["changes"][: options.most]):
        for side in ["before", "after"]:
            packet = (change["packetAfter"] if side == "after" else None) or change["packet"]
            fate = change[side]
            seen = send(packet, fate, diff[side], interfaces, f"hand{os.getpid()}-{place}{side[0]}")
            counts["packets"] += 1
            if seen == fate["outcome"]:
                counts["same"] += 1
            else:
                print(f"{side}: {json.dumps(packet)}: loopfw {fate['outcome']}, by hand {seen}", file=sys.stderr)
    print(json.dumps(counts))


main()
