export declare enum CloseReason {
    ClientShutdown = 1
}
