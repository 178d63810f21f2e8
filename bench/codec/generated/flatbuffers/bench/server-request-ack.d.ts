import * as flatbuffers from 'flatbuffers';
export declare class ServerRequestAck {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): ServerRequestAck;
    static getRootAsServerRequestAck(bb: flatbuffers.ByteBuffer, obj?: ServerRequestAck): ServerRequestAck;
    static getSizePrefixedRootAsServerRequestAck(bb: flatbuffers.ByteBuffer, obj?: ServerRequestAck): ServerRequestAck;
    requestId(): bigint;
    static startServerRequestAck(builder: flatbuffers.Builder): void;
    static addRequestId(builder: flatbuffers.Builder, requestId: bigint): void;
    static endServerRequestAck(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createServerRequestAck(builder: flatbuffers.Builder, requestId: bigint): flatbuffers.Offset;
}
