// Command sum rewrites atlas.sum of the folder it is given. `make generate`
// runs it after a migration was added.
package main

import (
	"fmt"
	"os"

	"leitai/internal/postgres/migrate"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sum FOLDER")
		os.Exit(2)
	}
	if err := migrate.WriteSum(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
