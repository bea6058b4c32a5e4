// Command leitai-client is a small client of leitai's API in Go, typed by the
// schema: it reads the newest board, asks why its first village stands first,
// walks the rounds in pages and, when the token may write, opens an issue, once.
//
//	LEITAI_URL=http://127.0.0.1:8080/graphql LEITAI_TOKEN=leitai_pat_… go run .
package main

//go:generate go tool genqlient
