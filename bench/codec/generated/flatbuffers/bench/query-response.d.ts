import * as flatbuffers from 'flatbuffers';
export declare class QueryResponse {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): QueryResponse;
    static getRootAsQueryResponse(bb: flatbuffers.ByteBuffer, obj?: QueryResponse): QueryResponse;
    static getSizePrefixedRootAsQueryResponse(bb: flatbuffers.ByteBuffer, obj?: QueryResponse): QueryResponse;
    correlationId(): string | null;
    correlationId(optionalEncoding: flatbuffers.Encoding): string | Uint8Array | null;
    result(index: number): number | null;
    resultLength(): number;
    resultArray(): Uint8Array | null;
    static startQueryResponse(builder: flatbuffers.Builder): void;
    static addCorrelationId(builder: flatbuffers.Builder, correlationIdOffset: flatbuffers.Offset): void;
    static addResult(builder: flatbuffers.Builder, resultOffset: flatbuffers.Offset): void;
    static createResultVector(builder: flatbuffers.Builder, data: number[] | Uint8Array): flatbuffers.Offset;
    static startResultVector(builder: flatbuffers.Builder, numElems: number): void;
    static endQueryResponse(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createQueryResponse(builder: flatbuffers.Builder, correlationIdOffset: flatbuffers.Offset, resultOffset: flatbuffers.Offset): flatbuffers.Offset;
}
