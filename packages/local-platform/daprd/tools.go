//go:build tools

// Placement is upstream's own command, built from this module with `go build github.com/dapr/dapr/cmd/placement`.
// Naming it here keeps what it needs in go.mod and go.sum, so that every build runs with -mod=readonly.
package main

import (
	_ "github.com/dapr/dapr/cmd/placement/app"
)
