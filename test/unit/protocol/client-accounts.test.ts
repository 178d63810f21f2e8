import { afterEach, describe, expect, test } from "vitest";
import { ClientAccounts } from "../../../runtime/protocol/client-accounts.ts";
import { type Limits, limits } from "../../../runtime/protocol/limits.ts";
import { type Admission, allowancesOf, type Rates, ratesProblem } from "../../../runtime/protocol/rates.ts";

const usual: Limits = { ...limits };
afterEach(() => {
  Object.assign(limits, usual);
});

function admission(perClient: Rates, total: Rates = {}): Admission {
  return { perClient: allowancesOf(perClient), total: allowancesOf(total) };
}

function client(address: string): { readonly address: string; readonly publicKey: undefined } {
  return { address, publicKey: undefined };
}

describe("accounts", () => {
  test("of clients that are gone are kept until their buckets are full, and no longer", () => {
    const accounts = new ClientAccounts(admission({ connectionsPerSecond: 1 }));
    for (let number = 0; number < 100; number++) {
      expect(accounts.connected(number, client(`192.0.2.${number}`), 0)).toBeUndefined();
      accounts.lost(number, 0);
    }
    expect(accounts.size).toBe(100);
    expect(accounts.connected(100, client("192.0.2.7"), 0)).toMatchObject({ rate: "connectionsPerSecond" });
    accounts.connected(101, client("192.0.2.200"), 1_000);
    accounts.lost(101, 1_000);
    expect(accounts.size).toBe(1);
  });

  test("are bounded, however many addresses there are; those that were away for longest are forgotten first", () => {
    Object.assign(limits, { idleAccountsMax: 50 });
    const accounts = new ClientAccounts(admission({ connectionsPerSecond: 0.001 }));
    accounts.connected(1, client("192.0.2.1"), 0);
    for (let number = 0; number < 1_000; number++) {
      accounts.connected(2, client(`10.0.${number >> 8}.${number & 255}`), 0);
      accounts.lost(2, 0);
    }
    expect(accounts.size).toBe(51);
    expect(accounts.connected(3, client("192.0.2.1"), 0)).toBeDefined();
    expect(accounts.connected(4, client("10.0.3.231"), 0)).toBeDefined();
    expect(accounts.connected(5, client("10.0.0.0"), 0)).toBeUndefined();
  });

  test("without rates are gone with their last connection", () => {
    const accounts = new ClientAccounts(undefined);
    accounts.connected(1, client("192.0.2.1"), 0);
    accounts.connected(2, client("192.0.2.1"), 0);
    expect(accounts.clientOf(2).address).toBe("192.0.2.1");
    accounts.lost(1, 0);
    accounts.lost(1, 0);
    expect(accounts.size).toBe(1);
    accounts.lost(2, 0);
    expect(accounts.size).toBe(0);
    expect(accounts.clientOf(2).address).toBeUndefined();
    expect(accounts.limitsFrames).toBe(false);
  });

  test("ask for the longest wait, and never for one that no message can carry", () => {
    const accounts = new ClientAccounts(admission({ requestsPerSecond: 10, bytesPerSecond: 0.001 }));
    accounts.connected(1, client("192.0.2.1"), 0);
    expect(accounts.charge(1, { requestsPerSecond: 20, bytesPerSecond: 1e6 }, 0)).toBeUndefined();
    expect(accounts.charge(1, { requestsPerSecond: 1, bytesPerSecond: 1 }, 0)).toEqual({
      rate: "bytesPerSecond",
      scope: "client",
      retryAfterMs: limits.retryAfterMaxMs,
    });
    expect(accounts.charge(1, { requestsPerSecond: 1 }, 0)).toMatchObject({ retryAfterMs: 1_001 });
  });

  test("of addresses that are none do no harm", () => {
    const accounts = new ClientAccounts(admission({ connectionsPerSecond: 1 }));
    for (const [number, address] of ["", "::", "::1", "1:2:3:4:5:6:7:8:9:10", "fe80::1%eth0", "a.b"].entries()) {
      accounts.connected(number, client(address), 0);
    }
    expect(accounts.clientOf(3).address).toBe("1:2:3:4:5:6:7:8:9:10");
  });
});

test("rates", () => {
  expect(ratesProblem({ requestsPerSecond: 5, burstSeconds: 2, bytesPerSecond: undefined })).toBeUndefined();
  expect(ratesProblem({ requestsPerSecond: Number.POSITIVE_INFINITY })).toBeUndefined();
  expect(ratesProblem(5)).toMatch("rates must be an object, such as");
  expect(ratesProblem({ requestPerSecond: 5 })).toMatch('there is no rate "requestPerSecond"; known are');
  expect(ratesProblem({ requestsPerSecond: 0 })).toBe("requestsPerSecond is 0, it must be a number above 0");
  expect(ratesProblem({ burstSeconds: Number.POSITIVE_INFINITY })).toMatch("burstSeconds is Infinity");
  expect(ratesProblem({ requestsPerSecond: Number.NaN })).toMatch("requestsPerSecond is NaN");
  const defaults = allowancesOf({ sessionsPerSecond: 5, connectionsPerSecond: 7, burstSeconds: 10 });
  expect(allowancesOf({ sessionsPerSecond: Number.POSITIVE_INFINITY, bytesPerSecond: 3 }, defaults)).toEqual({
    connectionsPerSecond: { perSecond: 7, burst: 70 },
    bytesPerSecond: { perSecond: 3, burst: 3 },
  });
});
