import { expect, test } from "vitest";
import { differenceOf } from "./compare-readings.ts";
import { MapEntries, type Reading } from "./reading.ts";

/** What compares readings sees every difference, and takes what is only another spelling. */
const expected: Reading = {
  signature: "x7a72",
  version: "2",
  message: {
    tag: "4",
    body: {
      has_note: "0",
      request_id: "-9007199254740991",
      serial: "18446744073709551615",
      share: "0.10000000149011612",
      zero: "-0",
      names: new MapEntries([
        { len_key: "1", key: "x61", value: "x" },
        { len_key: "1", key: "x62", value: "x" },
      ]),
      bytes: ["1", "255"],
    },
  },
};

const inGo: Reading = {
  Signature: "x7a72",
  Version: "2",
  Message: {
    Tag: "4",
    Body: {
      HasNote: "0",
      Note: "x",
      RequestId: "-9007199254740991",
      Serial: "18446744073709551615",
      Share: "1.0000000149011612e-01",
      Zero: "-0",
      Names: [
        { LenKey: "1", Key: "x62", Value: "x" },
        { LenKey: "1", Key: "x61", Value: "x" },
      ],
      Bytes: "x01ff",
    },
  },
};

test("another spelling of names and numbers, and another order of entries, are no difference", () => {
  expect(differenceOf(inGo, expected)).toBe(undefined);
});

test("a number of 64 bits may be signed where a language has no other", () => {
  expect(differenceOf("-1", "18446744073709551615")).toBe(undefined);
  expect(differenceOf("-1", "4294967295")).toBe('frame is "-1", expected 4294967295');
  expect(differenceOf("18446744073709551615", "-1")).toBeDefined();
});

test.each(placesIn(inGo))("a difference at %s is seen", (place) => {
  expect(differenceOf(changedAt(inGo, place.split("/")), expected)).toBeDefined();
});

test.each(placesIn(inGo).filter((place) => place !== "Message/Body/Note"))("that %s is missing is seen", (place) => {
  expect(differenceOf(withoutPlace(inGo, place.split("/")), expected)).toBeDefined();
});

test("a value that should not be there is seen", () => {
  expect(differenceOf({ a: "1", b: "2" }, { a: "1" })).toBe('frame.b is "2", expected nothing');
  expect(differenceOf({ a: "1", b: "0" }, { a: "1" })).toBe(undefined);
});

/** Of every scalar: `Message/Body/Names/0/Key`. */
function placesIn(reading: Reading, path = ""): string[] {
  if (typeof reading === "string") return [path];
  return Object.entries(reading).flatMap(([id, value]) => placesIn(value, path === "" ? id : `${path}/${id}`));
}

function changedAt(reading: Reading, [id, ...rest]: readonly string[]): Reading {
  if (id === undefined) return String(reading).startsWith("x") ? `${String(reading)}21` : "77";
  return replaced(reading, id, (value) => changedAt(value, rest));
}

function withoutPlace(reading: Reading, [id = "", ...rest]: readonly string[]): Reading {
  return replaced(reading, id, (value) => (rest.length === 0 ? undefined : withoutPlace(value, rest)));
}

function replaced(reading: Reading, id: string, change: (value: Reading) => Reading | undefined): Reading {
  const entries = Object.entries(reading).flatMap(([name, value]): [string, Reading][] => {
    const changed = name === id ? change(value) : value;
    return changed === undefined ? [] : [[name, changed]];
  });
  return Array.isArray(reading) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
