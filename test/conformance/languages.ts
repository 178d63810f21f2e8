import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import { emitCppDriver } from "./emit-cpp-driver.ts";
import { emitNimDriver } from "./emit-nim-driver.ts";
import { emitRustDriver } from "./emit-rust-driver.ts";
import { compileKsy } from "./kaitai-javascript.ts";
import { ksyShape, upperCamel } from "./ksy-shape.ts";
import { runStep } from "./run-command.ts";
import type { Subject } from "./subjects.ts";
import { writingCompiler } from "./writing-compiler.ts";

/** A language that Kaitai Struct compiles to, with what it takes to run readers in it. */
export interface Language {
  readonly name: string;
  /** As the compiler calls it. */
  readonly target: string;
  readonly tools: readonly Tool[];
  /** Where what the readers need comes from: a registry, or written for this run. */
  readonly runtime: string;
  /** Whether readers look at what a .ksy demands of a value. */
  readonly validates: boolean;
  /** Whether they refuse a text that is not UTF-8. */
  readonly refusesBadText: boolean;
  /** Files in `languages/` that are copied beside the readers. */
  readonly folder: string;
  /** Compiles what is in `folder`, and gives the command that takes the name of a file of frames. */
  readonly build: (folder: string, subjects: readonly Subject[]) => readonly string[] | Promise<readonly string[]>;
  /** The same for the classes in `writers/`, which write as well; absent where Kaitai Struct makes none. */
  readonly buildWriters?: (folder: string) => readonly string[] | Promise<readonly string[]>;
}

export interface Tool {
  readonly command: string;
  /** Arguments that make it say its version. */
  readonly version: readonly string[];
  /** Of Debian, which has it. */
  readonly package: string;
}

/** Compiles the .ksy of each subject into the folder; and, where the language can write, once more into `writers/`. */
export async function writeReaders(language: Language, folder: string, subjects: readonly Subject[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  cpSync(join(import.meta.dirname, "languages", language.folder), folder, { recursive: true });
  await writeClasses(language, folder, subjects);
  if (language.buildWriters !== undefined)
    await writeClasses(language, join(folder, "writers"), subjects, writingCompiler());
}

async function writeClasses(
  language: Language,
  folder: string,
  subjects: readonly Subject[],
  using?: ReturnType<typeof writingCompiler>,
): Promise<void> {
  for (const subject of subjects) {
    const files = await compileKsy(language.target, compilable(language, subject.ksy), using);
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name.replace(/^\//, ""));
      mkdirSync(dirname(path), { recursive: true });
      // The compiler has an option for the package of Go, and no way to set it in JavaScript.
      writeFileSync(path, language.target === "go" ? `package main\n${text}` : text);
    }
  }
}

/** The compiler has no validation for Nim, and says so by an exception. */
function compilable(language: Language, ksy: string): unknown {
  return parse(ksy, (key: unknown, value: unknown) =>
    language.target === "nim" && key === "valid" ? undefined : value,
  );
}

function namesIn(folder: string, extension: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(extension));
}

const python: Language = {
  name: "Python",
  target: "python",
  tools: [
    { command: "python3", version: ["--version"], package: "python3" },
    { command: "pip3", version: ["--version"], package: "python3-pip" },
  ],
  runtime: "kaitaistruct 0.11 (PyPI)",
  validates: true,
  refusesBadText: true,
  folder: "python",
  build: async (folder) => {
    await runStep(folder, ["python3", "-m", "pip", "install", "--quiet", "--target", ".", "kaitaistruct==0.11"]);
    return ["python3", "driver.py"];
  },
  buildWriters: () => ["python3", "writers/writer.py"],
};

const java: Language = {
  name: "Java",
  target: "java",
  tools: [
    { command: "javac", version: ["-version"], package: "default-jdk-headless" },
    { command: "java", version: ["-version"], package: "default-jdk-headless" },
    { command: "mvn", version: ["--version"], package: "maven" },
  ],
  runtime: "io.kaitai:kaitai-struct-runtime 0.11 (Maven Central)",
  validates: true,
  refusesBadText: false,
  folder: "java",
  build: async (folder) => {
    await runStep(folder, [
      "mvn",
      "--quiet",
      "--batch-mode",
      "dependency:copy",
      "-Dartifact=io.kaitai:kaitai-struct-runtime:0.11",
      "-DoutputDirectory=jars",
    ]);
    await runStep(folder, ["javac", "-nowarn", "-cp", javaClassPath("."), ...namesIn(folder, ".java")]);
    // A length of two gigabytes is believed before the bytes are looked for.
    return ["java", "-Xmx256m", "-cp", javaClassPath("."), "Driver"];
  },
  buildWriters: async (folder) => {
    const sources = namesIn(join(folder, "writers"), ".java").map((name) => join("writers", name));
    await runStep(folder, ["javac", "-nowarn", "-cp", javaClassPath("writers"), ...sources]);
    return ["java", "-Xmx256m", "-cp", javaClassPath("writers"), "Writer"];
  },
};

function javaClassPath(classes: string): string {
  return [classes, join("jars", "kaitai-struct-runtime-0.11.jar")].join(delimiter);
}

const go: Language = {
  name: "Go",
  target: "go",
  tools: [{ command: "go", version: ["version"], package: "golang-go" }],
  runtime: "kaitai_struct_go_runtime v0.11.0 (Go module proxy)",
  validates: true,
  refusesBadText: false,
  folder: "go",
  build: async (folder, subjects) => {
    const readers = subjects.map(({ id }) => {
      const name = upperCamel(id);
      return `	"${name}": func(io *kaitai.Stream) (interface{}, error) { one := New${name}(); return one, one.Read(io, nil, one) },`;
    });
    const signature = "var readers = map[string]func(io *kaitai.Stream) (interface{}, error){";
    const imports = 'import "github.com/kaitai-io/kaitai_struct_go_runtime/kaitai"';
    writeFileSync(join(folder, "readers.go"), ["package main", imports, signature, ...readers, "}", ""].join("\n"));
    await runStep(folder, ["go", "build", "-o", "driver", "."]);
    return ["./driver"];
  },
};

const rust: Language = {
  name: "Rust",
  target: "rust",
  tools: [
    { command: "cargo", version: ["--version"], package: "cargo" },
    { command: "rustc", version: ["--version"], package: "rustc" },
  ],
  runtime: "our own",
  validates: true,
  refusesBadText: false,
  folder: "rust",
  build: async (folder, subjects) => {
    const driver = emitRustDriver(subjects.map(({ ksy }) => ksyShape(ksy)));
    mkdirSync(join(folder, "src"), { recursive: true });
    for (const name of namesIn(folder, ".rs")) copyFileSync(join(folder, name), join(folder, "src", name));
    const main = readFileSync(join(folder, "driver.rs"), "utf8");
    writeFileSync(join(folder, "src/main.rs"), `${main}\n${driver}`);
    await runStep(folder, ["cargo", "build", "--quiet", "--offline"], { RUSTFLAGS: "-Awarnings" });
    return ["target/debug/driver"];
  },
};

const cpp: Language = {
  name: "C++",
  target: "cpp_stl",
  tools: [{ command: "g++", version: ["--version"], package: "g++" }],
  runtime: "our own",
  validates: true,
  refusesBadText: true,
  folder: "cpp",
  build: async (folder, subjects) => {
    writeFileSync(join(folder, "readings.cpp"), emitCppDriver(subjects.map(({ ksy }) => ksyShape(ksy))));
    const sources = namesIn(folder, ".cpp");
    // One translation unit is compiled once; the readers alone include the same headers thirty times over.
    writeFileSync(join(folder, "all.cc"), sources.map((name) => `#include "${name}"\n`).join(""));
    await runStep(folder, ["g++", "-std=c++17", "-O0", "-w", "-I.", "-o", "driver", "all.cc"]);
    return ["./driver"];
  },
};

const ruby: Language = {
  name: "Ruby",
  target: "ruby",
  tools: [{ command: "ruby", version: ["--version"], package: "ruby" }],
  runtime: "our own",
  validates: true,
  refusesBadText: false,
  folder: "ruby",
  build: () => ["ruby", "-I.", "driver.rb"],
};

const php: Language = {
  name: "PHP",
  target: "php",
  tools: [{ command: "php", version: ["--version"], package: "php-cli" }],
  runtime: "our own",
  validates: true,
  refusesBadText: false,
  folder: "php",
  build: () => ["php", "driver.php"],
};

const perl: Language = {
  name: "Perl",
  target: "perl",
  tools: [{ command: "perl", version: ["-e", "print qq(perl $^V)"], package: "perl" }],
  runtime: "our own",
  validates: false,
  refusesBadText: false,
  folder: "perl",
  build: () => ["perl", "driver.pl"],
};

const lua: Language = {
  name: "Lua",
  target: "lua",
  tools: [{ command: "lua5.3", version: ["-v"], package: "lua5.3" }],
  runtime: "our own",
  validates: true,
  refusesBadText: true,
  folder: "lua",
  build: () => ["lua5.3", "driver.lua"],
};

const csharp: Language = {
  name: "C#",
  target: "csharp",
  tools: [
    { command: "mcs", version: ["--version"], package: "mono-mcs" },
    { command: "mono", version: ["--version"], package: "mono-runtime" },
  ],
  runtime: "our own",
  validates: true,
  refusesBadText: false,
  folder: "csharp",
  build: async (folder) => {
    await runStep(folder, [
      "mcs",
      "-nowarn:0162,0219,0652",
      "-out:driver.exe",
      "-r:System.Core.dll",
      ...namesIn(folder, ".cs"),
    ]);
    return ["mono", "driver.exe"];
  },
};

const nim: Language = {
  name: "Nim",
  target: "nim",
  tools: [
    { command: "nim", version: ["--version"], package: "nim" },
    { command: "gcc", version: ["--version"], package: "gcc" },
  ],
  runtime: "our own",
  validates: false,
  refusesBadText: false,
  folder: "nim",
  build: async (folder, subjects) => {
    writeFileSync(join(folder, "readings.nim"), emitNimDriver(subjects.map(({ ksy }) => ksyShape(ksy))));
    // In Nim 1 values of two enums may have one name only with this.
    await runStep(folder, [
      "nim",
      "compile",
      "--hints:off",
      "--warnings:off",
      "--experimental:overloadableEnums",
      "--nimcache:cache",
      "--out:driver",
      "driver.nim",
    ]);
    return ["./driver"];
  },
};

/** All but JavaScript, which runs in this process. */
export const languages: readonly Language[] = [python, java, go, rust, cpp, ruby, php, perl, lua, csharp, nim];
