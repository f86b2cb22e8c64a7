package main

import (
	"fmt"
	"log"
	"net/http"
	"time"
)

func greeting(name string) string {
	if name == "" {
		name = "world"
	}
	return fmt.Sprintf("Hello, %s!", name)
}

func handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{name...}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, greeting(r.PathValue("name")))
	})
	return mux
}

func main() {
	server := &http.Server{Addr: ":8080", Handler: handler(), ReadHeaderTimeout: 5 * time.Second}
	log.Println("listening on", server.Addr)
	log.Fatal(server.ListenAndServe())
}
