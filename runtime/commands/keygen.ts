import { type Command, CommandError, parseOptions } from "../../codegen/commands/command.ts";
import { KeyFileError } from "../security/key-file-error.ts";
import { type KeyFilePlace, type KeyFiles, writeKeyFiles } from "../security/key-file-writing.ts";
import { generateKeyPair, type KeyPair } from "../security/key-pair.ts";

export const keygenCommand: Command = {
  name: "keygen",
  summary: "make a pair of keys, for a server or a client of CURVE",
  usage: `Makes a key pair for CURVE, by which servers and clients prove who they are and encrypt what they say. Writes
NAME.key with both keys, which only its owner may read, and NAME.pub with the public one, which others are given. Both
are ZeroMQ certificates. The secret key is never shown.

Usage:
  hawser keygen NAME [--directory DIR] [--force]

Options:
  --directory DIR    where to write them; it is made where there is none. Default: the working directory
  --force            replace keys of that name, for good: nobody can prove the old ones any more

Exit codes: 0 written; 2 the files are there already, or cannot be written.

Example:
  hawser keygen server --directory keys`,

  async run(args, output) {
    const { values, positionals } = parseOptions("keygen", args, {
      directory: { type: "string" },
      force: { type: "boolean" },
    });
    const name = onlyName(positionals);
    const keys = generateKeyPair();
    const files = write(keys, { directory: values.directory ?? ".", name, force: values.force ?? false });
    output.print(report(keys, files));
    return 0;
  },
};

function onlyName(operands: readonly string[]): string {
  const [name, ...more] = operands;
  if (name === undefined || more.length > 0) {
    throw new CommandError("keygen needs one name, of whom the keys are to be (see hawser keygen --help)");
  }
  // It becomes the name of a file, and must not lead elsewhere.
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) return name;
  throw new CommandError(`"${name}" cannot be the name of keys: use letters, digits, ".", "_" and "-"`);
}

function write(keys: KeyPair, place: KeyFilePlace): KeyFiles {
  try {
    return writeKeyFiles(keys, place);
  } catch (error) {
    if (error instanceof KeyFileError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

function report({ publicKey }: KeyPair, { secretPath, publicPath }: KeyFiles): string {
  return `${secretPath}  both keys: keep it where it is used, and give it to nobody
${publicPath}  the public key: give it to those who are to recognise its owner

public key: ${publicKey}

With these functions of hawser/keys,
  a server: startServer({ curve: { keys: readKeyPair("${secretPath}"), clientKeys: readPublicKeys("DIRECTORY OF .pub FILES") }, ... })
  a client: connect({ curve: { keys: readKeyPair("${secretPath}"), serverKey: readPublicKey("SERVER.pub") }, ... })`;
}
