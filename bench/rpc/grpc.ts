import { fileURLToPath } from "node:url";
import {
  type ClientDuplexStream,
  credentials,
  type handleBidiStreamingCall,
  type handleUnaryCall,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { Stack } from "../transport/stack.ts";

/** gRPC by `@grpc/grpc-js`, with one call for each request. */
export const grpcUnary: Stack = {
  serve,
  async connect(port, received) {
    const client = clientOf(port);
    return (payload) => {
      client["Unary"]?.({ payload }, (error: Error | null, answer: Message) => {
        if (error !== null) throw error;
        received(answer.payload);
      });
    };
  },
};

/** The same with one stream in both directions, on which requests and answers follow each other. */
export const grpcStream: Stack = {
  serve,
  async connect(port, received) {
    const stream: ClientDuplexStream<Message, Message> = clientOf(port)["Stream"]?.();
    stream.on("data", (answer: Message) => received(answer.payload));
    return (payload) => void stream.write({ payload });
  },
};

interface Message {
  readonly payload: Uint8Array;
}

async function serve(): Promise<number> {
  const server = new Server();
  const unary: handleUnaryCall<Message, Message> = (call, respond) => respond(null, call.request);
  const stream: handleBidiStreamingCall<Message, Message> = (call) => {
    call.on("data", (message: Message) => call.write(message));
    call.on("end", () => call.end());
  };
  server.addService(Echo.service, { Unary: unary, Stream: stream });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function clientOf(port: number): InstanceType<ServiceClientConstructor> {
  return new Echo(`127.0.0.1:${port}`, credentials.createInsecure());
}

const loaded = loadPackageDefinition(loadSync(fileURLToPath(new URL("./echo.proto", import.meta.url))));
const { Echo } = loaded["bench"] as { readonly Echo: ServiceClientConstructor };
