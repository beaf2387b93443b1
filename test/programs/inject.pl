#!/usr/bin/perl
# Sends IPv4 packets as they are given, a line each: `INTERFACE HEX` puts one on a link, and `out HEX` lets this machine send one itself.
use strict;
use warnings;
use Socket;

my ($AF_PACKET, $ETHERTYPE, $IPPROTO_RAW, $SIOCGIFINDEX) = (17, 0x0800, 255, 0x8933);
socket(my $link, $AF_PACKET, SOCK_RAW, 0) or die "packet socket: $!";
socket(my $raw, AF_INET, SOCK_RAW, $IPPROTO_RAW) or die "raw socket: $!";
my %places;

sub place {
  my ($name) = @_;
  my $request = pack('Z16 x16', $name);
  ioctl($link, $SIOCGIFINDEX, $request) or die "no interface $name: $!";
  return $places{$name} //= pack('S n l S C C a8', $AF_PACKET, $ETHERTYPE, unpack('x16 l', $request), 0, 0, 6, '');
}

while (<STDIN>) {
  my ($where, $hex) = split;
  my $packet = pack('H*', $hex);
  if ($where eq 'out') {
    # A rule of OUTPUT may refuse it, or there may be no route.
    my $destination = substr($packet, 16, 4);
    send($raw, $packet, 0, pack_sockaddr_in(0, $destination));
  } else {
    my $frame = pack('H*', '020000000001' . '020000000002' . '0800') . $packet;
    send($link, $frame, 0, place($where)) or die "send: $!";
  }
}
