package client

// loopfw exec ../world.json -- go test

import (
	"errors"
	"net"
	"os"
	"syscall"
	"testing"
)

var url = "http://" + os.Getenv("LOOPFW_SERVER_WEB") + "/"

func nothing() {}

func TestRefusedClientTriesThreeTimes(t *testing.T) {
	fault(t, "refused=127.0.0.2:8000")
	if _, err := Get(url, nothing); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Fatal(err)
	}
	var faults []struct{ Connections int }
	ask(t, "GET", "/v1/faults", "", &faults)
	if faults[0].Connections != 3 {
		t.Fatal(faults)
	}
}

func TestSilentServerDoesNotBlock(t *testing.T) {
	fault(t, "dropped=127.0.0.2:8000")
	_, err := Get(url, nothing)
	var timeout net.Error
	if !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Fatal(err)
	}
}

func TestClientGoesOnWhenTheServerIsBack(t *testing.T) {
	fault(t, "refused=127.0.0.2:8000")
	status, err := Get(url, func() { heal(t) })
	if status != 200 {
		t.Fatal(status, err)
	}
}
