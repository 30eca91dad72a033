// Command sentry is Dapr's certificate authority for one machine. It takes the flags of upstream's cmd/sentry and differs
// from it in three ways:
//
//   - it refuses to start without a token validator. Upstream then falls back to one that signs any identity for anybody,
//     which turns every access policy into decoration;
//   - its health and metrics servers honour --healthz-listen-address and --metrics-listen-address, which upstream 1.18.2
//     reads and then ignores, so that both always listen on every interface of the machine;
//   - it does not watch the issuer's files. Whoever changes them restarts it.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/dapr/dapr/cmd/sentry/options"
	"github.com/dapr/dapr/pkg/buildinfo"
	"github.com/dapr/dapr/pkg/healthz"
	"github.com/dapr/dapr/pkg/metrics"
	"github.com/dapr/dapr/pkg/modes"
	sentryProto "github.com/dapr/dapr/pkg/proto/sentry/v1"
	"github.com/dapr/dapr/pkg/sentry"
	"github.com/dapr/dapr/pkg/sentry/config"
	"github.com/dapr/dapr/pkg/sentry/monitoring"
	"github.com/dapr/kit/concurrency"
	"github.com/dapr/kit/logger"
	"github.com/dapr/kit/signals"
)

const (
	// A health check is a few hundred bytes from this machine; whoever takes longer to send one is not checking health.
	healthReadTimeout = 2 * time.Second
	// How long an answer under way may take once the process is told to stop.
	healthShutdownTimeout = time.Second
)

var log = logger.NewLogger("dapr.sentry")

func main() {
	// Upstream has no such flag. The platform asks every binary of the cache for its version.
	if slices.Contains(os.Args[1:], "--version") {
		fmt.Println(buildinfo.Version())
		return
	}

	opts := options.New(os.Args[1:])
	if err := opts.Validate(); err != nil {
		log.Fatalf("Invalid options: %s", err)
	}
	if err := logger.ApplyOptionsToLoggers(&opts.Logger); err != nil {
		log.Fatal(err)
	}
	log.Infof("Starting Dapr Sentry certificate authority -- version %s", buildinfo.Version())

	conf, err := loadConfig(opts)
	if err != nil {
		log.Fatal(err)
	}
	if err = monitoring.InitMetrics(); err != nil {
		log.Fatal(err)
	}
	if err = serve(signals.Context(), opts, conf); err != nil {
		log.Fatalf("Fatal error from sentry: %s", err)
	}
	log.Info("Sentry shut down gracefully")
}

// loadConfig reads the Configuration file and lays the flags over it. Only the standalone mode with a token validator
// of its own passes.
func loadConfig(opts *options.Options) (config.Config, error) {
	if opts.Mode != string(modes.StandaloneMode) {
		return config.Config{}, fmt.Errorf("this sentry runs in standalone mode only, not in %q", opts.Mode)
	}
	if opts.JWT.Enabled || opts.OIDC.Enabled {
		return config.Config{}, errors.New("this sentry issues certificates only: --jwt-enabled and --oidc-enabled are not supported")
	}
	conf, err := config.FromConfigName(opts.ConfigName, opts.Mode)
	if err != nil {
		return config.Config{}, err
	}
	if _, hasJwks := conf.Validators[sentryProto.SignCertificateRequest_JWKS]; !hasJwks || len(conf.Validators) != 1 {
		return config.Config{}, fmt.Errorf(
			"%s must name exactly one entry in spec.mtls.tokenValidators, jwks: without it sentry would sign any identity for anybody",
			opts.ConfigName,
		)
	}

	conf.Mode = modes.StandaloneMode
	conf.TrustDomain = opts.TrustDomain
	conf.Port = opts.Port
	conf.ListenAddress = opts.ListenAddress
	conf.RootCertPath = within(opts.IssuerCredentialsPath, opts.X509.RootCAFilename)
	conf.IssuerCertPath = within(opts.IssuerCredentialsPath, opts.X509.IssuerCertFilename)
	conf.IssuerKeyPath = within(opts.IssuerCredentialsPath, opts.X509.IssuerKeyFilename)
	conf.JWT.SigningKeyPath = within(opts.IssuerCredentialsPath, opts.JWT.SigningKeyFilename)
	conf.JWT.JWKSPath = within(opts.IssuerCredentialsPath, opts.JWT.JWKSFilename)
	return conf, nil
}

func within(folder, file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(folder, file)
}

func serve(ctx context.Context, opts *options.Options, conf config.Config) error {
	health := healthz.New()
	authority, err := sentry.New(ctx, sentry.Options{Config: conf, Healthz: health})
	if err != nil {
		return err
	}
	exporter := metrics.New(metrics.Options{
		Log:           log,
		Enabled:       opts.Metrics.Enabled(),
		Namespace:     metrics.DefaultMetricNamespace,
		Port:          opts.Metrics.Port(),
		ListenAddress: opts.Metrics.ListenAddress(),
		Healthz:       health,
	})
	return concurrency.NewRunnerManager(
		authority.Start,
		exporter.Start,
		func(ctx context.Context) error {
			return serveHealth(ctx, net.JoinHostPort(opts.HealthzListenAddress, strconv.Itoa(opts.HealthzPort)), health)
		},
	).Run(ctx)
}

// serveHealth answers GET /healthz with 200 when every part is ready and with 503 before.
func serveHealth(ctx context.Context, address string, health healthz.Healthz) error {
	target := health.AddTarget("healthz-server")
	defer target.NotReady()

	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if !health.IsReady() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("open the health server: %w", err)
	}
	server := &http.Server{Handler: mux, ReadTimeout: healthReadTimeout}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	target.Ready()

	select {
	case err = <-failed:
		return fmt.Errorf("health server: %w", err)
	case <-ctx.Done():
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), healthShutdownTimeout)
	defer cancel()
	return server.Shutdown(deadline)
}
