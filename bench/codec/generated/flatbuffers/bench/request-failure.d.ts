export declare enum RequestFailure {
    ResponseEvicted = 1
}
