import * as flatbuffers from 'flatbuffers';
import { ClientRequest } from '../bench/client-request.js';
export declare class Batch {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): Batch;
    static getRootAsBatch(bb: flatbuffers.ByteBuffer, obj?: Batch): Batch;
    static getSizePrefixedRootAsBatch(bb: flatbuffers.ByteBuffer, obj?: Batch): Batch;
    requests(index: number, obj?: ClientRequest): ClientRequest | null;
    requestsLength(): number;
    static startBatch(builder: flatbuffers.Builder): void;
    static addRequests(builder: flatbuffers.Builder, requestsOffset: flatbuffers.Offset): void;
    static createRequestsVector(builder: flatbuffers.Builder, data: flatbuffers.Offset[]): flatbuffers.Offset;
    static startRequestsVector(builder: flatbuffers.Builder, numElems: number): void;
    static endBatch(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createBatch(builder: flatbuffers.Builder, requestsOffset: flatbuffers.Offset): flatbuffers.Offset;
}
