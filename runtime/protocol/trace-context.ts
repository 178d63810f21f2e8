/** Which trace something belongs to, as in W3C Trace Context: it is passed on and never looked into. */
export interface TraceContext {
  /** 16 bytes. */
  readonly traceId: Uint8Array;
  /** Of the span that it comes from, 8 bytes. */
  readonly spanId: Uint8Array;
  /** From 0 to 255; the lowest bit says that the trace is sampled. */
  readonly flags: number;
}
