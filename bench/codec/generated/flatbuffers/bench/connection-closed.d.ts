import * as flatbuffers from 'flatbuffers';
export declare class ConnectionClosed {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): ConnectionClosed;
    static getRootAsConnectionClosed(bb: flatbuffers.ByteBuffer, obj?: ConnectionClosed): ConnectionClosed;
    static getSizePrefixedRootAsConnectionClosed(bb: flatbuffers.ByteBuffer, obj?: ConnectionClosed): ConnectionClosed;
    static startConnectionClosed(builder: flatbuffers.Builder): void;
    static endConnectionClosed(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createConnectionClosed(builder: flatbuffers.Builder): flatbuffers.Offset;
}
