//go:build tools

// Sentry and placement are upstream's own commands, built from this module with `go build github.com/dapr/dapr/cmd/sentry`.
// Naming them here keeps what they need in go.mod and go.sum, so that every build runs with -mod=readonly.
package main

import (
	_ "github.com/dapr/dapr/cmd/placement/app"
	_ "github.com/dapr/dapr/cmd/sentry/app"
)
