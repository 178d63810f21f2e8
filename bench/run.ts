/** `npm run bench`: codec and loopback rates as tables, and as `bench/figures.json`. See bench/README.md. */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { measureCodec } from "./codec.ts";
import { measureLoopback } from "./loopback.ts";

console.error("codec, about 10 seconds …");
const codec = measureCodec();
console.table(
  codec.map(({ message, bytes, encodeNs, decodeNs, jsonEncodeNs, jsonDecodeNs }) => ({
    message,
    bytes,
    "encode ns": Math.round(encodeNs),
    "decode ns": Math.round(decodeNs),
    "JSON encode, times": Number((jsonEncodeNs / encodeNs).toFixed(1)),
    "JSON decode, times": Number((jsonDecodeNs / decodeNs).toFixed(1)),
  })),
);

console.error("loopback, about a minute …");
const loopback = await measureLoopback();
console.table(
  loopback.map(({ what, inFlight, perSecond, p50Ms, p99Ms }) => ({
    what,
    "in flight": inFlight,
    "per second": perSecond,
    "p50 ms": Number(p50Ms.toFixed(3)),
    "p99 ms": Number(p99Ms.toFixed(3)),
  })),
);

const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
writeFileSync(new URL("./figures.json", import.meta.url), `${JSON.stringify({ machine, codec, loopback }, null, 2)}\n`);
