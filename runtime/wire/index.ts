/**
 * Entry point `hawser/wire`: what generated codecs are made of. Programs need `WireError` of it and little else.
 */
export * from "./bit-packing.ts";
export * from "./integers.ts";
export * from "./scalars.ts";
export { copyInto, hasRoom, reserve, Slab } from "./slab.ts";
export * from "./strings.ts";
export * from "./target.ts";
export * from "./values.ts";
export * from "./wire-error.ts";
