import { BebopView, BebopRecord } from "bebop";
export declare enum RejectionReason {
    NotLeader = 1,
    SessionExpired = 2,
    InvalidCapabilities = 3,
    Other = 4
}
export declare enum SessionCloseReason {
    Shutdown = 1,
    NotLeaderAnymore = 2,
    SessionError = 3,
    ConnectionClosed = 4,
    SessionExpired = 5
}
export declare enum CloseReason {
    ClientShutdown = 1
}
export declare enum RequestFailure {
    ResponseEvicted = 1
}
export interface ClientRequest {
    readonly requestId: bigint;
    readonly lowestPendingRequestId: bigint;
    readonly payload: Uint8Array;
    readonly createdAt: bigint;
}
export declare const ClientRequest: ((data: ClientRequest) => ClientRequest & BebopRecord) & {
    encode(record: ClientRequest): Uint8Array;
    encodeInto(record: ClientRequest, view: BebopView): void;
    decode(buffer: Uint8Array): ClientRequest & BebopRecord;
    readFrom(view: BebopView): ClientRequest;
};
export interface CreateSession {
    readonly capabilities: Map<string, string>;
    readonly nonce: bigint;
}
export declare const CreateSession: ((data: CreateSession) => CreateSession & BebopRecord) & {
    encode(record: CreateSession): Uint8Array;
    encodeInto(record: CreateSession, view: BebopView): void;
    decode(buffer: Uint8Array): CreateSession & BebopRecord;
    readFrom(view: BebopView): CreateSession;
};
export interface ContinueSession {
    readonly sessionId: string;
    readonly nonce: bigint;
}
export declare const ContinueSession: ((data: ContinueSession) => ContinueSession & BebopRecord) & {
    encode(record: ContinueSession): Uint8Array;
    encodeInto(record: ContinueSession, view: BebopView): void;
    decode(buffer: Uint8Array): ContinueSession & BebopRecord;
    readFrom(view: BebopView): ContinueSession;
};
export interface KeepAlive {
    readonly timestamp: bigint;
}
export declare const KeepAlive: ((data: KeepAlive) => KeepAlive & BebopRecord) & {
    encode(record: KeepAlive): Uint8Array;
    encodeInto(record: KeepAlive, view: BebopView): void;
    decode(buffer: Uint8Array): KeepAlive & BebopRecord;
    readFrom(view: BebopView): KeepAlive;
};
export interface ClientRequestCase {
    readonly request: ClientRequest;
}
export declare const ClientRequestCase: ((data: ClientRequestCase) => ClientRequestCase & BebopRecord) & {
    encode(record: ClientRequestCase): Uint8Array;
    encodeInto(record: ClientRequestCase, view: BebopView): void;
    decode(buffer: Uint8Array): ClientRequestCase & BebopRecord;
    readFrom(view: BebopView): ClientRequestCase;
};
export interface ServerRequestAck {
    readonly requestId: bigint;
}
export declare const ServerRequestAck: ((data: ServerRequestAck) => ServerRequestAck & BebopRecord) & {
    encode(record: ServerRequestAck): Uint8Array;
    encodeInto(record: ServerRequestAck, view: BebopView): void;
    decode(buffer: Uint8Array): ServerRequestAck & BebopRecord;
    readFrom(view: BebopView): ServerRequestAck;
};
export interface CloseSession {
    readonly reason: CloseReason;
}
export declare const CloseSession: ((data: CloseSession) => CloseSession & BebopRecord) & {
    encode(record: CloseSession): Uint8Array;
    encodeInto(record: CloseSession, view: BebopView): void;
    decode(buffer: Uint8Array): CloseSession & BebopRecord;
    readFrom(view: BebopView): CloseSession;
};
export interface ConnectionClosed {
}
export declare const ConnectionClosed: ((data: ConnectionClosed) => ConnectionClosed & BebopRecord) & {
    encode(record: ConnectionClosed): Uint8Array;
    encodeInto(record: ConnectionClosed, view: BebopView): void;
    decode(buffer: Uint8Array): ConnectionClosed & BebopRecord;
    readFrom(view: BebopView): ConnectionClosed;
};
export interface Query {
    readonly correlationId: string;
    readonly payload: Uint8Array;
    readonly createdAt: bigint;
}
export declare const Query: ((data: Query) => Query & BebopRecord) & {
    encode(record: Query): Uint8Array;
    encodeInto(record: Query, view: BebopView): void;
    decode(buffer: Uint8Array): Query & BebopRecord;
    readFrom(view: BebopView): Query;
};
export type ClientMessage = {
    tag: 1;
    value: CreateSession;
} | {
    tag: 2;
    value: ContinueSession;
} | {
    tag: 3;
    value: KeepAlive;
} | {
    tag: 4;
    value: ClientRequestCase;
} | {
    tag: 5;
    value: ServerRequestAck;
} | {
    tag: 6;
    value: CloseSession;
} | {
    tag: 7;
    value: ConnectionClosed;
} | {
    tag: 8;
    value: Query;
};
export declare const ClientMessage: ((data: ClientMessage) => ClientMessage & BebopRecord) & {
    fromCreateSession(value: CreateSession): ClientMessage & BebopRecord;
    fromContinueSession(value: ContinueSession): ClientMessage & BebopRecord;
    fromKeepAlive(value: KeepAlive): ClientMessage & BebopRecord;
    fromClientRequestCase(value: ClientRequestCase): ClientMessage & BebopRecord;
    fromServerRequestAck(value: ServerRequestAck): ClientMessage & BebopRecord;
    fromCloseSession(value: CloseSession): ClientMessage & BebopRecord;
    fromConnectionClosed(value: ConnectionClosed): ClientMessage & BebopRecord;
    fromQuery(value: Query): ClientMessage & BebopRecord;
    encode(record: ClientMessage): Uint8Array;
    encodeInto(record: ClientMessage, view: BebopView): void;
    decode(buffer: Uint8Array): ClientMessage & BebopRecord;
    readFrom(view: BebopView): ClientMessage;
};
export interface SessionCreated {
    readonly sessionId: string;
    readonly nonce: bigint;
}
export declare const SessionCreated: ((data: SessionCreated) => SessionCreated & BebopRecord) & {
    encode(record: SessionCreated): Uint8Array;
    encodeInto(record: SessionCreated, view: BebopView): void;
    decode(buffer: Uint8Array): SessionCreated & BebopRecord;
    readFrom(view: BebopView): SessionCreated;
};
export interface SessionContinued {
    readonly nonce: bigint;
}
export declare const SessionContinued: ((data: SessionContinued) => SessionContinued & BebopRecord) & {
    encode(record: SessionContinued): Uint8Array;
    encodeInto(record: SessionContinued, view: BebopView): void;
    decode(buffer: Uint8Array): SessionContinued & BebopRecord;
    readFrom(view: BebopView): SessionContinued;
};
export interface SessionRejected {
    reason?: RejectionReason;
    nonce?: bigint;
    leaderId?: string;
}
export declare const SessionRejected: ((data: SessionRejected) => SessionRejected & BebopRecord) & {
    encode(record: SessionRejected): Uint8Array;
    encodeInto(record: SessionRejected, view: BebopView): void;
    decode(buffer: Uint8Array): SessionRejected & BebopRecord;
    readFrom(view: BebopView): SessionRejected;
};
export interface SessionClosed {
    reason?: SessionCloseReason;
    leaderId?: string;
}
export declare const SessionClosed: ((data: SessionClosed) => SessionClosed & BebopRecord) & {
    encode(record: SessionClosed): Uint8Array;
    encodeInto(record: SessionClosed, view: BebopView): void;
    decode(buffer: Uint8Array): SessionClosed & BebopRecord;
    readFrom(view: BebopView): SessionClosed;
};
export interface KeepAliveResponse {
    readonly timestamp: bigint;
}
export declare const KeepAliveResponse: ((data: KeepAliveResponse) => KeepAliveResponse & BebopRecord) & {
    encode(record: KeepAliveResponse): Uint8Array;
    encodeInto(record: KeepAliveResponse, view: BebopView): void;
    decode(buffer: Uint8Array): KeepAliveResponse & BebopRecord;
    readFrom(view: BebopView): KeepAliveResponse;
};
export interface ClientResponse {
    readonly requestId: bigint;
    readonly result: Uint8Array;
}
export declare const ClientResponse: ((data: ClientResponse) => ClientResponse & BebopRecord) & {
    encode(record: ClientResponse): Uint8Array;
    encodeInto(record: ClientResponse, view: BebopView): void;
    decode(buffer: Uint8Array): ClientResponse & BebopRecord;
    readFrom(view: BebopView): ClientResponse;
};
export interface ServerRequest {
    readonly requestId: bigint;
    readonly payload: Uint8Array;
    readonly createdAt: bigint;
}
export declare const ServerRequest: ((data: ServerRequest) => ServerRequest & BebopRecord) & {
    encode(record: ServerRequest): Uint8Array;
    encodeInto(record: ServerRequest, view: BebopView): void;
    decode(buffer: Uint8Array): ServerRequest & BebopRecord;
    readFrom(view: BebopView): ServerRequest;
};
export interface RequestError {
    readonly requestId: bigint;
    readonly reason: RequestFailure;
}
export declare const RequestError: ((data: RequestError) => RequestError & BebopRecord) & {
    encode(record: RequestError): Uint8Array;
    encodeInto(record: RequestError, view: BebopView): void;
    decode(buffer: Uint8Array): RequestError & BebopRecord;
    readFrom(view: BebopView): RequestError;
};
export interface QueryResponse {
    readonly correlationId: string;
    readonly result: Uint8Array;
}
export declare const QueryResponse: ((data: QueryResponse) => QueryResponse & BebopRecord) & {
    encode(record: QueryResponse): Uint8Array;
    encodeInto(record: QueryResponse, view: BebopView): void;
    decode(buffer: Uint8Array): QueryResponse & BebopRecord;
    readFrom(view: BebopView): QueryResponse;
};
export type ServerMessage = {
    tag: 1;
    value: SessionCreated;
} | {
    tag: 2;
    value: SessionContinued;
} | {
    tag: 3;
    value: SessionRejected;
} | {
    tag: 4;
    value: SessionClosed;
} | {
    tag: 5;
    value: KeepAliveResponse;
} | {
    tag: 6;
    value: ClientResponse;
} | {
    tag: 7;
    value: ServerRequest;
} | {
    tag: 8;
    value: RequestError;
} | {
    tag: 9;
    value: QueryResponse;
};
export declare const ServerMessage: ((data: ServerMessage) => ServerMessage & BebopRecord) & {
    fromSessionCreated(value: SessionCreated): ServerMessage & BebopRecord;
    fromSessionContinued(value: SessionContinued): ServerMessage & BebopRecord;
    fromSessionRejected(value: SessionRejected): ServerMessage & BebopRecord;
    fromSessionClosed(value: SessionClosed): ServerMessage & BebopRecord;
    fromKeepAliveResponse(value: KeepAliveResponse): ServerMessage & BebopRecord;
    fromClientResponse(value: ClientResponse): ServerMessage & BebopRecord;
    fromServerRequest(value: ServerRequest): ServerMessage & BebopRecord;
    fromRequestError(value: RequestError): ServerMessage & BebopRecord;
    fromQueryResponse(value: QueryResponse): ServerMessage & BebopRecord;
    encode(record: ServerMessage): Uint8Array;
    encodeInto(record: ServerMessage, view: BebopView): void;
    decode(buffer: Uint8Array): ServerMessage & BebopRecord;
    readFrom(view: BebopView): ServerMessage;
};
export interface Batch {
    readonly requests: ClientRequest[];
}
export declare const Batch: ((data: Batch) => Batch & BebopRecord) & {
    encode(record: Batch): Uint8Array;
    encodeInto(record: Batch, view: BebopView): void;
    decode(buffer: Uint8Array): Batch & BebopRecord;
    readFrom(view: BebopView): Batch;
};
