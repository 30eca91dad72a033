// Command tessera measures how fast Tessera's POSIX driver makes entries durable and integrated, for tests/bench/auditLog.ts to compare with.
//
// It reads entries from standard input, each after its length in 16 bits (an entry bundle of C2SP tlog-tiles, but of any width), adds
// them with Tessera's own defaults, and prints one line of JSON.
package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

// publishInterval only bounds how long the end of the program takes: publication is not in the measured time.
const publishInterval = time.Second

// pollInterval is how often the integrated size is asked for once every entry has its index.
const pollInterval = time.Millisecond

type result struct {
	Entries int `json:"entries"`
	// Seconds from the first call of Add until every entry has a durable index and the tree covers them all.
	Seconds          float64 `json:"seconds"`
	EntriesPerSecond float64 `json:"entriesPerSecond"`
}

func main() {
	directory := flag.String("directory", "", "empty folder for the log")
	concurrency := flag.Int("concurrency", 1024, "callers that each wait for their entry before they add the next")
	flag.Parse()
	if err := run(context.Background(), *directory, *concurrency); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, directory string, concurrency int) error {
	entries, err := readEntries(bufio.NewReader(os.Stdin))
	if err != nil {
		return err
	}
	signer, err := newSigner()
	if err != nil {
		return err
	}
	driver, err := posix.New(ctx, posix.Config{Path: directory})
	if err != nil {
		return err
	}
	options := tessera.NewAppendOptions().WithCheckpointSigner(signer).WithCheckpointInterval(publishInterval)
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		return err
	}

	startedAt := time.Now()
	if err := addAll(ctx, appender, entries, concurrency); err != nil {
		return err
	}
	if err := waitForIntegration(ctx, reader, len(entries)); err != nil {
		return err
	}
	seconds := time.Since(startedAt).Seconds()

	if err := shutdown(ctx); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result{
		Entries:          len(entries),
		Seconds:          seconds,
		EntriesPerSecond: float64(len(entries)) / seconds,
	})
}

func readEntries(input io.Reader) ([][]byte, error) {
	var entries [][]byte
	for {
		var length uint16
		err := binary.Read(input, binary.BigEndian, &length)
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, err
		}
		entry := make([]byte, length)
		if _, err := io.ReadFull(input, entry); err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
}

func newSigner() (note.Signer, error) {
	private, _, err := note.GenerateKey(rand.Reader, "bench.example/tessera")
	if err != nil {
		return nil, err
	}
	return note.NewSigner(private)
}

// addAll resolves when each entry has its durable index.
func addAll(ctx context.Context, appender *tessera.Appender, entries [][]byte, concurrency int) error {
	var next atomic.Int64
	failures := make(chan error, concurrency)
	var callers sync.WaitGroup
	for range concurrency {
		callers.Go(func() {
			for place := next.Add(1) - 1; place < int64(len(entries)); place = next.Add(1) - 1 {
				if _, err := appender.Add(ctx, tessera.NewEntry(entries[place]))(); err != nil {
					failures <- err
					return
				}
			}
		})
	}
	callers.Wait()
	close(failures)
	return <-failures
}

func waitForIntegration(ctx context.Context, reader tessera.LogReader, size int) error {
	for {
		integrated, err := reader.IntegratedSize(ctx)
		if err != nil || integrated >= uint64(size) {
			return err
		}
		time.Sleep(pollInterval)
	}
}
