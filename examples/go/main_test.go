package main

import (
	"net/http/httptest"
	"testing"
)

func TestHandlerGreets(t *testing.T) {
	for path, want := range map[string]string{
		"/":    "Hello, world!\n",
		"/Ada": "Hello, Ada!\n",
	} {
		answer := httptest.NewRecorder()
		handler().ServeHTTP(answer, httptest.NewRequest("GET", path, nil))
		if got := answer.Body.String(); answer.Code != 200 || got != want {
			t.Errorf("GET %s: %d %q, want 200 %q", path, answer.Code, got, want)
		}
	}
}
