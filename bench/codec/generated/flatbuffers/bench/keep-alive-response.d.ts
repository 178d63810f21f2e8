import * as flatbuffers from 'flatbuffers';
export declare class KeepAliveResponse {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): KeepAliveResponse;
    static getRootAsKeepAliveResponse(bb: flatbuffers.ByteBuffer, obj?: KeepAliveResponse): KeepAliveResponse;
    static getSizePrefixedRootAsKeepAliveResponse(bb: flatbuffers.ByteBuffer, obj?: KeepAliveResponse): KeepAliveResponse;
    timestamp(): bigint;
    static startKeepAliveResponse(builder: flatbuffers.Builder): void;
    static addTimestamp(builder: flatbuffers.Builder, timestamp: bigint): void;
    static endKeepAliveResponse(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createKeepAliveResponse(builder: flatbuffers.Builder, timestamp: bigint): flatbuffers.Offset;
}
