import { createRequire } from "node:module";
import { zeromq } from "../../runtime/transport/zeromq/index.ts";
import { ServerEnd } from "./ends.ts";

/** Says what loading and using the transport costs a program: modules of the `zeromq` package, and warnings. */
const require = createRequire(import.meta.url);
const loaded = (): number => Object.keys(require.cache).filter((path) => path.includes("/zeromq/")).length;
process.on("warning", (warning) => console.log(`warning ${warning.message}`));
console.log(`imported ${loaded()}`);
const server = await ServerEnd.listen(zeromq, "tcp://127.0.0.1:0");
console.log(`used ${loaded() > 0}`);
process.emitWarning("our own warning");
await server.listener.close();
