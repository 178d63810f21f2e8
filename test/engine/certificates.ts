import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A certificate and its key: the files that hold them. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority and what it has signed, made with openssl in a directory that is removed with the test. */
export class Certificates {
  readonly #directory: string = mkdtempSync(join(tmpdir(), "hawser-tls-"));
  readonly ca: Certificate;

  constructor() {
    onTestFinished(() => rmSync(this.#directory, { recursive: true }));
    this.ca = this.#fileNames("ca");
    const subject = ["-subj", "/CN=hawser test authority"];
    this.#openssl("req", "-x509", ...NEW_KEY, ...subject, "-keyout", this.ca.keyFile, "-out", this.ca.certFile);
  }

  /** A certificate for a server on loopback, or for a client. */
  sign(name: string): Certificate {
    const signed = this.#fileNames(name);
    const request = join(this.#directory, `${name}.csr`);
    const extensions = join(this.#directory, `${name}.ext`);
    writeFileSync(extensions, "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n");
    this.#openssl("req", ...NEW_KEY, "-subj", `/CN=${name}`, "-keyout", signed.keyFile, "-out", request);
    const authority = ["-CA", this.ca.certFile, "-CAkey", this.ca.keyFile, "-CAcreateserial"];
    this.#openssl("x509", "-req", "-in", request, ...authority, "-extfile", extensions, "-out", signed.certFile);
    return signed;
  }

  #fileNames(name: string): Certificate {
    return { certFile: join(this.#directory, `${name}.crt`), keyFile: join(this.#directory, `${name}.key`) };
  }

  #openssl(...args: readonly string[]): void {
    execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
  }
}

/** What a file in PEM holds. */
export function pemOf(file: string): string {
  return readFileSync(file, "utf8");
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
