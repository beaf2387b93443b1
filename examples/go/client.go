// Package client is the client under test: a GET with a time limit for each try, and up to three tries.
package client

import (
	"net/http"
	"time"
)

// Get returns the status. It calls onRetry after each try that failed, but for the last.
func Get(url string, onRetry func()) (int, error) {
	client := http.Client{Timeout: 200 * time.Millisecond}
	for left := 2; ; left-- {
		response, err := client.Get(url)
		if err == nil {
			response.Body.Close()
			return response.StatusCode, nil
		}
		if left == 0 {
			return 0, err
		}
		onRetry()
		time.Sleep(20 * time.Millisecond)
	}
}
