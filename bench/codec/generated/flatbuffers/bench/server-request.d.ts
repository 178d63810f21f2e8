import * as flatbuffers from 'flatbuffers';
export declare class ServerRequest {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): ServerRequest;
    static getRootAsServerRequest(bb: flatbuffers.ByteBuffer, obj?: ServerRequest): ServerRequest;
    static getSizePrefixedRootAsServerRequest(bb: flatbuffers.ByteBuffer, obj?: ServerRequest): ServerRequest;
    requestId(): bigint;
    payload(index: number): number | null;
    payloadLength(): number;
    payloadArray(): Uint8Array | null;
    createdAt(): bigint;
    static startServerRequest(builder: flatbuffers.Builder): void;
    static addRequestId(builder: flatbuffers.Builder, requestId: bigint): void;
    static addPayload(builder: flatbuffers.Builder, payloadOffset: flatbuffers.Offset): void;
    static createPayloadVector(builder: flatbuffers.Builder, data: number[] | Uint8Array): flatbuffers.Offset;
    static startPayloadVector(builder: flatbuffers.Builder, numElems: number): void;
    static addCreatedAt(builder: flatbuffers.Builder, createdAt: bigint): void;
    static endServerRequest(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createServerRequest(builder: flatbuffers.Builder, requestId: bigint, payloadOffset: flatbuffers.Offset, createdAt: bigint): flatbuffers.Offset;
}
