import { describe, expect, test } from "vitest";
import { CircuitBreaker } from "../../../runtime/protocol/circuit-breaker.ts";
import { ClientOutput } from "../../../runtime/protocol/client-output.ts";
import { ClientRoute } from "../../../runtime/protocol/client-route.ts";
import { limits } from "../../../runtime/protocol/limits.ts";

const { circuitFailuresMax, circuitOpenMinMs, circuitOpenMaxMs } = limits;

function opened(now: number, tookMs = 0): CircuitBreaker {
  const breaker = new CircuitBreaker();
  for (let failure = 1; failure < circuitFailuresMax; failure++) expect(breaker.fail(now, tookMs)).toBe(false);
  expect(breaker.fail(now, tookMs)).toBe(true);
  return breaker;
}

test("opens after so many failures in a row, and an answer between them counts from the beginning", () => {
  const breaker = new CircuitBreaker();
  for (let round = 0; round < 3; round++) {
    for (let failure = 1; failure < circuitFailuresMax; failure++) breaker.fail(0, 0);
    expect([breaker.state, breaker.allows(0)]).toEqual(["closed", true]);
    expect(breaker.succeed()).toBe(false);
  }
  expect(opened(0).allows(0)).toBe(false);
});

test.each([
  { tookMs: 0, openMs: circuitOpenMinMs },
  { tookMs: 1_000, openMs: 2_000 },
  { tookMs: 60_000, openMs: circuitOpenMaxMs },
])("after attempts of $tookMs ms it is open for $openMs ms, and then one attempt decides", ({ tookMs, openMs }) => {
  const breaker = opened(50, tookMs);
  expect([breaker.allows(50 + openMs - 1), breaker.allows(50 + openMs)]).toEqual([false, true]);
  expect([breaker.attempt(), breaker.state, breaker.attempt()]).toEqual([true, "half-open", false]);
  const later = 60 + openMs;
  expect([breaker.fail(later, tookMs), breaker.state]).toEqual([true, "open"]);
  expect([breaker.allows(later + openMs - 1), breaker.allows(later + openMs)]).toEqual([false, true]);
  breaker.attempt();
  expect([breaker.succeed(), breaker.state]).toEqual([true, "closed"]);
  expect(breaker.fail(later, tookMs)).toBe(false);
});

test("the word of others counts again a while after one failure, and at once after an answer", () => {
  const breaker = new CircuitBreaker();
  breaker.fail(0, 0);
  expect([breaker.allows(0), breaker.isTrusted(circuitOpenMinMs - 1), breaker.isTrusted(circuitOpenMinMs)]).toEqual([
    true,
    false,
    true,
  ]);
  breaker.fail(1_000, 0);
  breaker.succeed();
  expect(breaker.isTrusted(1_000)).toBe(true);
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

test("a hint takes the address of a member that has not failed", () => {
  const route = routeOf("a");
  route.learn([{ memberId: "a", address: "tcp://moved" }]);
  expect(route.redirect("a", 0)).toBeUndefined();
  expect(route.take(0).address).toBe("tcp://a");
  route.failed(0);
  expect(route.redirect("a", 0)).toBeUndefined();
  expect(route.take(0).address).toBe("tcp://moved");
});

test("a hint at a member that failed a moment ago is not followed, and a while later it is", () => {
  const route = routeOf("a", "b");
  route.take(0);
  route.failed(0);
  expect(route.redirect("a", circuitOpenMinMs - 1)).toBe("a is said to lead, but gave no answer a moment ago");
  expect(route.redirect("a", circuitOpenMinMs)).toBeUndefined();
  expect(route.take(circuitOpenMinMs).memberId).toBe("a");
});

describe("delays", () => {
  test("members that give no answer are tried quickly one after the other, and the pause after each round grows", () => {
    const route = routeOf("a", "b", "c");
    const delays = Array.from({ length: 12 }, () => {
      route.take(0);
      route.failed(0);
      return route.delayMs(0);
    });
    expect(delays).toEqual([100, 100, 100, 100, 100, 200, 100, 100, 400, 100, 100, 800]);
  });

  test("members that answer without a leader are asked several times a second, and less often after a while", () => {
    const route = routeOf("a", "b", "c");
    const delays = Array.from({ length: 16 }, () => {
      route.take(0);
      route.answered();
      expect(route.redirect(undefined, 0)).toBeDefined();
      return route.delayMs(0);
    });
    expect(delays).toEqual([100, 100, 100, 200, 200, 200, 400, 400, 400, 800, 800, 800, 1600, 1600, 1600, 2000]);
  });

  test("an answer ends the growth that failures brought, and service that of elections", () => {
    const route = routeOf("a");
    for (let attempt = 0; attempt < 20; attempt++) {
      route.take(0);
      route.failed(0);
      route.delayMs(0);
    }
    route.take(0);
    route.answered();
    expect(route.delayMs(0)).toBe(100);
    route.take(0);
    route.failed(0);
    expect(route.delayMs(0)).toBe(100);
    for (let attempt = 0; attempt < 20; attempt++) {
      route.take(0);
      route.answered();
      route.delayMs(0);
    }
    route.served();
    route.take(0);
    route.answered();
    expect(route.delayMs(0)).toBe(100);
  });
});

test("what was said about members that are gone is forgotten", () => {
  const route = routeOf("a");
  const b = { memberId: "b", address: "tcp://b" };
  const c = { memberId: "c", address: "tcp://c" };
  route.learn([b]);
  route.redirect("b", 0);
  route.failed(0);
  expect(route.redirect("b", 0)).toContain("gave no answer a moment ago");
  route.learn([c]);
  route.learn([b]);
  expect(route.redirect("b", 0)).toBeUndefined();
});
