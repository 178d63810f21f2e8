import { expect, test } from "vitest";
import { CircuitBreaker } from "../../../runtime/protocol/circuit-breaker.ts";
import { ClientOutput } from "../../../runtime/protocol/client-output.ts";
import { ClientRoute } from "../../../runtime/protocol/client-route.ts";
import { limits } from "../../../runtime/protocol/limits.ts";

const { circuitFailuresMax, circuitOpenMs } = limits;

function opened(now: number): CircuitBreaker {
  const breaker = new CircuitBreaker();
  for (let failure = 1; failure < circuitFailuresMax; failure++) expect(breaker.fail(now)).toBe(false);
  expect(breaker.fail(now)).toBe(true);
  return breaker;
}

test("opens after so many failures in a row, and an answer between them counts from the beginning", () => {
  const breaker = new CircuitBreaker();
  for (let round = 0; round < 3; round++) {
    for (let failure = 1; failure < circuitFailuresMax; failure++) breaker.fail(0);
    expect([breaker.state, breaker.allows(0)]).toEqual(["closed", true]);
    expect(breaker.succeed()).toBe(false);
  }
  expect(opened(0).allows(0)).toBe(false);
});

test("is open up to an instant, and then one attempt decides", () => {
  const breaker = opened(50);
  expect([breaker.allows(50 + circuitOpenMs - 1), breaker.allows(50 + circuitOpenMs)]).toEqual([false, true]);
  expect([breaker.attempt(), breaker.state, breaker.attempt()]).toEqual([true, "half-open", false]);
  const later = 60 + circuitOpenMs;
  expect([breaker.fail(later), breaker.state]).toEqual([true, "open"]);
  expect([breaker.allows(later + circuitOpenMs - 1), breaker.allows(later + circuitOpenMs)]).toEqual([false, true]);
  breaker.attempt();
  expect([breaker.succeed(), breaker.state]).toEqual([true, "closed"]);
  expect(breaker.fail(later)).toBe(false);
});

function routeOf(...memberIds: readonly string[]): ClientRoute {
  const members = memberIds.map((memberId) => ({ memberId, address: `tcp://${memberId}` }));
  return new ClientRoute({ members, random: () => 0.5, isAddress: () => true }, new ClientOutput());
}

test("of members that all are passed over, the one that has been for longest is asked", () => {
  const route = routeOf("a", "b", "c");
  const asked: string[] = [];
  for (let now = 0; now < 12; now++) {
    asked.push(route.take(now).memberId);
    route.failed(now);
    route.advance();
  }
  expect(asked.join("")).toBe("abcabcabcabc");
});

test("a hint takes the address of a member that is not passed over", () => {
  const route = routeOf("a");
  route.learn([{ memberId: "a", address: "tcp://moved" }]);
  for (let failure = 0; failure < circuitFailuresMax; failure++) {
    expect(route.redirect("a", 0)).toBeUndefined();
    expect(route.take(0).address).toBe("tcp://a");
    route.failed(0);
    route.delayMs(0);
  }
  expect(route.redirect("a", 0)).toBeUndefined();
  expect(route.take(0).address).toBe("tcp://moved");
});

test("what was said about members that are gone is forgotten", () => {
  const route = routeOf("a");
  const b = { memberId: "b", address: "tcp://b" };
  const c = { memberId: "c", address: "tcp://c" };
  route.learn([b]);
  route.redirect("b", 0);
  for (let failure = 0; failure < circuitFailuresMax; failure++) route.failed(0);
  expect(route.redirect("b", 0)).toContain("has not answered 3 times in a row");
  route.learn([c]);
  route.learn([b]);
  expect(route.redirect("b", 0)).toBeUndefined();
});
