import * as flatbuffers from 'flatbuffers';
export declare class KeepAlive {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): KeepAlive;
    static getRootAsKeepAlive(bb: flatbuffers.ByteBuffer, obj?: KeepAlive): KeepAlive;
    static getSizePrefixedRootAsKeepAlive(bb: flatbuffers.ByteBuffer, obj?: KeepAlive): KeepAlive;
    timestamp(): bigint;
    static startKeepAlive(builder: flatbuffers.Builder): void;
    static addTimestamp(builder: flatbuffers.Builder, timestamp: bigint): void;
    static endKeepAlive(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createKeepAlive(builder: flatbuffers.Builder, timestamp: bigint): flatbuffers.Offset;
}
