import * as flatbuffers from 'flatbuffers';
import { RequestFailure } from '../bench/request-failure.js';
export declare class RequestError {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): RequestError;
    static getRootAsRequestError(bb: flatbuffers.ByteBuffer, obj?: RequestError): RequestError;
    static getSizePrefixedRootAsRequestError(bb: flatbuffers.ByteBuffer, obj?: RequestError): RequestError;
    requestId(): bigint;
    reason(): RequestFailure;
    static startRequestError(builder: flatbuffers.Builder): void;
    static addRequestId(builder: flatbuffers.Builder, requestId: bigint): void;
    static addReason(builder: flatbuffers.Builder, reason: RequestFailure): void;
    static endRequestError(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createRequestError(builder: flatbuffers.Builder, requestId: bigint, reason: RequestFailure): flatbuffers.Offset;
}
