package main

import (
	"reflect"
	"slices"
	"testing"

	"github.com/dapr/dapr/cmd/daprd/options"
	"github.com/dapr/dapr/pkg/components/bindings"
	"github.com/dapr/dapr/pkg/components/nameresolution"
	"github.com/dapr/dapr/pkg/components/pubsub"
	"github.com/dapr/dapr/pkg/components/secretstores"
	"github.com/dapr/dapr/pkg/healthz"
	"github.com/dapr/dapr/pkg/security"
)

// A new version of Dapr may add flags. One that runtimeConfig does not hand on would be taken and do nothing.
func TestHandsEveryFlagToTheRuntime(t *testing.T) {
	opts, err := options.New([]string{"--metrics-port", "1", "--metrics-listen-address", "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	untouched := []string{"Logger", "Metrics"}
	fill(reflect.ValueOf(opts).Elem(), untouched)

	config := reflect.ValueOf(runtimeConfig(opts, struct{ security.Handler }{}, healthz.New())).Elem()
	noFlags := []string{"WorkflowEventSink"} // A hook of upstream's own tests.
	for i := range config.NumField() {
		if slices.Contains(noFlags, config.Type().Field(i).Name) {
			continue
		}
		if config.Field(i).IsZero() {
			t.Errorf("runtime.Config.%s is not set", config.Type().Field(i).Name)
		}
	}
}

// fill gives every exported field some value other than the zero one.
func fill(structure reflect.Value, except []string) {
	for i := range structure.NumField() {
		field, name := structure.Field(i), structure.Type().Field(i).Name
		if !field.CanSet() || slices.Contains(except, name) {
			continue
		}
		switch field.Kind() {
		case reflect.Bool:
			field.SetBool(true)
		case reflect.String:
			field.SetString("some")
		case reflect.Int, reflect.Int64:
			field.SetInt(1)
		case reflect.Uint, reflect.Uint64:
			field.SetUint(1)
		case reflect.Slice:
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		case reflect.Pointer:
			field.Set(reflect.New(field.Type().Elem()))
		default:
			panic("no value for " + name + " of kind " + field.Kind().String())
		}
	}
}

func TestOffersOurComponentsAndNoOthers(t *testing.T) {
	components()
	kinds := map[string]func(name string) error{
		"pubsub": func(name string) error {
			_, err := pubsub.DefaultRegistry.Create(name, "v1", "test")
			return err
		},
		"secretstores": func(name string) error {
			_, err := secretstores.DefaultRegistry.Create(name, "v1", "test")
			return err
		},
		"nameresolution": func(name string) error {
			_, err := nameresolution.DefaultRegistry.Create(name, "v1", "test")
			return err
		},
		"bindings": func(name string) error {
			_, err := bindings.DefaultRegistry.CreateInputBinding(name, "v1", "test")
			return err
		},
	}
	cases := []struct {
		kind, name string
		isOurs     bool
	}{
		{"pubsub", "pubsub.kafka", true},
		{"secretstores", "secretstores.local.file", true},
		{"secretstores", "secretstores.kubernetes", true},
		{"nameresolution", "sqlite", true},
		{"nameresolution", "mdns", true},
		{"bindings", "bindings.cron", true},
		{"pubsub", "pubsub.redis", false},
		{"pubsub", "pubsub.in-memory", false},
		{"secretstores", "secretstores.local.env", false},
		{"bindings", "bindings.http", false},
	}
	for _, c := range cases {
		if err := kinds[c.kind](c.name); (err == nil) != c.isOurs {
			t.Errorf("%s: offered = %t, wanted %t (%v)", c.name, err == nil, c.isOurs, err)
		}
	}
}
