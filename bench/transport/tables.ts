import type { EchoFigures } from "./echo.ts";
import type { VictimFigures } from "./hostile.ts";
import type { IdleFigures } from "./idle.ts";
import type { StackName } from "./stack.ts";

/** One table for each size. Ratios are to the yardstick in the same row of the plan. */
export function printEchoes(figures: readonly EchoFigures[], yardstick: StackName): void {
  for (const size of new Set(figures.map(({ payloadBytes }) => payloadBytes))) {
    const ofSize = figures.filter(({ payloadBytes }) => payloadBytes === size);
    console.log(`echoes of ${size} bytes on one connection`);
    console.table(
      ofSize.map((each) => {
        const base = ofSize.find(({ stack, inFlight }) => stack === yardstick && inFlight === each.inFlight);
        return {
          stack: each.stack,
          "in flight": each.inFlight,
          "per second": Math.round(each.perSecond),
          "p50 µs": rounded(each.p50Us),
          "p99 µs": rounded(each.p99Us),
          "server CPU µs": rounded(each.serverCpuUs),
          "client CPU µs": rounded(each.clientCpuUs),
          [`rate to ${yardstick}`]: ratio(each.perSecond, base?.perSecond),
          [`p50 to ${yardstick}`]: ratio(each.p50Us, base?.p50Us),
        };
      }),
    );
  }
}

export function printIdle(figures: readonly IdleFigures[]): void {
  console.log("a server with idle connections");
  console.table(
    figures.map(({ stack, connections, cpuPercent, bytesPerConnection }) => ({
      stack,
      connections,
      "CPU %": ratio(cpuPercent, 1),
      "KiB per connection": rounded(bytesPerConnection / 1_024),
    })),
  );
}

export function printHostile(figures: readonly VictimFigures[]): void {
  console.log("the round trip of one client, 64 bytes, one in flight, beside …");
  console.table(
    figures.map(({ stack, beside, p50Us, p99Us, starvedRounds }) => ({
      beside,
      stack,
      "p50 µs": rounded(p50Us),
      "p99 µs": rounded(p99Us),
      "p99 to alone": ratio(p99Us, figures.find((each) => each.stack === stack)?.p99Us),
      "starved rounds": starvedRounds,
    })),
  );
}

function rounded(value: number): number {
  return Number(value.toFixed(value < 100 ? 1 : 0));
}

/** Empty where the yardstick was left out. */
function ratio(value: number, base: number | undefined): number | string {
  return base === undefined ? "" : Number((value / base).toFixed(2));
}
