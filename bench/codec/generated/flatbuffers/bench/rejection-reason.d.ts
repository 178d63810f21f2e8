export declare enum RejectionReason {
    NotLeader = 1,
    SessionExpired = 2,
    InvalidCapabilities = 3,
    Other = 4
}
