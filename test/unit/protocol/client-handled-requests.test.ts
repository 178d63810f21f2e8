import { expect, test } from "vitest";
import { HandledRequests } from "../../../runtime/protocol/handled-requests.ts";

function given(...requestIds: readonly number[]): HandledRequests {
  const handled = new HandledRequests();
  for (const requestId of requestIds) handled.delivered(requestId);
  return handled;
}

test("in order, each is acknowledged at once, and only the first time", () => {
  const handled = given(1, 2, 3);
  expect([1, 1, 2, 3, 2].map((id) => handled.handled(id))).toEqual([1, undefined, 2, 3, undefined]);
});

test("out of order, those that are done wait for the first that is not", () => {
  const handled = given(1, 2, 3, 4, 5);
  expect([3, 2, 5, 1, 4].map((id) => handled.handled(id))).toEqual([undefined, undefined, undefined, 3, 5]);
});

test("a process that goes on with a session begins where that is", () => {
  const handled = given(41, 42);
  expect([42, 41].map((id) => handled.handled(id))).toEqual([undefined, 42]);
});

test("what the process before has acknowledged is a gap that holds nothing up", () => {
  const handled = given(40, 50, 51);
  expect([50, 40, 51, 51, 40].map((id) => handled.handled(id))).toEqual([undefined, 50, 51, undefined, undefined]);
});

test("nothing is kept of those that are acknowledged", () => {
  const handled = new HandledRequests();
  const acknowledged: unknown[] = [];
  for (let requestId = 1; requestId <= 1_000; requestId++) {
    handled.delivered(requestId);
    if (requestId > 1) acknowledged.push(handled.handled(requestId - 1));
  }
  expect(acknowledged).toEqual(Array.from({ length: 999 }, (_, index) => index + 1));
});
