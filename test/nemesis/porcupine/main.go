// Checks histories of registers with Porcupine. Standard input: one operation a line, as test/nemesis/history.ts describes
// them; an empty line ends a history. Standard output: one line for each history, {"verdict":…,"notLinearizable":[keys]}.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

// A line of a history.
type line struct {
	Process int             `json:"process"`
	F       string          `json:"f"`
	Key     string          `json:"key"`
	In      json.RawMessage `json:"in"`
	Out     json.RawMessage `json:"out"`
	Invoke  int64           `json:"invoke"`
	Return  *int64          `json:"return"`
	Failure *struct {
		Outcome string `json:"outcome"`
	} `json:"failure"`
}

type input struct {
	f                 string
	expected, written int64
}

type output struct {
	isKnown bool
	seen    int64
	isDone  bool
}

type verdict struct {
	Verdict         string   `json:"verdict"`
	Keys            int      `json:"keys"`
	NotLinearizable []string `json:"notLinearizable"`
	Undecided       []string `json:"undecided"`
}

var register = porcupine.Model{
	Init: func() interface{} { return int64(0) },
	Step: func(state, in, out interface{}) (bool, interface{}) {
		value, asked, answer := state.(int64), in.(input), out.(output)
		switch asked.f {
		case "write":
			return true, asked.written
		case "read":
			return value == answer.seen, value
		}
		isDone := value == asked.expected
		if answer.isKnown && answer.isDone != isDone {
			return false, value
		}
		if isDone {
			return true, asked.written
		}
		return true, value
	},
}

func main() {
	timeout := flag.Duration("timeout", 5*time.Minute, "for each key, after which it is given up")
	flag.Parse()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	byKey := map[string][]porcupine.Operation{}
	keys := []string{}
	count := 0
	for number := 1; lines.Scan(); number++ {
		if len(lines.Bytes()) == 0 {
			print(check(keys, byKey, *timeout))
			byKey, keys, count = map[string][]porcupine.Operation{}, nil, 0
			continue
		}
		count++
		key, operation, err := parse(lines.Bytes())
		if err != nil {
			fail(fmt.Errorf("line %d: %w", number, err))
		}
		if operation == nil {
			continue
		}
		if _, isKnown := byKey[key]; !isKnown {
			keys = append(keys, key)
		}
		byKey[key] = append(byKey[key], *operation)
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
	if count > 0 {
		print(check(keys, byKey, *timeout))
	}
}

func check(keys []string, byKey map[string][]porcupine.Operation, timeout time.Duration) verdict {
	found := verdict{Verdict: "linearizable", Keys: len(keys), NotLinearizable: []string{}, Undecided: []string{}}
	for _, key := range keys {
		switch porcupine.CheckOperationsTimeout(register, byKey[key], timeout) {
		case porcupine.Illegal:
			found.NotLinearizable = append(found.NotLinearizable, key)
		case porcupine.Unknown:
			found.Undecided = append(found.Undecided, key)
		}
	}
	if len(found.NotLinearizable) > 0 {
		found.Verdict = "not linearizable"
	} else if len(found.Undecided) > 0 {
		found.Verdict = "undecided"
	}
	return found
}

// Nothing for an operation that did nothing: one that was not applied, or a read without an answer.
func parse(text []byte) (string, *porcupine.Operation, error) {
	var parsed line
	if err := json.Unmarshal(text, &parsed); err != nil {
		return "", nil, err
	}
	isAnswered := len(parsed.Out) > 0 && string(parsed.Out) != "null"
	if parsed.F == "read" && !isAnswered || parsed.Failure != nil && parsed.Failure.Outcome == "not-applied" {
		return "", nil, nil
	}
	asked, answer := input{f: parsed.F}, output{isKnown: isAnswered}
	var err error
	switch parsed.F {
	case "write":
		err = json.Unmarshal(parsed.In, &asked.written)
	case "read":
		err = json.Unmarshal(parsed.Out, &answer.seen)
	case "cas":
		numbers := [2]int64{}
		if err = json.Unmarshal(parsed.In, &numbers); err == nil && isAnswered {
			err = json.Unmarshal(parsed.Out, &answer.isDone)
		}
		asked.expected, asked.written = numbers[0], numbers[1]
	default:
		err = fmt.Errorf("f is %q, it must be write, read or cas", parsed.F)
	}
	returned := int64(math.MaxInt64)
	if parsed.Return != nil {
		returned = *parsed.Return
	}
	operation := porcupine.Operation{Input: asked, Output: answer, Call: parsed.Invoke, Return: returned}
	return parsed.Key, &operation, err
}

func print(found verdict) {
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}
