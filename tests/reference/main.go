// Command reference answers, with an implementation that nobody of ours wrote (github.com/transparency-dev/merkle, Apache-2.0), what
// the roots and proofs of a tree are and whether proofs hold. It reads one JSON document and writes one, so that a test can hold our
// own answers against it. Leaf i of every tree is the text "leaf i".
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
)

// question is about the first Size leaves: the entry at Index, and the tree of the first From leaves. The paths are claims. Byte
// slices are base64 in JSON.
type question struct {
	Size         uint64   `json:"size"`
	Index        uint64   `json:"index"`
	From         uint64   `json:"from"`
	ClaimedIndex uint64   `json:"claimedIndex"`
	ClaimedSize  uint64   `json:"claimedSize"`
	Inclusion    [][]byte `json:"inclusion"`
	Consistency  [][]byte `json:"consistency"`
}

type answer struct {
	Root        []byte   `json:"root"`
	FromRoot    []byte   `json:"fromRoot"`
	Inclusion   [][]byte `json:"inclusion"`
	Consistency [][]byte `json:"consistency"`
	// Whether the claimed paths hold.
	Includes   bool `json:"includes"`
	IsExtended bool `json:"isExtended"`
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		log.Fatalf("reading the questions: %v", err)
	}
	tree := growTo(questions)
	answers := make([]answer, 0, len(questions))
	for _, q := range questions {
		a, err := answerTo(tree, q)
		if err != nil {
			log.Fatalf("%+v: %v", q, err)
		}
		answers = append(answers, a)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatalf("writing the answers: %v", err)
	}
}

func growTo(questions []question) *testonly.Tree {
	var size uint64
	for _, q := range questions {
		size = max(size, q.Size)
	}
	tree := testonly.New(rfc6962.DefaultHasher)
	for i := range size {
		tree.AppendData(fmt.Appendf(nil, "leaf %d", i))
	}
	return tree
}

func answerTo(tree *testonly.Tree, q question) (answer, error) {
	inclusion, err := tree.InclusionProof(q.Index, q.Size)
	if err != nil {
		return answer{}, err
	}
	consistency, err := tree.ConsistencyProof(q.From, q.Size)
	if err != nil {
		return answer{}, err
	}
	root, fromRoot := tree.HashAt(q.Size), tree.HashAt(q.From)
	hasher := rfc6962.DefaultHasher
	return answer{
		Root:        root,
		FromRoot:    fromRoot,
		Inclusion:   inclusion,
		Consistency: consistency,
		Includes: proof.VerifyInclusion(
			hasher, q.ClaimedIndex, q.ClaimedSize, tree.LeafHash(q.Index), q.Inclusion, root) == nil,
		IsExtended: proof.VerifyConsistency(hasher, q.From, q.ClaimedSize, q.Consistency, fromRoot, root) == nil,
	}, nil
}
