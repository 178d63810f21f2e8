export declare enum SessionCloseReason {
    Shutdown = 1,
    NotLeaderAnymore = 2,
    SessionError = 3,
    ConnectionClosed = 4,
    SessionExpired = 5
}
