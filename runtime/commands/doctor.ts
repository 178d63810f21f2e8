import { type Command, CommandError, type CommandOutput, parseOptions } from "../../codegen/commands/command.ts";
import type { Examination, ExaminationOptions } from "../doctor/index.ts";
import { InvalidArgumentError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import type { CurveOptions } from "../security/curve-options.ts";
import { keyPairFromEnvironment, readKeyPair, readPublicKey } from "../security/key-file.ts";
import { KeyFileError } from "../security/key-file-error.ts";
import type { KeyPair } from "../security/key-pair.ts";
import { decodeZ85 } from "../security/z85.ts";
import { conclusion, stepLine } from "./doctor-report.ts";

export const doctorCommand: Command = {
  name: "doctor",
  summary: "try to reach a server, and say what is in the way",
  usage: `Goes the way of a client, one step after the other: finds the host, connects, shakes hands, opens a session
and closes it again. It times each step, and says what is wrong and what to do about it. A member that does not lead
sends it on to the one that does. It leaves nothing behind: its session is closed, also when it is interrupted.

Usage:
  hawser doctor ENDPOINT [--key FILE --server-key KEY|FILE] [--timeout MS] [--json]

  ENDPOINT    where a server listens, such as tcp://10.0.0.1:7000

Options:
  --key FILE               the key file of this client, such as hawser keygen writes as NAME.key. Without it the secret
                           key in the environment variable HAWSER_SECRET_KEY
  --server-key KEY|FILE    the public key of the servers, in Z85 or in a file, such as NAME.pub
  --timeout MS             how long each step may take (default: ${limits.connectionTimeoutMs})
  --json                   print one JSON object: endpoint, healthy, steps and findings

Exit codes: 0 clients are served, perhaps with warnings; 1 something is wrong; 2 it could not be tried, or was
interrupted.

Example:
  hawser doctor tcp://10.0.0.1:7000 --key keys/operator.key --server-key keys/server.pub`,

  async run(args, output) {
    const { values, positionals } = parseOptions("doctor", args, {
      key: { type: "string" },
      "server-key": { type: "string" },
      timeout: { type: "string" },
      json: { type: "boolean" },
    });
    const endpoint = onlyEndpoint(positionals);
    const timeoutMs = timeoutOption(values.timeout);
    const { json: asJson = false } = values;
    const interruption = new AbortController();
    const interrupt = (): void => interruption.abort(new CommandError("interrupted, before everything was tried"));
    for (const signal of endSignals) process.once(signal, interrupt);
    try {
      const curve = curveOption(values.key, values["server-key"]);
      const examination = await examineEndpoint(
        { endpoint, curve, timeoutMs, signal: interruption.signal },
        asJson ? undefined : output,
      );
      output.print(asJson ? JSON.stringify(examination, undefined, 2) : `\n${conclusion(examination, output.paint)}`);
      return examination.healthy ? 0 : 1;
    } catch (error) {
      if (error instanceof InvalidArgumentError || error instanceof KeyFileError) {
        throw new CommandError(error.message, { cause: error });
      }
      throw error;
    } finally {
      for (const signal of endSignals) process.off(signal, interrupt);
    }
  },
};

const endSignals = ["SIGINT", "SIGTERM"] as const;

/** Shows each step when it is done, where there is an output. */
async function examineEndpoint(
  options: Omit<ExaminationOptions, "unixMs" | "onStep">,
  output: CommandOutput | undefined,
): Promise<Examination> {
  // What is examined with is generated: the other commands must run without it.
  const { examine } = await import("../doctor/index.ts");
  let shownAddress: string | undefined;
  return await examine({
    ...options,
    unixMs: Date.now,
    onStep(step) {
      if (output === undefined) return;
      if (step.address !== shownAddress) output.print(output.paint("strong", step.address));
      shownAddress = step.address;
      output.print(stepLine(step, output.paint));
    },
  });
}

function onlyEndpoint(operands: readonly string[]): string {
  const [endpoint, ...more] = operands;
  if (endpoint === undefined) {
    throw new CommandError(
      "doctor needs the address of a server, such as tcp://10.0.0.1:7000 (see hawser doctor --help)",
    );
  }
  if (more.length > 0) throw new CommandError(`doctor takes one address, got ${operands.join(" ")}`);
  return endpoint;
}

function timeoutOption(text: string | undefined): number {
  if (text === undefined) return limits.connectionTimeoutMs;
  const timeoutMs = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (timeoutMs >= 1 && timeoutMs <= timeoutMaxMs) return timeoutMs;
  throw new CommandError(`--timeout is "${text}", it must be a whole number of milliseconds from 1 to ${timeoutMaxMs}`);
}

/** The keys to talk with; none where none are given. */
function curveOption(keyPath: string | undefined, serverKeyText: string | undefined): CurveOptions | undefined {
  if (serverKeyText === undefined) {
    if (keyPath === undefined) return undefined;
    throw new CommandError("--key is given without --server-key: give the public key of the server too");
  }
  return { keys: ownKeys(keyPath), serverKey: serverKeyOf(serverKeyText) };
}

function ownKeys(keyPath: string | undefined): KeyPair {
  if (keyPath !== undefined) return readKeyPair(keyPath);
  const { [secretKeyVariable]: secretKey = "" } = process.env;
  if (secretKey !== "") return keyPairFromEnvironment(process.env, secretKeyVariable);
  throw new CommandError(
    `--server-key is given without keys of this client: give --key FILE, or a secret key in ${secretKeyVariable}`,
  );
}

/** A key may stand for itself: it is no secret. */
function serverKeyOf(text: string): string {
  return decodeZ85(text)?.byteLength === keyByteLength ? text : readPublicKey(text);
}

const secretKeyVariable = "HAWSER_SECRET_KEY";
/** Bytes of a key of CURVE. */
const keyByteLength = 32;
const timeoutMaxMs = 600_000;
