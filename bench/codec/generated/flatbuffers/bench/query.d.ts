import * as flatbuffers from 'flatbuffers';
export declare class Query {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): Query;
    static getRootAsQuery(bb: flatbuffers.ByteBuffer, obj?: Query): Query;
    static getSizePrefixedRootAsQuery(bb: flatbuffers.ByteBuffer, obj?: Query): Query;
    correlationId(): string | null;
    correlationId(optionalEncoding: flatbuffers.Encoding): string | Uint8Array | null;
    payload(index: number): number | null;
    payloadLength(): number;
    payloadArray(): Uint8Array | null;
    createdAt(): bigint;
    static startQuery(builder: flatbuffers.Builder): void;
    static addCorrelationId(builder: flatbuffers.Builder, correlationIdOffset: flatbuffers.Offset): void;
    static addPayload(builder: flatbuffers.Builder, payloadOffset: flatbuffers.Offset): void;
    static createPayloadVector(builder: flatbuffers.Builder, data: number[] | Uint8Array): flatbuffers.Offset;
    static startPayloadVector(builder: flatbuffers.Builder, numElems: number): void;
    static addCreatedAt(builder: flatbuffers.Builder, createdAt: bigint): void;
    static endQuery(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createQuery(builder: flatbuffers.Builder, correlationIdOffset: flatbuffers.Offset, payloadOffset: flatbuffers.Offset, createdAt: bigint): flatbuffers.Offset;
}
