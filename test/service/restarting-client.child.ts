/**
 * A client program that keeps its session in a file: `restarting-client.child.ts ADDRESS FILE`. It says what it got for
 * each command until it is killed, `COMMAND RESULT`, and what it was sent.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { connect } from "hawser/client";

const [address = "", file = ""] = process.argv.slice(2);

const client = await connect({
  members: { a: address },
  acknowledge: "explicit",
  session: existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined,
  saveSession(token) {
    writeFileSync(`${file}.new`, token);
    renameSync(`${file}.new`, file);
  },
});
console.log(`session ${client.sessionId}`);

void (async () => {
  for await (const request of client.serverRequests) console.log(`work ${Buffer.from(request.payload)}`);
})();

for (let count = 0; ; count++) {
  await client.capacity();
  const command = `echo ${process.pid}-${count}`;
  client.submit(Buffer.from(command)).then(
    (result) => console.log(`${process.pid}-${count} ${Buffer.from(result)}`),
    (error) => console.log(`failed ${error.code}`),
  );
  if (count % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 1)); // A steady stream, not a flood.
}
