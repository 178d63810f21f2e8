import * as flatbuffers from 'flatbuffers';
export declare class ClientResponse {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): ClientResponse;
    static getRootAsClientResponse(bb: flatbuffers.ByteBuffer, obj?: ClientResponse): ClientResponse;
    static getSizePrefixedRootAsClientResponse(bb: flatbuffers.ByteBuffer, obj?: ClientResponse): ClientResponse;
    requestId(): bigint;
    result(index: number): number | null;
    resultLength(): number;
    resultArray(): Uint8Array | null;
    static startClientResponse(builder: flatbuffers.Builder): void;
    static addRequestId(builder: flatbuffers.Builder, requestId: bigint): void;
    static addResult(builder: flatbuffers.Builder, resultOffset: flatbuffers.Offset): void;
    static createResultVector(builder: flatbuffers.Builder, data: number[] | Uint8Array): flatbuffers.Offset;
    static startResultVector(builder: flatbuffers.Builder, numElems: number): void;
    static endClientResponse(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createClientResponse(builder: flatbuffers.Builder, requestId: bigint, resultOffset: flatbuffers.Offset): flatbuffers.Offset;
}
