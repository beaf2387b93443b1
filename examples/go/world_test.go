package client

// The control of the world of `loopfw exec`: HTTP and JSON over the unix socket in $LOOPFW_CONTROL (docs/control.md).

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
)

var control = http.Client{Transport: &http.Transport{
	DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, "unix", os.Getenv("LOOPFW_CONTROL"))
	},
}}

// ask sends a request, and reads the answer into result, if there is one.
func ask(t *testing.T, method, path, body string, result any) {
	t.Helper()
	request, err := http.NewRequest(method, "http://world"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := control.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 {
		t.Fatalf("%s %s: %s", method, path, response.Status)
	}
	if result != nil {
		if err := json.NewDecoder(response.Body).Decode(result); err != nil {
			t.Fatal(err)
		}
	}
}

// fault puts a fault into force. All faults end with the test.
func fault(t *testing.T, text string) {
	t.Helper()
	ask(t, "POST", "/v1/faults", `{"fault":"`+text+`"}`, nil)
	t.Cleanup(func() { heal(t) })
}

func heal(t *testing.T) {
	t.Helper()
	ask(t, "DELETE", "/v1/faults", "", nil)
}
