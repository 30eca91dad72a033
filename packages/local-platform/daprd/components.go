package main

import (
	"context"

	"github.com/dapr/components-contrib/bindings/cron"
	contribMiddleware "github.com/dapr/components-contrib/middleware"
	"github.com/dapr/components-contrib/middleware/http/bearer"
	"github.com/dapr/components-contrib/nameresolution/mdns"
	"github.com/dapr/components-contrib/nameresolution/sqlite"
	"github.com/dapr/components-contrib/pubsub/kafka"
	"github.com/dapr/components-contrib/secretstores/kubernetes"
	"github.com/dapr/components-contrib/secretstores/local/file"

	"github.com/dapr/dapr/pkg/components/bindings"
	"github.com/dapr/dapr/pkg/components/configuration"
	"github.com/dapr/dapr/pkg/components/conversation"
	"github.com/dapr/dapr/pkg/components/crypto"
	"github.com/dapr/dapr/pkg/components/lock"
	httpMiddleware "github.com/dapr/dapr/pkg/components/middleware/http"
	"github.com/dapr/dapr/pkg/components/nameresolution"
	"github.com/dapr/dapr/pkg/components/pubsub"
	"github.com/dapr/dapr/pkg/components/secretstores"
	"github.com/dapr/dapr/pkg/components/state"
	"github.com/dapr/dapr/pkg/middleware"
	"github.com/dapr/dapr/pkg/runtime/registry"
	"github.com/dapr/kit/logger"
)

// components lists what a component file of this system may name as its type. The registries of the kinds we do not use
// stay empty, and are still handed over: the runtime looks into each of them.
func components() *registry.Options {
	contribLog := logger.NewLogger("dapr.contrib")

	pubsub.DefaultRegistry.Logger = contribLog
	pubsub.DefaultRegistry.RegisterComponent(kafka.NewKafka, "kafka")

	secretstores.DefaultRegistry.Logger = contribLog
	secretstores.DefaultRegistry.RegisterComponent(file.NewLocalSecretStore, "local.file")
	secretstores.DefaultRegistry.RegisterComponent(kubernetes.NewKubernetesSecretStore, "kubernetes")

	// sqlite is one file that all sidecars of a machine share, and works where multicast does not; mdns is Dapr's default,
	// which the runtime looks up when no configuration names another.
	nameresolution.DefaultRegistry.Logger = contribLog
	nameresolution.DefaultRegistry.RegisterComponent(sqlite.NewResolver, "sqlite")
	nameresolution.DefaultRegistry.RegisterComponent(mdns.NewResolver, "mdns")

	bindings.DefaultRegistry.Logger = contribLog
	bindings.DefaultRegistry.RegisterInputBinding(cron.NewCron, "cron")

	// Middleware belongs to the request path, so it writes to the runtime's log, as upstream has it.
	httpMiddleware.DefaultRegistry.Logger = log
	httpMiddleware.DefaultRegistry.RegisterComponent(newBearer, "bearer")

	return registry.NewOptions().
		WithPubSubs(pubsub.DefaultRegistry).
		WithSecretStores(secretstores.DefaultRegistry).
		WithNameResolutions(nameresolution.DefaultRegistry).
		WithBindings(bindings.DefaultRegistry).
		WithHTTPMiddlewares(httpMiddleware.DefaultRegistry).
		WithStateStores(state.DefaultRegistry).
		WithConfigurations(configuration.DefaultRegistry).
		WithLocks(lock.DefaultRegistry).
		WithCryptoProviders(crypto.DefaultRegistry).
		WithConversations(conversation.DefaultRegistry)
}

func newBearer(middlewareLog logger.Logger) httpMiddleware.FactoryMethod {
	return func(metadata contribMiddleware.Metadata) (middleware.HTTP, error) {
		return bearer.NewBearerMiddleware(middlewareLog).GetHandler(context.Background(), metadata)
	}
}
