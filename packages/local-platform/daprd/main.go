// Command daprd is the Dapr sidecar with only the components this system uses.
//
// Upstream's own daprd links every component there is. Ours registers seven, which makes the binary smaller, shortens the
// build, and leaves no driver in the process for a database or broker that nobody here talks to. Everything else, from the
// flags to the security handshake, is Dapr's public runtime API, used the way cmd/daprd/app of the same version uses it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"go.opencensus.io/stats/view"
	"go.uber.org/automaxprocs/maxprocs"

	"github.com/dapr/dapr/cmd/daprd/options"
	"github.com/dapr/dapr/pkg/buildinfo"
	"github.com/dapr/dapr/pkg/healthz"
	"github.com/dapr/dapr/pkg/metrics"
	"github.com/dapr/dapr/pkg/modes"
	"github.com/dapr/dapr/pkg/runtime"
	"github.com/dapr/dapr/pkg/security"
	"github.com/dapr/kit/concurrency"
	"github.com/dapr/kit/logger"
	"github.com/dapr/kit/signals"
)

var log = logger.NewLogger("dapr.runtime")

func main() {
	// Only the automatic CPU limit is lost when this fails, so Go's own default stands.
	_, _ = maxprocs.Set()

	opts, err := options.New(os.Args[1:])
	if err != nil {
		log.Fatalf("Failed to parse flags: %v", err)
	}
	if isDone := answerAndLeave(opts); isDone {
		return
	}

	opts.Logger.SetAppID(opts.AppID)
	if err = logger.ApplyOptionsToLoggers(&opts.Logger); err != nil {
		log.Fatal(err)
	}
	log.Infof("Starting Dapr Runtime -- version %s -- components of todo-chatbot only", buildinfo.Version())

	if err = serveUntilSignalled(opts); err != nil {
		log.Fatalf("Fatal error from runtime: %s", err)
	}
	log.Info("Daprd shutdown gracefully")
}

// answerAndLeave serves the flags that ask a question and start nothing. It reports whether there was one.
func answerAndLeave(opts *options.Options) bool {
	switch {
	case opts.RuntimeVersion:
		fmt.Println(buildinfo.Version())
	case opts.BuildInfo:
		fmt.Printf("Version: %s\nGit Commit: %s\nGit Version: %s\n",
			buildinfo.Version(), buildinfo.Commit(), buildinfo.GitVersion())
	case opts.WaitCommand:
		runtime.WaitUntilDaprOutboundReady(opts.DaprHTTPPort)
	default:
		return false
	}
	return true
}

// serveUntilSignalled runs the sidecar until SIGTERM or SIGINT ends it, and starts it afresh after each SIGHUP.
// A runtime that ends by itself (the shutdown API) ends the process too.
func serveUntilSignalled(opts *options.Options) error {
	ctx := signals.Context()
	generations := signals.OnHUP(ctx)
	for {
		select {
		case <-ctx.Done():
			return nil
		case generation, isOpen := <-generations:
			if !isOpen {
				return nil
			}
			if err := serve(generation, opts); err != nil {
				return err
			}
			if generation.Err() == nil {
				return nil
			}
		}
	}
}

// serve obtains the sidecar's identity from Sentry and runs one runtime under it until ctx ends.
func serve(ctx context.Context, opts *options.Options) error {
	health := healthz.New()
	identity, err := security.New(ctx, security.Options{
		SentryAddress:           opts.SentryAddress,
		ControlPlaneTrustDomain: opts.ControlPlaneTrustDomain,
		ControlPlaneNamespace:   opts.ControlPlaneNamespace,
		TrustAnchors:            opts.TrustAnchors,
		AppID:                   opts.AppID,
		MTLSEnabled:             opts.EnableMTLS,
		Mode:                    modes.DaprMode(opts.Mode),
		Healthz:                 health,
		JwtAudiences:            opts.SentryRequestJwtAudiences,
	})
	if err != nil {
		return fmt.Errorf("prepare the sidecar's identity: %w", err)
	}

	return concurrency.NewRunnerManager(
		identity.Run,
		func(ctx context.Context) error {
			handler, handlerErr := identity.Handler(ctx)
			if handlerErr != nil {
				return handlerErr
			}
			sidecar, runtimeErr := runtime.FromConfig(ctx, runtimeConfig(opts, handler, health))
			if runtimeErr != nil {
				return runtimeErr
			}
			if sidecar == nil {
				return errors.New("the runtime came back empty")
			}
			return sidecar.Run(ctx)
		},
	).Run(ctx)
}

// runtimeConfig copies every flag that the runtime takes. A field forgotten here would make its flag do nothing without a
// word; main_test.go therefore holds the fields set against the fields there are.
func runtimeConfig(opts *options.Options, handler security.Handler, health healthz.Healthz) *runtime.Config {
	return &runtime.Config{
		AppID:                         opts.AppID,
		Mode:                          opts.Mode,
		Config:                        opts.Config,
		ResourcesPath:                 opts.ResourcesPath,
		ComponentsPath:                opts.ComponentsPath,
		Registry:                      components(),
		Security:                      handler,
		Healthz:                       health,
		EnableMTLS:                    opts.EnableMTLS,
		SentryAddress:                 opts.SentryAddress,
		ControlPlaneAddress:           opts.ControlPlaneAddress,
		AllowedOrigins:                opts.AllowedOrigins,
		DisableBuiltinK8sSecretStore:  opts.DisableBuiltinK8sSecretStore,
		DisableInitEndpoints:          opts.DisableInitEndpoints,
		HotReloadReconcileInterval:    opts.HotReloadReconcileInterval,
		DaprHTTPPort:                  opts.DaprHTTPPort,
		DaprAPIGRPCPort:               opts.DaprAPIGRPCPort,
		DaprAPIListenAddresses:        opts.DaprAPIListenAddresses,
		DaprInternalGRPCPort:          opts.DaprInternalGRPCPort,
		DaprInternalGRPCListenAddress: opts.DaprInternalGRPCListenAddress,
		DaprPublicPort:                opts.DaprPublicPort,
		DaprPublicListenAddress:       opts.DaprPublicListenAddress,
		UnixDomainSocket:              opts.UnixDomainSocket,
		MaxRequestSize:                opts.MaxRequestSize,
		ReadBufferSize:                opts.ReadBufferSize,
		DaprGracefulShutdownSeconds:   opts.DaprGracefulShutdownSeconds,
		DaprBlockShutdownDuration:     opts.DaprBlockShutdownDuration,
		ApplicationPort:               opts.AppPort,
		AppProtocol:                   opts.AppProtocol,
		AppChannelAddress:             opts.AppChannelAddress,
		AppMaxConcurrency:             opts.AppMaxConcurrency,
		AppSSL:                        opts.AppSSL,
		EnableAppHealthCheck:          opts.EnableAppHealthCheck,
		AppHealthCheckPath:            opts.AppHealthCheckPath,
		AppHealthProbeInterval:        opts.AppHealthProbeInterval,
		AppHealthProbeTimeout:         opts.AppHealthProbeTimeout,
		AppHealthThreshold:            opts.AppHealthThreshold,
		ActorsService:                 opts.ActorsService,
		ActorsDisseminationTimeout:    opts.ActorsDisseminationTimeout,
		RemindersService:              opts.RemindersService,
		SchedulerAddress:              opts.SchedulerAddress,
		SchedulerStreams:              opts.SchedulerJobStreams,
		ProfilePort:                   opts.ProfilePort,
		EnableProfiling:               opts.EnableProfiling,
		EnableAPILogging:              opts.EnableAPILogging,
		Metrics: metrics.Options{
			Enabled:       opts.Metrics.Enabled(),
			Log:           log,
			Port:          opts.Metrics.Port(),
			Namespace:     metrics.DefaultMetricNamespace,
			Healthz:       health,
			ListenAddress: opts.Metrics.ListenAddress(),
			Meter:         view.NewMeter(),
		},
	}
}
