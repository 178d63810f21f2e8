import * as flatbuffers from 'flatbuffers';
export declare class ClientRequest {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): ClientRequest;
    static getRootAsClientRequest(bb: flatbuffers.ByteBuffer, obj?: ClientRequest): ClientRequest;
    static getSizePrefixedRootAsClientRequest(bb: flatbuffers.ByteBuffer, obj?: ClientRequest): ClientRequest;
    requestId(): bigint;
    lowestPendingRequestId(): bigint;
    payload(index: number): number | null;
    payloadLength(): number;
    payloadArray(): Uint8Array | null;
    createdAt(): bigint;
    static startClientRequest(builder: flatbuffers.Builder): void;
    static addRequestId(builder: flatbuffers.Builder, requestId: bigint): void;
    static addLowestPendingRequestId(builder: flatbuffers.Builder, lowestPendingRequestId: bigint): void;
    static addPayload(builder: flatbuffers.Builder, payloadOffset: flatbuffers.Offset): void;
    static createPayloadVector(builder: flatbuffers.Builder, data: number[] | Uint8Array): flatbuffers.Offset;
    static startPayloadVector(builder: flatbuffers.Builder, numElems: number): void;
    static addCreatedAt(builder: flatbuffers.Builder, createdAt: bigint): void;
    static endClientRequest(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createClientRequest(builder: flatbuffers.Builder, requestId: bigint, lowestPendingRequestId: bigint, payloadOffset: flatbuffers.Offset, createdAt: bigint): flatbuffers.Offset;
}
