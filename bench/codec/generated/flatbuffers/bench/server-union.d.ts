import { ClientResponse } from '../bench/client-response.js';
import { KeepAliveResponse } from '../bench/keep-alive-response.js';
import { QueryResponse } from '../bench/query-response.js';
import { RequestError } from '../bench/request-error.js';
import { ServerRequest } from '../bench/server-request.js';
import { SessionClosed } from '../bench/session-closed.js';
import { SessionContinued } from '../bench/session-continued.js';
import { SessionCreated } from '../bench/session-created.js';
import { SessionRejected } from '../bench/session-rejected.js';
export declare enum ServerUnion {
    NONE = 0,
    SessionCreated = 1,
    SessionContinued = 2,
    SessionRejected = 3,
    SessionClosed = 4,
    KeepAliveResponse = 5,
    ClientResponse = 6,
    ServerRequest = 7,
    RequestError = 8,
    QueryResponse = 9
}
export declare function unionToServerUnion(type: ServerUnion, accessor: (obj: ClientResponse | KeepAliveResponse | QueryResponse | RequestError | ServerRequest | SessionClosed | SessionContinued | SessionCreated | SessionRejected) => ClientResponse | KeepAliveResponse | QueryResponse | RequestError | ServerRequest | SessionClosed | SessionContinued | SessionCreated | SessionRejected | null): ClientResponse | KeepAliveResponse | QueryResponse | RequestError | ServerRequest | SessionClosed | SessionContinued | SessionCreated | SessionRejected | null;
export declare function unionListToServerUnion(type: ServerUnion, accessor: (index: number, obj: ClientResponse | KeepAliveResponse | QueryResponse | RequestError | ServerRequest | SessionClosed | SessionContinued | SessionCreated | SessionRejected) => ClientResponse | KeepAliveResponse | QueryResponse | RequestError | ServerRequest | SessionClosed | SessionContinued | SessionCreated | SessionRejected | null, index: number): ClientResponse | KeepAliveResponse | QueryResponse | RequestError | ServerRequest | SessionClosed | SessionContinued | SessionCreated | SessionRejected | null;
