/** The compiler of Kaitai Struct; the package has no types of its own. */
declare module "kaitai-struct-compiler" {
  interface KaitaiCompiler {
    readonly languages: readonly string[];
    readonly version: string;
    /** Gives the files that a parsed .ksy becomes, by name. With `isDebug` the readers do not read on their own. */
    compile(
      language: string,
      ksy: unknown,
      importer: null,
      isDebug: boolean,
    ): Promise<Readonly<Record<string, string>>>;
  }

  const compiler: KaitaiCompiler;
  export default compiler;
}
