// Reads frames, one a line, and writes what readers find in each.
package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/kaitai-io/kaitai_struct_go_runtime/kaitai"
)

func main() {
	frames, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, line := range strings.Split(strings.TrimSuffix(string(frames), "\n"), "\n") {
		parts := strings.Split(line, " ")
		frame, err := hex.DecodeString(parts[2])
		if err != nil {
			panic(err)
		}
		found, err := readers[parts[1]](kaitai.NewStream(bytes.NewReader(frame)))
		if err != nil {
			fmt.Fprintln(out, "!"+strings.Split(err.Error(), "\n")[0])
		} else {
			fmt.Fprintln(out, reading(reflect.ValueOf(found)))
		}
	}
}

func reading(value reflect.Value) string {
	switch value.Kind() {
	case reflect.Bool:
		if value.Bool() {
			return `"1"`
		}
		return `"0"`
	case reflect.String:
		return fmt.Sprintf(`"x%x"`, value.String())
	case reflect.Ptr, reflect.Interface:
		if value.IsNil() {
			return "null"
		}
		return reading(value.Elem())
	case reflect.Slice:
		if value.Type().Elem().Kind() == reflect.Uint8 {
			return fmt.Sprintf(`"x%x"`, value.Bytes())
		}
		parts := []string{}
		for index := 0; index < value.Len(); index++ {
			parts = append(parts, reading(value.Index(index)))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case reflect.Struct:
		parts := []string{}
		for index := 0; index < value.NumField(); index++ {
			if name := value.Type().Field(index); name.IsExported() {
				parts = append(parts, fmt.Sprintf(`"%s":%s`, name.Name, reading(value.Field(index))))
			}
		}
		return "{" + strings.Join(parts, ",") + "}"
	case reflect.Float32, reflect.Float64:
		return fmt.Sprintf(`"%v"`, value.Float())
	default:
		if value.CanInt() {
			return fmt.Sprintf(`"%d"`, value.Int())
		}
		return fmt.Sprintf(`"%d"`, value.Uint())
	}
}
