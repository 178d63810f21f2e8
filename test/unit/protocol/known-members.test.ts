import { expect, test } from "vitest";
import { KnownMembers } from "../../../runtime/protocol/known-members.ts";
import { limits } from "../../../runtime/protocol/limits.ts";

const a = { memberId: "a", address: "tcp://a" };
const b = { memberId: "b", address: "tcp://b" };
const c = { memberId: "c", address: "tcp://c" };
const isAddress = (address: string) => address.startsWith("tcp://");

test("no more members are learned than there may be", () => {
  const known = new KnownMembers([a], isAddress);
  const many = Array.from({ length: 1_000 }, (_, index) => ({ memberId: `m${index}`, address: `tcp://m${index}` }));
  expect(known.learn(many)).toBe(true);
  expect(known.all).toHaveLength(1 + limits.membersMax);
  expect(known.learn(many)).toBe(false);
});

test("those of the configuration stay, at the address that was configured", () => {
  const known = new KnownMembers([a, b], isAddress);
  known.learn([{ memberId: "a", address: "tcp://elsewhere" }, c]);
  expect(known.all).toEqual([a, b, { memberId: "a", address: "tcp://elsewhere" }, c]);
  known.choose(a);
  expect(known.current).toEqual(a);
  known.choose(c);
  expect(known.learn([c])).toBe(true);
  expect(known.current).toEqual(c); // The one to ask is still the same, at another place in the list.
  expect(known.learn([b])).toBe(true);
  expect(known.all).toEqual([a, b]);
  expect(known.current).toEqual(a);
});

test("an empty list says nothing", () => {
  const known = new KnownMembers([a], isAddress);
  known.learn([b]);
  expect(known.learn([])).toBe(false);
  expect(known.all).toEqual([a, b]);
});

test("what is no address is left out", () => {
  const known = new KnownMembers([a], isAddress);
  expect(known.learn([{ memberId: "x", address: "http://x" }])).toBe(false);
  expect(known.all).toEqual([a]);
});
